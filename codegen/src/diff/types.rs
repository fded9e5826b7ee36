//! Named types: their members, values, branches, and what reaches them.

mod branches;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use super::call;
use super::discriminator::Union;
use super::operation::deprecation;
use super::pair::{Pair, by_wire};
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use super::schema::{Place, named, same};
use crate::model::{Field, Model, Schema, Shape, TypeDef};
use crate::name::{null_setter, setter};
use crate::rewrite::is_patch;

/// A type of both sides.
struct Both<'a> {
    pair: &'a Pair<'a>,
    old_name: &'a str,
    name: &'a str,
    old: &'a TypeDef,
    new: &'a TypeDef,
}

/// Compares the types of both sides.
pub(super) fn compare(pair: &Pair<'_>, rows: &mut Rows) {
    let uses = uses(pair.old);
    for (old, new) in pair.renamed() {
        let Some(definition) = pair.new.types.get(new) else {
            continue;
        };
        let detail = format!("`{old}` → `{new}`");
        let row = Row::new(&rules::TYPE_RENAMED, At::new(&definition.pointer), detail);
        let row = row.item(item(old)).item(item(new));
        let row = row.covers(pair.old.types.get(old).map(|it| &it.pointer));
        let row = row.names([old.to_owned(), new.to_owned()]);
        let mut row = row.types(Some(old), Some(new));
        row.uses = uses.get(old).copied().unwrap_or_default();
        rows.push(row.call(item(old), Some(item(new))));
    }
    let (removed, added) = (Pair::places(&pair.removed), Pair::places(&pair.added));
    for (old_name, old) in &pair.old.types {
        let name = pair.new_name(old_name);
        match pair.new.types.get(name) {
            Some(new) => Both {
                pair,
                old_name,
                name,
                old,
                new,
            }
            .compare(rows),
            None if Pair::goes_with(&removed, &old.pointer) => {}
            None => {
                let at = At::old(&old.pointer);
                let row = Row::new(&rules::TYPE_REMOVED, at, format!("`{old_name}`"));
                rows.push(row.item(item(old_name)).call(item(old_name), None));
            }
        }
    }
    let renamed: BTreeSet<&str> = pair.renamed().map(|(_, new)| new).collect();
    let known = |name: &str| pair.old.types.contains_key(name) || renamed.contains(name);
    for (name, new) in &pair.new.types {
        if !known(name) && !Pair::goes_with(&added, &new.pointer) {
            let row = Row::new(
                &rules::TYPE_ADDED,
                At::new(&new.pointer),
                format!("`{name}`"),
            );
            rows.push(row.item(item(name)));
        }
    }
}

/// How often operations name each type, by itself or in a list.
fn uses(model: &Model) -> BTreeMap<&str, usize> {
    let schemas = model.operations.iter().flat_map(|operation| {
        let bodies = operation.responses.iter().filter_map(|it| it.body.as_ref());
        let answers = bodies.map(|it| &it.schema);
        let asked = operation.body.iter().map(|it| &it.schema);
        let parameters = operation.parameters.iter().map(|it| &it.schema);
        answers.chain(asked).chain(parameters)
    });
    let mut uses = BTreeMap::new();
    for name in schemas.filter_map(named) {
        *uses.entry(name).or_default() += 1;
    }
    uses
}

fn item(name: &str) -> String {
    format!("types::{name}")
}

impl Both<'_> {
    fn item(&self) -> String {
        item(self.name)
    }

    /// The type as old code names it.
    fn old_item(&self) -> String {
        item(self.old_name)
    }

    fn row(&self, rule: &'static Rule, at: At, detail: String) -> Row {
        Row::new(rule, at, format!("`{}`: {detail}", self.name))
    }

    fn compare(&self, rows: &mut Rows) {
        match (&self.old.shape, &self.new.shape) {
            (
                Shape::Struct { fields, additional },
                Shape::Struct {
                    fields: now,
                    additional: further,
                },
            ) => {
                self.members(fields, now, rows);
                self.further(additional.as_ref(), further.as_ref(), rows);
            }
            (Shape::Enum { values }, Shape::Enum { values: now }) => self.values(values, now, rows),
            (
                Shape::Union {
                    branches,
                    discriminator,
                },
                Shape::Union {
                    branches: now,
                    discriminator: told,
                },
            ) => {
                // By today's names: a variant with another one means what it meant.
                let branches = &self.branches(branches, now, rows);
                Union {
                    pair: self.pair,
                    name: self.name,
                    pointer: &self.new.pointer,
                    in_request: self.old.in_request && self.new.in_request,
                    old: (branches, discriminator.as_ref()),
                    new: (now, told.as_ref()),
                }
                .compare(rows);
            }
            (Shape::Alias(old), Shape::Alias(new)) => self.alias(old, new, rows),
            (Shape::Secret, Shape::Secret) => {}
            (old, new) => {
                let rule = match (old, new) {
                    (_, Shape::Secret) => &rules::SECRET_MARKED,
                    (Shape::Secret, _) => &rules::SECRET_UNMARKED,
                    _ => &rules::TYPE_CHANGED,
                };
                let detail = format!("{} → {}", kind(old), kind(new));
                let row = self.row(rule, At::new(&self.new.pointer), detail);
                rows.push(row.item(self.item()));
            }
        }
        self.reach(rows);
        let place = self.new.pointer.child("deprecated");
        let flags = (self.old.deprecated, self.new.deprecated);
        deprecation(
            flags,
            &place,
            format!("`{}`", self.name),
            &self.item(),
            rows,
        );
    }

    fn alias(&self, old: &Schema, new: &Schema, rows: &mut Rows) {
        Place {
            what: format!("`{}`", self.name),
            at: At::new(&self.new.pointer),
            old: (old, true),
            new: (new, true),
            items: vec![self.item()],
            call: None,
            apart: false,
        }
        .compare(self.pair, rows);
    }

    /// What reaches the type decides what is emitted beside it.
    fn reach(&self, rows: &mut Rows) {
        let (old, new) = (self.old, self.new);
        let builds = matches!(new.shape, Shape::Struct { .. } | Shape::Union { .. });
        let prints = matches!(new.shape, Shape::Enum { .. });
        let rule = |rows: &mut Rows, rule| {
            let row = Row::new(rule, At::new(&new.pointer), format!("`{}`", self.name));
            rows.push(row.item(self.item()));
        };
        match (old.in_request, new.in_request) {
            (false, true) if builds => rule(rows, &rules::REQUEST_GAINED),
            (true, false) if builds => rule(rows, &rules::REQUEST_LOST),
            _ => {}
        }
        match (old.in_error, new.in_error) {
            (false, true) if prints => rule(rows, &rules::ERROR_GAINED_ENUM),
            (false, true) if new.shape != Shape::Secret => rule(rows, &rules::ERROR_GAINED),
            (true, false) if new.shape != Shape::Secret => rule(rows, &rules::ERROR_LOST),
            _ => {}
        }
    }

    /// A caller's line that makes the type, on both sides.
    fn constructors(&self, old: &[Field], new: &[Field]) -> (String, String) {
        (
            call::constructor(self.old_name, old, self.pair.old),
            call::constructor(self.name, new, self.pair.new),
        )
    }

    fn members(&self, old: &[Field], new: &[Field], rows: &mut Rows) {
        let mut removed: Vec<&Field> = old.iter().collect();
        let mut added: Vec<&Field> = new.iter().collect();
        let (before, after) = (by_wire(old), by_wire(new));
        removed.retain(|it| !after.contains_key(&*it.wire));
        added.retain(|it| !before.contains_key(&*it.wire));
        removed.retain(|was| {
            let alike = |now: &&Field| {
                let is_told = was.doc.is_some() && was.doc == now.doc;
                is_told && was.required == now.required && same(&was.schema, &now.schema, self.pair)
            };
            let found = added.iter().position(alike);
            if let Some(at) = found {
                self.renamed(was, added.remove(at), rows);
            }
            found.is_none()
        });
        for field in removed {
            let at = At::old(&self.old.pointer.join(["properties", &field.wire]));
            let row = self.row(&rules::MEMBER_REMOVED, at, format!("`{}`", field.wire));
            let row = row.items(self.field_items(field));
            rows.push(row.call(self.old_line(field), None));
        }
        for field in added {
            self.added(field, (old, new), rows);
        }
        for now in new {
            if let Some(was) = before.get(&*now.wire) {
                self.member(was, now, (old, new), rows);
            }
        }
        self.arguments((old, new), rows);
        self.nulls(old, new, rows);
    }

    /// Members whose absence and `null` were one thing and are two, or the other way round.
    fn nulls(&self, old: &[Field], new: &[Field], rows: &mut Rows) {
        let before = by_wire(old);
        let stays = |it: &&Field| {
            let was = before.get(&*it.wire);
            is_patch(it) && was.is_some_and(|was| is_patch(was))
        };
        let apart: Vec<&Field> = new.iter().filter(stays).collect();
        if self.old.in_body != self.new.in_body && !apart.is_empty() {
            let names: Vec<String> = apart.iter().map(|it| format!("`{}`", it.wire)).collect();
            let at = At::new(&self.new.pointer);
            let row = self.row(&rules::NULLS_APART, at, names.join(", "));
            rows.push(row.items(apart.iter().flat_map(|it| self.field_items(it))));
        }
    }

    /// Whether the constructor takes a struct, on either side.
    fn has_companion(&self) -> bool {
        let fields = |shape: &Shape| match shape {
            Shape::Struct { fields, .. } => fields.clone(),
            _ => Vec::new(),
        };
        let (old, new) = (fields(&self.old.shape), fields(&self.new.shape));
        let (before, after) = self.constructors(&old, &new);
        before.ends_with("})") || after.ends_with("})")
    }

    /// The field, and what makes it.
    fn field_items(&self, field: &Field) -> Vec<String> {
        let name = self.item();
        let mut items = vec![format!("{name}.{}", field.rust)];
        if self.new.in_request {
            items.push(match field.required {
                true => format!("{name}::new"),
                false => format!("{name}::{}", setter(field)),
            });
            if field.required && self.has_companion() {
                items.push(item(&crate::name::companion(self.name, self.pair.new)));
            }
        }
        items
    }

    /// What sends `null` for an optional member, if either side has it.
    fn null_setter(&self, field: &Field) -> Vec<String> {
        match self.new.in_body && !field.required {
            true => {
                let setter = match &self.new.shape {
                    Shape::Struct { fields, .. } => null_setter(field, fields),
                    _ => return Vec::new(),
                };
                vec![format!("{}::{setter}", self.item())]
            }
            false => Vec::new(),
        }
    }

    /// A caller's line that reads a member, as it was.
    fn old_line(&self, field: &Field) -> String {
        call::member(self.old_name, field, self.old.in_body)
    }

    /// The same as it is.
    fn new_line(&self, field: &Field) -> String {
        call::member(self.name, field, self.new.in_body)
    }

    fn renamed(&self, old: &Field, new: &Field, rows: &mut Rows) {
        let at = At::new(&self.new.pointer.join(["properties", &new.wire]));
        let detail = format!("`{}` → `{}`", old.wire, new.wire);
        let row = self.row(&rules::MEMBER_RENAMED, at, detail);
        let row = row
            .items(self.field_items(old))
            .items(self.field_items(new));
        let was = self.old.pointer.join(["properties", &old.wire]);
        let after = self.new_line(new);
        rows.push(row.covers([&was]).call(self.old_line(old), Some(after)));
    }

    fn added(&self, field: &Field, (old, new): (&[Field], &[Field]), rows: &mut Rows) {
        let fixed = call::is_fixed(field, self.pair.new);
        let rule = match (self.new.in_request, field.required) {
            (false, _) => &rules::MEMBER_ADDED_RESPONSE,
            (true, false) => &rules::MEMBER_ADDED_OPTIONAL,
            (true, true) if fixed => &rules::MEMBER_ADDED_FIXED,
            (true, true) => &rules::MEMBER_ADDED_REQUIRED,
        };
        let at = At::new(&self.new.pointer.join(["properties", &field.wire]));
        let row = self.row(rule, at, format!("`{}`", field.wire));
        let row = row.items(self.field_items(field));
        let (before, after) = self.constructors(old, new);
        rows.push(match rule == &rules::MEMBER_ADDED_REQUIRED {
            true => row.call(before, Some(after)),
            false => row,
        });
    }

    fn member(&self, old: &Field, new: &Field, all: (&[Field], &[Field]), rows: &mut Rows) {
        let place = self.new.pointer.join(["properties", &new.wire]);
        if old.rust != new.rust {
            self.renamed(old, new, rows);
        }
        self.optionality(old, new, all, rows);
        Place {
            what: format!("`{}`: `{}`", self.name, new.wire),
            at: At::new(&place),
            old: (&old.schema, old.required),
            new: (&new.schema, new.required),
            items: [self.field_items(new), self.null_setter(new)].concat(),
            call: Some((self.old_line(old), self.new_line(new))),
            apart: self.old.in_body && self.new.in_body,
        }
        .compare(self.pair, rows);
        if old.access != new.access {
            let detail = format!("`{}`", new.wire);
            let row = self.row(&rules::ACCESS_CHANGED, At::new(&place), detail);
            rows.push(row.item(format!("{}.{}", self.item(), new.rust)));
        }
        let flags = (old.deprecated, new.deprecated);
        let what = format!("`{}` of `{}`", new.wire, self.name);
        let item = format!("{}.{}", self.item(), new.rust);
        deprecation(flags, &place.child("deprecated"), what, &item, rows);
    }

    fn optionality(
        &self,
        old: &Field,
        new: &Field,
        (before, after): (&[Field], &[Field]),
        rows: &mut Rows,
    ) {
        if old.required == new.required {
            return;
        }
        let nullable = |it: &Field| matches!(it.schema, Schema::Nullable(_));
        let rule = match (self.new.in_request, new.required) {
            (true, true) => &rules::MEMBER_NOW_REQUIRED_REQUEST,
            (true, false) => &rules::MEMBER_NOW_OPTIONAL_REQUEST,
            (false, _) if nullable(old) && nullable(new) => &rules::MEMBER_OPTIONALITY_ABSORBED,
            (false, true) => &rules::MEMBER_NOW_REQUIRED_RESPONSE,
            (false, false) => &rules::MEMBER_NOW_OPTIONAL_RESPONSE,
        };
        let at = At::new(&self.new.pointer.join(["properties", &new.wire]));
        let row = self.row(rule, at, format!("`{}`", new.wire));
        let row = row
            .items(self.field_items(old))
            .items(self.field_items(new));
        let (made, makes) = self.constructors(before, after);
        rows.push(match self.new.in_request {
            true => row.call(made, Some(makes)),
            false => row.call(self.old_line(old), Some(self.new_line(new))),
        });
    }

    /// A value that was the only one is asked for from now on.
    fn arguments(&self, (old, new): (&[Field], &[Field]), rows: &mut Rows) {
        if !self.new.in_request {
            return;
        }
        let before = by_wire(old);
        for now in new.iter().filter(|it| it.required) {
            let was = before.get(&*now.wire).filter(|it| it.required);
            let Some(was) = was else { continue };
            if call::is_fixed(was, self.pair.old) && !call::is_fixed(now, self.pair.new) {
                let at = At::new(&self.new.pointer.join(["properties", &now.wire]));
                let row = self.row(&rules::VALUE_ADDED_FIXED, at, format!("`{}`", now.wire));
                let row = row.item(format!("{}::new", self.item()));
                let (before, after) = self.constructors(old, new);
                rows.push(row.call(before, Some(after)));
            }
        }
    }

    fn further(&self, old: Option<&Schema>, new: Option<&Schema>, rows: &mut Rows) {
        let place = self.new.pointer.child("additionalProperties");
        let rule = match (old, new) {
            (None, Some(_)) => &rules::OPEN_ADDED,
            (Some(_), None) => &rules::OPEN_REMOVED,
            (Some(old), Some(new)) => {
                return Place {
                    what: format!("`{}`: further members", self.name),
                    at: At::new(&place),
                    old: (old, true),
                    new: (new, true),
                    items: vec![format!("{}.extra", self.item())],
                    call: None,
                    apart: false,
                }
                .compare(self.pair, rows);
            }
            (None, None) => return,
        };
        let row = Row::new(rule, At::new(&place), format!("`{}`", self.name));
        rows.push(row.item(format!("{}.extra", self.item())));
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => "an object",
        Shape::Enum { .. } => "known values",
        Shape::Union { .. } => "one of several",
        Shape::Secret => "a secret",
        Shape::Alias(_) => "a value",
    }
}

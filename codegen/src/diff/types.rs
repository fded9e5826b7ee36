//! Named types: their members, values, branches, and what reaches them.

mod branches;
mod members;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use super::discriminator::Union;
use super::operation::deprecation;
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use super::schema::{Place, named};
use crate::model::{Model, Schema, Shape, TypeDef};

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
                let sides = (discriminator.as_ref(), told.as_ref());
                self.reordered((branches, sides.0), (now, sides.1), rows);
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

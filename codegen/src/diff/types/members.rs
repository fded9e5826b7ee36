//! The members of structs, and the constructors that take them.

use super::super::arguments::{Argument, Order, Taken, order, told};
use super::super::call;
use super::super::operation::deprecation;
use super::super::row::{At, Rows};
use super::super::rules;
use super::super::rust;
use super::super::schema::{Place, in_new_words, same};
use super::{Both, item};
use crate::emit::POSITIONAL;
use crate::model::{Field, Schema, Shape};
use crate::name::{null_setter, setter};
use crate::rewrite::is_patch;

/// Which member of one side is which of the other.
struct Matching<'a> {
    /// Of one name, in JSON or in Rust.
    both: Vec<(&'a Field, &'a Field)>,
    /// Of other names, taken for one by what is said of them.
    renamed: Vec<(&'a Field, &'a Field)>,
    removed: Vec<&'a Field>,
    added: Vec<&'a Field>,
}

impl<'a> Matching<'a> {
    fn new(old: &'a [Field], new: &'a [Field], alike: impl Fn(&Field, &Field) -> bool) -> Self {
        let (mut removed, mut added) = (old.iter().collect(), new.iter().collect());
        let mut both = take(&mut removed, &mut added, |was, now| was.wire == now.wire);
        both.extend(take(&mut removed, &mut added, |was, now| {
            was.rust == now.rust
        }));
        let renamed = take(&mut removed, &mut added, alike);
        Self {
            both,
            renamed,
            removed,
            added,
        }
    }
}

/// Takes out what is alike.
fn take<'a>(
    old: &mut Vec<&'a Field>,
    new: &mut Vec<&'a Field>,
    alike: impl Fn(&Field, &Field) -> bool,
) -> Vec<(&'a Field, &'a Field)> {
    let mut pairs = Vec::new();
    old.retain(|was| {
        let found = new.iter().position(|now| alike(was, now));
        let now = found.map(|at| new.remove(at));
        pairs.extend(now.map(|now| (*was, now)));
        now.is_none()
    });
    pairs
}

impl Both<'_> {
    pub(super) fn members(&self, old: &[Field], new: &[Field], rows: &mut Rows) {
        let matching = Matching::new(old, new, |was, now| {
            let is_told = was.doc.is_some() && was.doc == now.doc;
            is_told && was.required == now.required && same(&was.schema, &now.schema, self.pair)
        });
        for (was, now) in &matching.renamed {
            self.renamed(was, now, rows);
        }
        for field in &matching.removed {
            let at = At::old(&self.old.pointer.join(["properties", &field.wire]));
            let row = self.row(&rules::MEMBER_REMOVED, at, format!("`{}`", field.wire));
            let row = row.items(self.field_items(field));
            rows.push(row.call(self.old_line(field), None));
        }
        for field in &matching.added {
            self.added(field, (old, new), rows);
        }
        for (was, now) in &matching.both {
            self.member(was, now, (old, new), rows);
        }
        self.asked_for(&matching, (old, new), rows);
        self.ordered(&matching, (old, new), rows);
        self.nulls(&matching, rows);
    }

    /// Members whose absence and `null` were one thing and are two, or the other way round.
    fn nulls(&self, matching: &Matching<'_>, rows: &mut Rows) {
        let both = matching.both.iter();
        let apart = both.filter(|(was, now)| is_patch(was) && is_patch(now));
        let apart: Vec<&Field> = apart.map(|(_, now)| *now).collect();
        if self.old.in_body != self.new.in_body && !apart.is_empty() {
            let names: Vec<String> = apart.iter().map(|it| format!("`{}`", it.wire)).collect();
            let at = At::new(&self.new.pointer);
            let row = self.row(&rules::NULLS_APART, at, names.join(", "));
            rows.push(row.items(apart.iter().flat_map(|it| self.field_items(it))));
        }
    }

    /// Arguments of the constructor that stand where others stood.
    fn ordered(&self, matching: &Matching<'_>, (old, new): (&[Field], &[Field]), rows: &mut Rows) {
        if !self.is_made() {
            return;
        }
        let pairs = || matching.both.iter().chain(&matching.renamed);
        let known = |field: &Field| {
            let is_it = |it: &Field| std::ptr::eq(it, field);
            pairs().position(|(was, now)| is_it(was) || is_it(now))
        };
        let is_asked = |model, it: &&Field| it.required && !call::is_fixed(it, model);
        let before = old.iter().filter(|it| is_asked(self.pair.old, it));
        let before = before.map(|it| Argument {
            rust: &it.rust,
            ty: in_new_words(&it.schema, self.pair),
            known: known(it),
        });
        let after = new.iter().filter(|it| is_asked(self.pair.new, it));
        let after = after.map(|it| Argument {
            rust: &it.rust,
            ty: rust::of(&it.schema),
            known: known(it),
        });
        let (before, after): (Vec<_>, Vec<_>) = (before.collect(), after.collect());
        // More of them are given by name.
        if before.len().max(after.len()) > POSITIONAL {
            return;
        }
        let (made, makes) = self.constructors(old, new);
        let row = |rule, told: &str| {
            let detail = format!("`{}::new`{told}", self.name);
            let row = super::Row::new(rule, At::new(&self.new.pointer), detail);
            let row = row.item(format!("{}::new", self.item()));
            row.call(made.clone(), Some(makes.clone()))
        };
        match order(&before, &after) {
            Order::Kept => {}
            Order::Refused => rows.push(row(&rules::ARGUMENTS_REORDERED, "")),
            Order::Silent(taken) => {
                let rule = if taken.iter().all(|it: &Taken| it.replaced) {
                    &rules::ARGUMENT_REPLACED
                } else {
                    &rules::ARGUMENTS_SWAPPED
                };
                rows.push(row(rule, &format!(": {}", told(&taken))));
            }
        }
    }

    /// Whether callers of both sides make the type: what is only read has no constructor.
    fn is_made(&self) -> bool {
        self.old.in_request && self.new.in_request
    }

    /// A caller's line that makes the type, on both sides.
    fn constructors(&self, old: &[Field], new: &[Field]) -> (String, String) {
        (
            call::constructor(self.old_name, old, self.pair.old),
            call::constructor(self.name, new, self.pair.new),
        )
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
            items.push(if field.required {
                format!("{name}::new")
            } else {
                format!("{name}::{}", setter(field))
            });
            if field.required && self.has_companion() {
                items.push(item(&crate::name::companion(self.name, self.pair.new)));
            }
        }
        items
    }

    /// What sends `null` for an optional member, if either side has it.
    fn null_setter(&self, field: &Field) -> Vec<String> {
        if self.new.in_body && !field.required {
            let setter = match &self.new.shape {
                Shape::Struct { fields, .. } => null_setter(field, fields),
                _ => return Vec::new(),
            };
            vec![format!("{}::{setter}", self.item())]
        } else {
            Vec::new()
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
        rows.push(if rule == &rules::MEMBER_ADDED_REQUIRED && self.is_made() {
            row.call(before, Some(after))
        } else {
            row
        });
    }

    fn member(&self, old: &Field, new: &Field, all: (&[Field], &[Field]), rows: &mut Rows) {
        let place = self.new.pointer.join(["properties", &new.wire]);
        if old.rust != new.rust {
            self.renamed(old, new, rows);
        } else if old.wire != new.wire {
            let detail = format!("`{}` → `{}`", old.wire, new.wire);
            let row = self.row(&rules::MEMBER_WIRE, At::new(&place), detail);
            let was = self.old.pointer.join(["properties", &old.wire]);
            rows.push(row.items(self.field_items(new)).covers([&was]));
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
        rows.push(if self.is_made() {
            row.call(made, Some(makes))
        } else {
            row.call(self.old_line(old), Some(self.new_line(new)))
        });
    }

    /// A value that was the only one is asked for from now on.
    fn asked_for(&self, matching: &Matching<'_>, all: (&[Field], &[Field]), rows: &mut Rows) {
        if !self.is_made() {
            return;
        }
        let both = matching.both.iter();
        for (was, now) in both.filter(|(was, now)| was.required && now.required) {
            if call::is_fixed(was, self.pair.old) && !call::is_fixed(now, self.pair.new) {
                let at = At::new(&self.new.pointer.join(["properties", &now.wire]));
                let row = self.row(&rules::VALUE_ADDED_FIXED, at, format!("`{}`", now.wire));
                let row = row.item(format!("{}::new", self.item()));
                let (before, after) = self.constructors(all.0, all.1);
                rows.push(row.call(before, Some(after)));
            }
        }
    }
}

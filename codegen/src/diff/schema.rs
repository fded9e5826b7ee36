//! Two schemas in one place: what their difference does to the Rust type.

use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use super::rust;
use crate::model::Schema;

/// The same place on both sides.
pub(super) struct Place<'a> {
    pub(super) what: String,
    pub(super) at: At,
    /// The old and the new schema, each with whether it must be there.
    pub(super) old: (&'a Schema, bool),
    pub(super) new: (&'a Schema, bool),
    pub(super) items: Vec<String>,
    pub(super) call: Option<(String, String)>,
    /// Whether absence and `null` are apart on both sides.
    pub(super) apart: bool,
}

impl Place<'_> {
    /// Adds the row for the types' difference, if there is one.
    pub(super) fn compare(self, pair: &Pair<'_>, rows: &mut Rows) {
        let Some(rule) = rule(&self, pair) else {
            return;
        };
        let (old, new) = (rust::of(self.old.0), rust::of(self.new.0));
        let detail = format!("{}: `{old}` → `{new}`", self.what);
        let mut row = Row::new(rule, self.at, detail).items(self.items);
        row = row.types(named(self.old.0), named(self.new.0));
        if let Some((before, after)) = self.call {
            row = row.call(before, Some(after));
        }
        rows.push(row);
    }
}

fn rule(place: &Place<'_>, pair: &Pair<'_>) -> Option<&'static Rule> {
    let (old, new) = (place.old.0, place.new.0);
    if same(old, new, pair) {
        return None;
    }
    match (pair.old.is_secret(old), pair.new.is_secret(new)) {
        (false, true) => return Some(&rules::SECRET_MARKED),
        (true, false) => return Some(&rules::SECRET_UNMARKED),
        _ => {}
    }
    let (bare_old, bare_new) = (bare(old), bare(new));
    if !same(bare_old, bare_new, pair) {
        return Some(if differs_in_format(bare_old, bare_new) {
            &rules::FORMAT_CHANGED
        } else {
            &rules::TYPE_CHANGED
        });
    }
    Some(match place.old.1 || place.new.1 {
        true => &rules::NULLABLE_CHANGED,
        false if place.apart => &rules::NULLABLE_APART,
        false => &rules::NULLABLE_ABSORBED,
    })
}

/// The named type that a schema is, or is a list of.
pub(super) fn named(schema: &Schema) -> Option<&str> {
    match schema {
        Schema::Ref(name) => Some(name),
        Schema::Array(inner) | Schema::Map(inner) | Schema::Nullable(inner) => named(inner),
        _ => None,
    }
}

/// A schema without its null.
pub(super) fn bare(schema: &Schema) -> &Schema {
    match schema {
        Schema::Nullable(inner) => inner,
        other => other,
    }
}

/// Whether two schemas are one Rust type, types with a new name being the same.
pub(super) fn same(old: &Schema, new: &Schema, pair: &Pair<'_>) -> bool {
    match (old, new) {
        (Schema::Ref(old), Schema::Ref(new)) => pair.new_name(old) == new,
        (Schema::Array(old), Schema::Array(new))
        | (Schema::Map(old), Schema::Map(new))
        | (Schema::Nullable(old), Schema::Nullable(new)) => same(old, new, pair),
        (old, new) => old == new,
    }
}

/// The Rust type of the old side as the new one writes it.
pub(super) fn in_new_words(schema: &Schema, pair: &Pair<'_>) -> String {
    rust::of(&renamed(schema, pair))
}

fn renamed(schema: &Schema, pair: &Pair<'_>) -> Schema {
    let inside = |inner: &Schema| Box::new(renamed(inner, pair));
    match schema {
        Schema::Ref(name) => Schema::Ref(pair.new_name(name).to_owned()),
        Schema::Array(inner) => Schema::Array(inside(inner)),
        Schema::Map(inner) => Schema::Map(inside(inner)),
        Schema::Nullable(inner) => Schema::Nullable(inside(inner)),
        other => other.clone(),
    }
}

/// Whether two schemas have one type in JSON.
fn differs_in_format(old: &Schema, new: &Schema) -> bool {
    match (old, new) {
        (Schema::String(_), Schema::String(_))
        | (Schema::Integer { .. } | Schema::Unsigned, Schema::Integer { .. } | Schema::Unsigned)
        | (Schema::Number, Schema::Number) => true,
        (Schema::Array(old), Schema::Array(new)) | (Schema::Map(old), Schema::Map(new)) => {
            differs_in_format(bare(old), bare(new))
        }
        _ => false,
    }
}

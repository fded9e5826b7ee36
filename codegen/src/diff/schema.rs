//! Compares two schemas at the same node: what their difference means for the Rust type.

use super::change::{Change, Changes, Origin};
use super::matching::MatchedModels;
use super::rules::{self, Rule};
use super::rust_types::rust_type;
use super::schema_parts::{named_type, without_null};
use crate::model::Schema;

/// The schemas of the same value on both sides.
pub(super) struct SchemaPair<'a> {
    /// The value, as the detail of the change names it.
    pub(super) subject: String,
    pub(super) at: Origin,
    /// The old schema, and whether the value is required.
    pub(super) old: (&'a Schema, bool),
    /// The new schema, and whether the value is required.
    pub(super) new: (&'a Schema, bool),
    pub(super) items: Vec<String>,
    pub(super) usage: Option<(String, String)>,
    /// Whether both sides distinguish absence from `null`.
    pub(super) null_and_absence_differ: bool,
}

impl SchemaPair<'_> {
    /// Adds a change if the Rust types differ.
    pub(super) fn compare(self, models: &MatchedModels<'_>, changes: &mut Changes) {
        let Some(rule) = rule(&self, models) else {
            return;
        };
        let (old, new) = (rust_type(self.old.0), rust_type(self.new.0));
        let detail = format!("{}: `{old}` → `{new}`", self.subject);
        let change = Change::new(rule, self.at, detail).items(self.items);
        let change = change.replaces(named_type(self.old.0), named_type(self.new.0));
        changes.push(match self.usage {
            Some((before, after)) => change.usage(before, Some(after)),
            None => change,
        });
    }
}

fn rule(pair: &SchemaPair<'_>, models: &MatchedModels<'_>) -> Option<&'static Rule> {
    let (old, new) = (pair.old.0, pair.new.0);
    if is_same_type(old, new, models) {
        return None;
    }
    match (models.old.is_secret(old), models.new.is_secret(new)) {
        (false, true) => return Some(&rules::SECRET_MARKED),
        (true, false) => return Some(&rules::SECRET_UNMARKED),
        _ => {}
    }
    let (inner_old, inner_new) = (without_null(old), without_null(new));
    if !is_same_type(inner_old, inner_new, models) {
        return Some(if differs_in_format(inner_old, inner_new) {
            &rules::FORMAT_CHANGED
        } else {
            &rules::TYPE_CHANGED
        });
    }
    let is_required = pair.old.1 || pair.new.1;
    Some(if is_required {
        &rules::NULLABLE_CHANGED
    } else if pair.null_and_absence_differ {
        &rules::NULLABLE_APART
    } else {
        &rules::NULLABLE_ABSORBED
    })
}

/// Whether two schemas have the same Rust type; a renamed type counts as the same.
pub(super) fn is_same_type(old: &Schema, new: &Schema, models: &MatchedModels<'_>) -> bool {
    match (old, new) {
        (Schema::Ref(old), Schema::Ref(new)) => models.new_name(old) == new,
        (Schema::Array(old), Schema::Array(new))
        | (Schema::Map(old), Schema::Map(new))
        | (Schema::Nullable(old), Schema::Nullable(new)) => is_same_type(old, new, models),
        (old, new) => old == new,
    }
}

/// Returns the Rust type of an old schema with the type names of the new side.
pub(super) fn with_new_names(schema: &Schema, models: &MatchedModels<'_>) -> String {
    rust_type(&renamed(schema, models))
}

fn renamed(schema: &Schema, models: &MatchedModels<'_>) -> Schema {
    let inside = |inner: &Schema| Box::new(renamed(inner, models));
    match schema {
        Schema::Ref(name) => Schema::Ref(models.new_name(name).to_owned()),
        Schema::Array(inner) => Schema::Array(inside(inner)),
        Schema::Map(inner) => Schema::Map(inside(inner)),
        Schema::Nullable(inner) => Schema::Nullable(inside(inner)),
        other => other.clone(),
    }
}

/// Whether two schemas have the same JSON type and can differ only in their format.
fn differs_in_format(old: &Schema, new: &Schema) -> bool {
    match (old, new) {
        (Schema::String(_), Schema::String(_))
        | (Schema::Integer { .. } | Schema::Unsigned, Schema::Integer { .. } | Schema::Unsigned)
        | (Schema::Number, Schema::Number) => true,
        (Schema::Array(old), Schema::Array(new)) | (Schema::Map(old), Schema::Map(new)) => {
            differs_in_format(without_null(old), without_null(new))
        }
        _ => false,
    }
}

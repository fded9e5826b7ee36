//! Compares the fields of structs.

use super::super::change::{Change, Changes, Origin};
use super::super::deprecation;
use super::super::names::type_item;
use super::super::rules::{self, Rule};
use super::super::schema::{SchemaPair, is_same_type};
use super::super::usage_lines::{field_read, has_single_value};
use super::constructors::Fields;
use super::field_matching::FieldMatching;
use super::type_pair::TypePair;
use crate::model::{Field, Schema, Shape};
use crate::name::{companion, null_setter, setter};
use crate::rewrite::is_patch;

impl TypePair<'_> {
    /// Compares the fields and the constructors that take them.
    pub(super) fn fields(&self, old: &[Field], new: &[Field], changes: &mut Changes) {
        let matching = FieldMatching::new(old, new, |was, now| {
            let has_same_doc = was.doc.is_some() && was.doc == now.doc;
            has_same_doc
                && was.required == now.required
                && is_same_type(&was.schema, &now.schema, self.models)
        });
        for (was, now) in &matching.renamed {
            changes.push(self.renamed_field(was, now));
        }
        for field in &matching.removed {
            let at = Origin::in_old(&self.old_property(&field.wire));
            let detail = format!("`{}`", field.wire);
            let change = self.change(&rules::MEMBER_REMOVED, at, &detail);
            let change = change.items(self.field_items(field));
            changes.push(change.usage(self.old_read(field), None));
        }
        for field in &matching.added {
            changes.push(self.added_field(field, (old, new)));
        }
        for (was, now) in &matching.same_name {
            self.field(was, now, (old, new), changes);
        }
        self.single_values(&matching, (old, new), changes);
        self.constructor_order(&matching, (old, new), changes);
        self.null_distinction(&matching, changes);
    }

    fn field_change(&self, rule: &'static Rule, field: &Field) -> Change {
        let at = Origin::in_new(&self.property(&field.wire));
        self.change(rule, at, &format!("`{}`", field.wire))
    }

    /// Adds a change if the type began or stopped to distinguish absence from `null`.
    fn null_distinction(&self, matching: &FieldMatching<'_>, changes: &mut Changes) {
        let pairs = matching.same_name.iter();
        let distinguish = pairs.filter(|(was, now)| is_patch(was) && is_patch(now));
        let fields: Vec<&Field> = distinguish.map(|(_, now)| *now).collect();
        if self.old.in_body != self.new.in_body && !fields.is_empty() {
            let names = fields.iter().map(|field| format!("`{}`", field.wire));
            let names = names.collect::<Vec<_>>().join(", ");
            let change = self.change(&rules::NULLS_APART, self.at(), &names);
            let items = fields.iter().flat_map(|field| self.field_items(field));
            changes.push(change.items(items));
        }
    }

    /// Returns the field, and what sets it.
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
                items.push(type_item(&companion(self.name, self.models.new)));
            }
        }
        items
    }

    /// Returns the setter that sends `null` for an optional field of a body.
    fn null_setter_item(&self, field: &Field) -> Option<String> {
        let Shape::Struct { fields, .. } = &self.new.shape else {
            return None;
        };
        let has_setter = self.new.in_body && !field.required;
        has_setter.then(|| format!("{}::{}", self.item(), null_setter(field, fields)))
    }

    /// Returns a line that reads the field of the old type.
    fn old_read(&self, field: &Field) -> String {
        field_read(self.old_name, field, self.old.in_body)
    }

    /// Returns a line that reads the field of the new type.
    fn new_read(&self, field: &Field) -> String {
        field_read(self.name, field, self.new.in_body)
    }

    fn renamed_field(&self, old: &Field, new: &Field) -> Change {
        let at = Origin::in_new(&self.property(&new.wire));
        let detail = format!("`{}` → `{}`", old.wire, new.wire);
        let change = self.change(&rules::MEMBER_RENAMED, at, &detail);
        let change = change.items(self.field_items(old));
        let change = change.items(self.field_items(new));
        let change = change.covers([&self.old_property(&old.wire)]);
        change.usage(self.old_read(old), Some(self.new_read(new)))
    }

    fn added_field(&self, field: &Field, fields: Fields<'_>) -> Change {
        let rule = if !self.new.in_request {
            &rules::MEMBER_ADDED_RESPONSE
        } else if !field.required {
            &rules::MEMBER_ADDED_OPTIONAL
        } else if has_single_value(field, self.models.new) {
            &rules::MEMBER_ADDED_FIXED
        } else {
            &rules::MEMBER_ADDED_REQUIRED
        };
        let change = self.field_change(rule, field);
        let change = change.items(self.field_items(field));
        if rule == &rules::MEMBER_ADDED_REQUIRED && self.is_constructed() {
            let (before, after) = self.constructor_calls(fields);
            change.usage(before, Some(after))
        } else {
            change
        }
    }

    /// Compares a field that keeps its JSON name or its Rust name.
    fn field(&self, old: &Field, new: &Field, fields: Fields<'_>, changes: &mut Changes) {
        if old.rust != new.rust {
            changes.push(self.renamed_field(old, new));
        } else if old.wire != new.wire {
            let at = Origin::in_new(&self.property(&new.wire));
            let detail = format!("`{}` → `{}`", old.wire, new.wire);
            let change = self.change(&rules::MEMBER_WIRE, at, &detail);
            let change = change.covers([&self.old_property(&old.wire)]);
            changes.push(change.items(self.field_items(new)));
        }
        if old.required != new.required {
            changes.push(self.optionality(old, new, fields));
        }
        self.field_types(old, new, changes);
        let item = format!("{}.{}", self.item(), new.rust);
        if old.access != new.access {
            changes.push(self.field_change(&rules::ACCESS_CHANGED, new).item(&item));
        }
        let flags = (old.deprecated, new.deprecated);
        let pointer = self.property(&new.wire).child("deprecated");
        let subject = format!("`{}` of `{}`", new.wire, self.name);
        deprecation::compare(flags, &pointer, subject, &item, changes);
    }

    fn field_types(&self, old: &Field, new: &Field, changes: &mut Changes) {
        let mut items = self.field_items(new);
        items.extend(self.null_setter_item(new));
        SchemaPair {
            subject: format!("`{}`: `{}`", self.name, new.wire),
            at: Origin::in_new(&self.property(&new.wire)),
            old: (&old.schema, old.required),
            new: (&new.schema, new.required),
            items,
            usage: Some((self.old_read(old), self.new_read(new))),
            null_and_absence_differ: self.old.in_body && self.new.in_body,
        }
        .compare(self.models, changes);
    }

    fn optionality(&self, old: &Field, new: &Field, fields: Fields<'_>) -> Change {
        let is_nullable = |field: &Field| matches!(field.schema, Schema::Nullable(_));
        let rule = match (self.new.in_request, new.required) {
            (true, true) => &rules::MEMBER_NOW_REQUIRED_REQUEST,
            (true, false) => &rules::MEMBER_NOW_OPTIONAL_REQUEST,
            (false, _) if is_nullable(old) && is_nullable(new) => {
                &rules::MEMBER_OPTIONALITY_ABSORBED
            }
            (false, true) => &rules::MEMBER_NOW_REQUIRED_RESPONSE,
            (false, false) => &rules::MEMBER_NOW_OPTIONAL_RESPONSE,
        };
        let change = self.field_change(rule, new);
        let change = change.items(self.field_items(old));
        let change = change.items(self.field_items(new));
        let (before, after) = if self.is_constructed() {
            self.constructor_calls(fields)
        } else {
            (self.old_read(old), self.new_read(new))
        };
        change.usage(before, Some(after))
    }
}

//! Compares the constructors of structs: the order of their arguments, and fixed values.

use super::super::argument_order::{
    Argument, ArgumentOrder, MisreadArgument, compare_order, describe,
};
use super::super::change::{Change, Changes, Origin};
use super::super::rules;
use super::super::rust_types::rust_type;
use super::super::schema::with_new_names;
use super::super::usage_lines::{constructor_call, has_single_value};
use super::field_matching::FieldMatching;
use super::type_pair::TypePair;
use crate::emit::POSITIONAL;
use crate::model::{Field, Model, Schema, Shape};

/// The fields of a struct, old and new.
pub(super) type Fields<'f> = (&'f [Field], &'f [Field]);

impl TypePair<'_> {
    /// Returns the constructor calls of both sides.
    pub(super) fn constructor_calls(&self, (old, new): Fields<'_>) -> (String, String) {
        (
            constructor_call(self.old_name, old, self.models.old),
            constructor_call(self.name, new, self.models.new),
        )
    }

    /// Whether the constructor takes a struct instead of positional arguments, on either side.
    pub(super) fn has_companion(&self) -> bool {
        let fields = |shape: &Shape| match shape {
            Shape::Struct { fields, .. } => fields.clone(),
            _ => Vec::new(),
        };
        let (old, new) = (fields(&self.old.shape), fields(&self.new.shape));
        let (before, after) = self.constructor_calls((&old, &new));
        before.ends_with("})") || after.ends_with("})")
    }

    /// Adds a change if positional arguments of the constructor changed their meaning.
    pub(super) fn constructor_order(
        &self,
        matching: &FieldMatching<'_>,
        fields: Fields<'_>,
        changes: &mut Changes,
    ) {
        if !self.is_constructed() {
            return;
        }
        let identity = |field: &Field| {
            let is_field = |other: &Field| std::ptr::eq(other, field);
            let mut pairs = matching.matched();
            pairs.position(|(was, now)| is_field(was) || is_field(now))
        };
        let old_type = |schema: &Schema| with_new_names(schema, self.models);
        let before = arguments(fields.0, self.models.old, old_type, identity);
        let after = arguments(fields.1, self.models.new, rust_type, identity);
        // A constructor with more arguments takes them by name.
        if before.len().max(after.len()) > POSITIONAL {
            return;
        }
        match compare_order(&before, &after) {
            ArgumentOrder::Unchanged => {}
            ArgumentOrder::RejectedByCompiler => {
                let change =
                    Change::new(&rules::ARGUMENTS_REORDERED, self.at(), self.constructor());
                changes.push(self.with_constructor_calls(change, fields));
            }
            ArgumentOrder::Misread(misread) => {
                let is_replaced = |argument: &MisreadArgument| argument.replaced;
                let rule = if misread.iter().all(is_replaced) {
                    &rules::ARGUMENT_REPLACED
                } else {
                    &rules::ARGUMENTS_SWAPPED
                };
                let detail = format!("{}: {}", self.constructor(), describe(&misread));
                let change = Change::new(rule, self.at(), detail);
                changes.push(self.with_constructor_calls(change, fields));
            }
        }
    }

    fn constructor(&self) -> String {
        format!("`{}::new`", self.name)
    }

    fn with_constructor_calls(&self, change: Change, fields: Fields<'_>) -> Change {
        let (before, after) = self.constructor_calls(fields);
        let change = change.item(format!("{}::new", self.item()));
        change.usage(before, Some(after))
    }

    /// Adds changes for fields that had a single possible value and now have several.
    pub(super) fn single_values(
        &self,
        matching: &FieldMatching<'_>,
        fields: Fields<'_>,
        changes: &mut Changes,
    ) {
        if !self.is_constructed() {
            return;
        }
        let pairs = matching.same_name.iter();
        for (was, now) in pairs.filter(|(was, now)| was.required && now.required) {
            let was_single = has_single_value(was, self.models.old);
            if was_single && !has_single_value(now, self.models.new) {
                let at = Origin::in_new(&self.property(&now.wire));
                let detail = format!("`{}`", now.wire);
                let change = self.change(&rules::VALUE_ADDED_FIXED, at, &detail);
                changes.push(self.with_constructor_calls(change, fields));
            }
        }
    }
}

/// Returns the arguments of a constructor.
fn arguments<'f>(
    fields: &'f [Field],
    model: &Model,
    ty: impl Fn(&Schema) -> String,
    identity: impl Fn(&Field) -> Option<usize>,
) -> Vec<Argument<'f>> {
    let required = fields.iter().filter(|field| field.required);
    let arguments = required.filter(|field| !has_single_value(field, model));
    arguments
        .map(|field| Argument {
            rust: &field.rust,
            ty: ty(&field.schema),
            identity: identity(field),
        })
        .collect()
}

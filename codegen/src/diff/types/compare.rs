//! Compares the named types of both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::names::type_item;
use super::super::schema::SchemaPair;
use super::super::schema_parts::named_type;
use super::super::{deprecation, rules};
use super::discriminators::UnionPair;
use super::type_pair::TypePair;
use crate::model::{Model, Schema, Shape};

/// Compares the types of both sides.
pub(in crate::diff) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    renamed(models, changes);
    let removed_operations = MatchedModels::pointers(&models.removed);
    for (old_name, old) in &models.old.types {
        let name = models.new_name(old_name);
        match models.new.types.get(name) {
            Some(new) => TypePair {
                models,
                old_name,
                name,
                old,
                new,
            }
            .compare(changes),
            None if MatchedModels::is_inside(&removed_operations, &old.pointer) => {}
            None => {
                let at = Origin::in_old(&old.pointer);
                let change = Change::new(&rules::TYPE_REMOVED, at, format!("`{old_name}`"));
                let item = type_item(old_name);
                changes.push(change.item(&item).usage(item, None));
            }
        }
    }
    added(models, changes);
}

fn renamed(models: &MatchedModels<'_>, changes: &mut Changes) {
    let uses = count_uses(models.old);
    for (old, new) in models.renamed() {
        let Some(definition) = models.new.types.get(new) else {
            continue;
        };
        let detail = format!("`{old}` → `{new}`");
        let at = Origin::in_new(&definition.pointer);
        let change = Change::new(&rules::TYPE_RENAMED, at, detail);
        let change = change.item(type_item(old)).item(type_item(new));
        let old_definition = models.old.types.get(old);
        let change = change.covers(old_definition.map(|definition| &definition.pointer));
        let change = change.renames([old.to_owned(), new.to_owned()]);
        let change = change.replaces(Some(old), Some(new));
        let change = change.use_count(uses.get(old).copied().unwrap_or_default());
        changes.push(change.usage(type_item(old), Some(type_item(new))));
    }
}

fn added(models: &MatchedModels<'_>, changes: &mut Changes) {
    let added_operations = MatchedModels::pointers(&models.added);
    let renamed: BTreeSet<&str> = models.renamed().map(|(_, new)| new).collect();
    let is_known = |name: &str| models.old.types.contains_key(name) || renamed.contains(name);
    for (name, new) in &models.new.types {
        if !is_known(name) && !MatchedModels::is_inside(&added_operations, &new.pointer) {
            let at = Origin::in_new(&new.pointer);
            let change = Change::new(&rules::TYPE_ADDED, at, format!("`{name}`"));
            changes.push(change.item(type_item(name)));
        }
    }
}

/// Counts how often operations use each type, directly or as a list, map or nullable value.
fn count_uses(model: &Model) -> BTreeMap<&str, usize> {
    let schemas = model.operations.iter().flat_map(|operation| {
        let responses = operation.responses.iter();
        let bodies = responses.filter_map(|response| response.body.as_ref());
        let bodies = bodies.map(|body| &body.schema);
        let request = operation.body.iter().map(|body| &body.schema);
        let parameters = operation.parameters.iter();
        let parameters = parameters.map(|parameter| &parameter.schema);
        bodies.chain(request).chain(parameters)
    });
    let mut uses = BTreeMap::new();
    for name in schemas.filter_map(named_type) {
        *uses.entry(name).or_default() += 1;
    }
    uses
}

impl TypePair<'_> {
    fn compare(&self, changes: &mut Changes) {
        match (&self.old.shape, &self.new.shape) {
            (
                Shape::Struct {
                    fields: old,
                    additional: old_extra,
                },
                Shape::Struct {
                    fields: new,
                    additional: new_extra,
                },
            ) => {
                self.fields(old, new, changes);
                self.additional_properties(old_extra.as_ref(), new_extra.as_ref(), changes);
            }
            (Shape::Enum { values: old }, Shape::Enum { values: new }) => {
                self.enum_values(old, new, changes);
            }
            (Shape::Union { .. }, Shape::Union { .. }) => self.unions(changes),
            (Shape::Alias(old), Shape::Alias(new)) => self.aliases(old, new, changes),
            (Shape::Secret, Shape::Secret) => {}
            (old, new) => self.shapes(old, new, changes),
        }
        self.usage(changes);
        let flags = (self.old.deprecated, self.new.deprecated);
        let pointer = self.new.pointer.child("deprecated");
        let subject = format!("`{}`", self.name);
        deprecation::compare(flags, &pointer, subject, &self.item(), changes);
    }

    fn unions(&self, changes: &mut Changes) {
        let (
            Shape::Union {
                branches: old,
                discriminator: old_discriminator,
            },
            Shape::Union {
                branches: new,
                discriminator: new_discriminator,
            },
        ) = (&self.old.shape, &self.new.shape)
        else {
            return;
        };
        // The old branches by their new names: a renamed variant keeps its meaning.
        let old = &self.branches(old, new, changes);
        let pair = UnionPair {
            models: self.models,
            name: self.name,
            pointer: &self.new.pointer,
            is_constructed: self.is_constructed(),
            old: (old, old_discriminator.as_ref()),
            new: (new, new_discriminator.as_ref()),
        };
        self.branch_order(pair.old, pair.new, changes);
        pair.compare(changes);
    }

    /// Adds a change for a type that became another kind of type.
    fn shapes(&self, old: &Shape, new: &Shape, changes: &mut Changes) {
        let rule = match (old, new) {
            (_, Shape::Secret) => &rules::SECRET_MARKED,
            (Shape::Secret, _) => &rules::SECRET_UNMARKED,
            _ => &rules::TYPE_CHANGED,
        };
        let detail = format!("{} → {}", shape_name(old), shape_name(new));
        changes.push(self.change(rule, self.at(), &detail).item(self.item()));
    }

    fn aliases(&self, old: &Schema, new: &Schema, changes: &mut Changes) {
        SchemaPair {
            subject: format!("`{}`", self.name),
            at: self.at(),
            old: (old, true),
            new: (new, true),
            items: vec![self.item()],
            usage: None,
            null_and_absence_differ: false,
        }
        .compare(self.models, changes);
    }

    /// Compares where the type is used, which decides what is generated for it.
    fn usage(&self, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        let has_constructors = matches!(new.shape, Shape::Struct { .. } | Shape::Union { .. });
        let has_display = matches!(new.shape, Shape::Enum { .. });
        let mut push = |rule| {
            let change = Change::new(rule, self.at(), format!("`{}`", self.name));
            changes.push(change.item(self.item()));
        };
        match (old.in_request, new.in_request) {
            (false, true) if has_constructors => push(&rules::REQUEST_GAINED),
            (true, false) if has_constructors => push(&rules::REQUEST_LOST),
            _ => {}
        }
        match (old.in_error, new.in_error) {
            (false, true) if has_display => push(&rules::ERROR_GAINED_ENUM),
            (false, true) if new.shape != Shape::Secret => push(&rules::ERROR_GAINED),
            (true, false) if new.shape != Shape::Secret => push(&rules::ERROR_LOST),
            _ => {}
        }
    }

    fn additional_properties(
        &self,
        old: Option<&Schema>,
        new: Option<&Schema>,
        changes: &mut Changes,
    ) {
        let at = Origin::in_new(&self.new.pointer.child("additionalProperties"));
        let item = format!("{}.extra", self.item());
        let rule = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => &rules::OPEN_ADDED,
            (Some(_), None) => &rules::OPEN_REMOVED,
            (Some(old), Some(new)) => {
                return SchemaPair {
                    subject: format!("`{}`: additional properties", self.name),
                    at,
                    old: (old, true),
                    new: (new, true),
                    items: vec![item],
                    usage: None,
                    null_and_absence_differ: false,
                }
                .compare(self.models, changes);
            }
        };
        let change = Change::new(rule, at, format!("`{}`", self.name));
        changes.push(change.item(item));
    }
}

fn shape_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => "struct",
        Shape::Enum { .. } => "enum",
        Shape::Union { .. } => "union",
        Shape::Secret => "secret",
        Shape::Alias(_) => "value",
    }
}

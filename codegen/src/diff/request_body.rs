//! Compares the request body of an operation.

use std::collections::BTreeSet;

use super::change::{Change, Changes, Origin};
use super::matching::MatchedModels;
use super::names::operation_title;
use super::parameter::OperationPair;
use super::rules::{self, Rule};
use super::schema::{SchemaPair, is_same_type};
use super::usage_lines::{method_call, setter_call};
use crate::model::{Body, BodyKind};

/// Compares the bodies of an operation.
pub(super) fn compare(
    models: &MatchedModels<'_>,
    operation: &OperationPair<'_>,
    changes: &mut Changes,
) {
    match (&operation.old.body, &operation.new.body) {
        (None, None) => {}
        (None, Some(body)) => added(operation, body, changes),
        (Some(body), None) => removed(operation, body, changes),
        (Some(old), Some(new)) => BodyPair {
            operation,
            old,
            new,
        }
        .compare(models, changes),
    }
}

fn added(operation: &OperationPair<'_>, body: &Body, changes: &mut Changes) {
    let at = Origin::in_new(&body.pointer);
    let title = operation_title(operation.new);
    changes.push(if body.required {
        let change = Change::new(&rules::BODY_ADDED_REQUIRED, at, title);
        operation.with_calls(change.items(operation.methods()))
    } else {
        let change = Change::new(&rules::BODY_ADDED_OPTIONAL, at, title);
        change.item(operation.setter(&body.rust))
    });
}

fn removed(operation: &OperationPair<'_>, body: &Body, changes: &mut Changes) {
    let at = Origin::in_old(&body.pointer);
    let change = Change::new(&rules::BODY_REMOVED, at, operation_title(operation.new));
    let change = change.covers([&operation.new.pointer.child("requestBody")]);
    changes.push(if body.required {
        operation.with_calls(change.items(operation.methods()))
    } else {
        let before = setter_call(operation.old, &body.rust);
        let change = change.item(operation.setter(&body.rust));
        change.usage(before, Some(operation.new_call()))
    });
}

/// A body that both sides have.
struct BodyPair<'a> {
    operation: &'a OperationPair<'a>,
    old: &'a Body,
    new: &'a Body,
}

impl BodyPair<'_> {
    fn compare(&self, models: &MatchedModels<'_>, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        if old.required != new.required {
            self.optionality(changes);
        }
        if old.media_type != new.media_type || old.kind != new.kind {
            self.media_type(models, changes);
        }
        if old.kind == new.kind {
            self.schemas(models, changes);
            self.encodings(changes);
        }
    }

    fn title(&self) -> String {
        format!("body of {}", operation_title(self.operation.new))
    }

    fn items(&self) -> Vec<String> {
        let mut items = self.operation.methods().to_vec();
        items.push(self.operation.setter(&self.new.rust));
        items
    }

    fn optionality(&self, changes: &mut Changes) {
        let operation = self.operation;
        let rule = if self.new.required {
            &rules::BODY_NOW_REQUIRED
        } else {
            &rules::BODY_NOW_OPTIONAL
        };
        let before = if self.old.required {
            method_call(operation.old)
        } else {
            setter_call(operation.old, &self.old.rust)
        };
        let after = if self.new.required {
            operation.new_call()
        } else {
            operation.new_call_with(&self.new.rust)
        };
        let at = Origin::in_new(&self.new.pointer.child("required"));
        let change = Change::new(rule, at, operation_title(operation.new));
        changes.push(change.items(self.items()).usage(before, Some(after)));
    }

    fn media_type(&self, models: &MatchedModels<'_>, changes: &mut Changes) {
        let (before, after) = (&self.old.media_type, &self.new.media_type);
        let detail = format!("{}: `{before}` → `{after}`", self.title());
        let content = self.new.pointer.child("content");
        let at = Origin::in_new(&content.child(after));
        let change = Change::new(self.media_type_rule(models), at, detail);
        changes.push(change.items(self.items()).covers([&content]));
    }

    fn media_type_rule(&self, models: &MatchedModels<'_>) -> &'static Rule {
        const TYPED: &[BodyKind] = &[BodyKind::Json, BodyKind::Form, BodyKind::Multipart];
        let (old, new) = (self.old, self.new);
        let are_typed = TYPED.contains(&old.kind) && TYPED.contains(&new.kind);
        if old.kind == new.kind {
            &rules::MEDIA_TYPE
        } else if are_typed && is_same_type(&old.schema, &new.schema, models) {
            &rules::BODY_AS_FORM
        } else {
            &rules::BODY_WRITTEN
        }
    }

    fn schemas(&self, models: &MatchedModels<'_>, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        let content = new.pointer.child("content").child(&new.media_type);
        SchemaPair {
            subject: self.title(),
            at: Origin::in_new(&content.child("schema")),
            old: (&old.schema, old.required),
            new: (&new.schema, new.required),
            items: self.items(),
            usage: None,
            null_and_absence_differ: false,
        }
        .compare(models, changes);
    }

    /// Compares how the fields of a form are encoded.
    fn encodings(&self, changes: &mut Changes) {
        let (old, new) = (&self.old.encoding, &self.new.encoding);
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let content = self.new.pointer.child("content");
        let encoding = content.child(&self.new.media_type).child("encoding");
        let title = operation_title(self.operation.new);
        for name in names {
            if old.get(name) != new.get(name) {
                let detail = format!("`{name}` in the body of {title}");
                let at = Origin::in_new(&encoding.child(name));
                let change = Change::new(&rules::MEMBER_ENCODING, at, detail);
                changes.push(change.items(self.operation.methods()));
            }
        }
    }
}

//! Compares the body of a status that both sides declare.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::rules::{self, Rule};
use super::super::rust_types::rust_type;
use super::super::schema::{SchemaPair, is_same_type, with_new_names};
use super::super::schema_parts::named_type;
use super::statuses::status_title;
use super::success_types::{body_type, success_methods, successes};
use super::variants::variant;
use crate::model::{Operation, Response, ResponseBody, Schema};
use crate::pointer::Pointer;

/// A response that both sides have.
pub(super) struct BodyPair<'a> {
    /// The operation, old and new.
    pub(super) operations: (&'a Operation, &'a Operation),
    /// The response, old and new.
    pub(super) responses: (&'a Response, &'a Response),
}

impl BodyPair<'_> {
    /// Compares the two bodies.
    pub(super) fn compare(&self, models: &MatchedModels<'_>, changes: &mut Changes) {
        let (old, new) = self.responses;
        match (&old.body, &new.body) {
            (None, None) => {}
            (None, Some(_)) => {
                changes.push(self.change(&rules::RESPONSE_BODY, "body added"));
            }
            (Some(_), None) => {
                changes.push(self.change(&rules::RESPONSE_BODY, "body removed"));
            }
            (Some(old), Some(new)) if old.kind != new.kind => {
                changes.push(self.kind(models, old, new));
            }
            (Some(old), Some(new)) => {
                if old.media_type != new.media_type {
                    let detail = media_types(old, new);
                    changes.push(self.change(&rules::MEDIA_TYPE, &detail));
                }
                self.schemas(models, old, new, changes);
            }
        }
    }

    fn status(&self) -> String {
        status_title(self.responses.1.status)
    }

    fn content(&self) -> Pointer {
        self.responses.1.pointer.child("content")
    }

    fn items(&self) -> Vec<String> {
        let ((old, new), (_, response)) = (self.operations, self.responses);
        let mut items: Vec<String> = variant(new, response).into_iter().collect();
        if successes(new).any(|success| success.status == response.status) {
            items.extend(success_methods(old, new));
        }
        items
    }

    fn change(&self, rule: &'static Rule, detail: &str) -> Change {
        let detail = format!("{}: {detail}", self.status());
        let change = Change::new(rule, Origin::in_new(&self.content()), detail);
        let change = change.items(self.items());
        change.covers([&self.responses.0.pointer.child("content")])
    }

    /// Returns the change of a body that is decoded differently.
    fn kind(&self, models: &MatchedModels<'_>, old: &ResponseBody, new: &ResponseBody) -> Change {
        let was = body_type(old, |schema| with_new_names(schema, models));
        let now = body_type(new, rust_type);
        if was == now {
            self.change(&rules::RESPONSE_READ, &media_types(old, new))
        } else {
            self.change(&rules::RESPONSE_BODY, &format!("`{was}` → `{now}`"))
        }
    }

    fn schemas(
        &self,
        models: &MatchedModels<'_>,
        old: &ResponseBody,
        new: &ResponseBody,
        changes: &mut Changes,
    ) {
        let (was, now) = (&old.schema, &new.schema);
        let is_named = matches!((was, now), (Schema::Ref(_), _) | (_, Schema::Ref(_)));
        if is_named && !is_same_type(was, now, models) {
            let (before, after) = (body_type(old, rust_type), body_type(new, rust_type));
            let detail = format!("`{before}` → `{after}`");
            let change = self.change(&rules::RESPONSE_BODY, &detail);
            changes.push(change.replaces(named_type(was), named_type(now)));
            return;
        }
        let schema = self.content().child(&new.media_type).child("schema");
        SchemaPair {
            subject: format!("body of {}", self.status()),
            at: Origin::in_new(&schema),
            old: (was, true),
            new: (now, true),
            items: self.items(),
            usage: None,
            null_and_absence_differ: false,
        }
        .compare(models, changes);
    }
}

fn media_types(old: &ResponseBody, new: &ResponseBody) -> String {
    format!("`{}` → `{}`", old.media_type, new.media_type)
}

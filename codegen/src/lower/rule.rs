//! The types of a rule for schemas: its input (`Node`), its result (`Effect`), its row.

use serde_json::{Map, Value};

use super::context::Context;
use super::schema::Discriminator;
use crate::model::Constant;
use crate::pointer::Pointer;
use crate::report::Rule;

/// The keywords of a schema with their values.
pub(super) type Keywords = Map<String, Value>;

/// A schema while rules rewrite it.
pub(super) struct Node {
    /// The keywords that no rule has removed.
    pub(super) keywords: Keywords,
    /// Facts that no keyword states.
    pub(super) facts: Facts,
    /// Its place in the document.
    pub(super) place: Pointer,
}

/// Facts about a schema that rules found. They are not keywords, so no document can set them.
#[derive(Default)]
pub(super) struct Facts {
    /// The only valid values, where they are no text.
    pub(super) constants: Vec<Constant>,
    /// Which values select which branch.
    pub(super) discriminator: Option<Discriminator>,
    /// Whether values of the union may need several of its branches.
    pub(super) needs_combined_branch: bool,
}

impl Node {
    pub(super) fn new(keywords: Keywords, place: &Pointer) -> Self {
        Self {
            keywords,
            facts: Facts::default(),
            place: place.clone(),
        }
    }
}

/// What a rule did to a schema.
pub(super) enum Effect {
    /// The rule does not apply.
    Unchanged,
    /// The schema says the same in another way. Nothing is logged; the table starts over.
    Rearranged,
    /// The rule applied. The detail is logged; the table goes on.
    Applied(String),
    /// The rule applied. The detail is logged; the table starts over.
    Restart(String),
    /// As `Restart`, and other schemas were copied into this one.
    Merged(String),
    /// As `Merged`, and each branch of the union was made from the whole schema.
    Distributed(String),
}

/// A row of the table of rules for schemas.
pub(super) struct SchemaRule {
    /// Its name, what it does, and what is lost.
    pub(super) rule: &'static Rule,
    /// Rewrites a schema where the rule applies.
    pub(super) rewrite: fn(&Context<'_>, &mut Node) -> Effect,
    /// Whether its applications are worth a line in the log.
    pub(super) is_logged: bool,
    /// Why the row is at this position.
    pub(super) order: &'static str,
}

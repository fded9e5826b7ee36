//! A group of changes: one schema, one operation, one type that replaces another, or one field that
//! many types have.

use serde::Serialize;

use super::super::rules::{Level, Rule};

/// Changes that a reviewer decides about together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeGroup {
    /// The most severe level of its changes.
    pub level: Level,
    /// What the changes have in common; empty if the rule says it.
    pub subject: String,
    /// The number of schemas and operations, if the subject names none of them.
    pub places: Option<usize>,
    /// The changes, by rule.
    pub rules: Vec<RuleChanges>,
}

/// The changes of one rule within a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleChanges {
    /// The stable id of the rule.
    pub rule: &'static str,
    /// What changed.
    pub summary: &'static str,
    /// What each change is about, beyond the subject of the group.
    pub names: Vec<String>,
    /// The fingerprints of the changes.
    pub changes: Vec<String>,
}

impl ChangeGroup {
    /// Creates a group of a single change.
    pub(in crate::diff) fn single(rule: &'static Rule, name: String, fingerprint: String) -> Self {
        Self {
            level: rule.level,
            subject: String::new(),
            places: None,
            rules: vec![RuleChanges {
                rule: rule.id,
                summary: rule.summary,
                names: vec![name],
                changes: vec![fingerprint],
            }],
        }
    }

    /// Returns the number of changes.
    pub(in crate::diff) fn count(&self) -> usize {
        self.rules.iter().map(|rule| rule.changes.len()).sum()
    }
}

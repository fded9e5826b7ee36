//! The Rust items that exist on either side: a report names no other.

use std::collections::BTreeSet;

use super::super::api_items::item_prefixes;
use super::super::side::Side;

/// The Rust items of both sides.
pub(super) struct KnownItems<'a>(BTreeSet<&'a str>);

impl<'a> KnownItems<'a> {
    /// Collects the items of both API listings.
    pub(super) fn new(old: &'a Side<'_>, new: &'a Side<'_>) -> Self {
        let lines = old.api.iter().chain(&new.api);
        Self(lines.flat_map(|line| item_prefixes(line)).collect())
    }

    /// Returns the items that exist.
    pub(super) fn existing(&self, items: &[String]) -> Vec<String> {
        let existing = items.iter().filter(|item| self.0.contains(item.as_str()));
        existing.cloned().collect()
    }
}

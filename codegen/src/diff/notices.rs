//! New facts that change no Rust item: operations of the full document that the client does not have,
//! and new entries of `lowering.log` about what the client does not support or check.

use std::collections::BTreeSet;

use serde::Serialize;

use super::side::Side;

/// How a line of `lowering.log` marks that its rule loses something.
const LOST: &str = " [lost: ";

/// What the new side has and the old side had not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Notices {
    /// Operations of the full document, as `slice` recorded them.
    pub operations: Vec<String>,
    /// Lines of `lowering.log` about something that is lost.
    pub losses: Vec<String>,
}

impl Notices {
    /// Compares the recorded operations and the logs of two sides.
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let losses = |log: &str| -> String {
            let lines = log.lines().filter(|line| line.contains(LOST));
            lines.map(|line| format!("{line}\n")).collect()
        };
        let offered = old.offered.as_deref().zip(new.offered.as_deref());
        Self {
            operations: offered.map_or_else(Vec::new, |(old, new)| added_lines(old, new)),
            losses: added_lines(&losses(&old.log), &losses(&new.log)),
        }
    }

    /// Whether there is nothing to report.
    pub(super) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.losses.is_empty()
    }
}

/// Returns the lines of the new text that the old text does not have.
pub fn added_lines(old: &str, new: &str) -> Vec<String> {
    let known: BTreeSet<&str> = old.lines().collect();
    let lines = new.lines().filter(|line| !known.contains(line));
    lines.map(str::to_owned).collect()
}

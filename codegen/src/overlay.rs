//! Second stage: our corrections, as an OpenAPI Overlay 1.0.
//!
//! Stricter than the standard where it matters for upkeep: an action that matches nothing, or
//! that has a member nobody reads, is an error.

mod action;
mod named;
mod origins;
mod read;

use serde_json::Value;

use crate::parse::{Parsed, Version, tree};
use crate::report::{Report, Stop};
use crate::source::Source;

pub(crate) use named::{Named, named};
pub(crate) use origins::Origins;

/// A document with the corrections applied.
#[derive(Clone, Debug)]
pub struct Corrected {
    root: Value,
    version: Version,
    origins: Origins,
}

impl Corrected {
    /// The corrected document.
    pub fn root(&self) -> &Value {
        &self.root
    }

    pub(crate) fn into_parts(self) -> (Value, Version, Origins) {
        (self.root, self.version, self.origins)
    }
}

/// How many nodes an overlay may add: more than the largest documents have.
const ROOM: usize = 500_000;

/// Applies an overlay, action after action.
///
/// # Errors
///
/// [`Stop`] if the overlay is none, or one of its actions cannot be applied. All are tried.
pub fn apply(
    parsed: Parsed,
    overlay: Option<&Source>,
    report: &mut Report,
) -> Result<Corrected, Stop> {
    let (root, version) = parsed.into_parts();
    let mut corrected = Corrected {
        root,
        version,
        origins: Origins::default(),
    };
    let Some(source) = overlay else {
        return Ok(corrected);
    };
    let mut overlay = tree(source, report)?;
    let actions = read::actions(&mut overlay, report);
    let mut sound = actions.is_ok();
    let mut room = ROOM;
    for action in actions.unwrap_or_default() {
        let (root, origins) = (&mut corrected.root, &mut corrected.origins);
        if let Err(finding) = action.apply(root, origins, &mut room) {
            report.push(*finding);
            sound = false;
        }
    }
    sound.then_some(corrected).ok_or(Stop)
}

#[cfg(test)]
mod tests;

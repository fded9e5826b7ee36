//! Second stage: our corrections, as an OpenAPI Overlay 1.0.
//!
//! Stricter than the standard where it matters for upkeep: an action that matches nothing, or
//! that has a member nobody reads, is an error.

use serde_json::Value;

use super::limits::Limits;
use super::origins::Origins;
use super::read;
use crate::parse::{Parsed, Version, tree};
use crate::report::{Report, Stop};
use crate::source::Source;

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
    let mut limits = Limits::of(&corrected.root);
    for action in actions.unwrap_or_default() {
        let (root, origins) = (&mut corrected.root, &mut corrected.origins);
        if let Err(diagnostic) = action.apply(root, origins, &mut limits) {
            report.push(*diagnostic);
            sound = false;
            if limits.reached() {
                break;
            }
        }
    }
    sound.then_some(corrected).ok_or(Stop)
}

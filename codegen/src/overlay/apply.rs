//! Applies an overlay to a document.
//!
//! It is stricter than the standard, so that overlays stay up to date: an action that matches
//! nothing, or that has an unknown member, is an error. Targets are places in OpenAPI 3: a document
//! in Swagger 2.0 has been converted before.

use serde_json::Value;

use super::limits::Limits;
use super::read;
use crate::origins::Origins;
use crate::parse::{Parsed, Version, tree};
use crate::report::{Report, Stop};
use crate::source::Source;

/// A document with its overlay applied.
#[derive(Clone, Debug)]
pub struct Corrected {
    root: Value,
    version: Version,
    origins: Origins,
}

impl Corrected {
    /// Returns the corrected document.
    pub fn root(&self) -> &Value {
        &self.root
    }

    pub(crate) fn into_parts(self) -> (Value, Version, Origins) {
        (self.root, self.version, self.origins)
    }
}

/// Applies the actions of an overlay in order.
///
/// # Errors
///
/// [`Stop`] if the overlay is invalid, or one of its actions cannot be applied. All are tried.
pub fn apply(
    parsed: Parsed,
    overlay: Option<&Source>,
    report: &mut Report,
) -> Result<Corrected, Stop> {
    let (root, version, origins) = parsed.into_parts();
    let mut corrected = Corrected {
        root,
        version,
        origins,
    };
    let Some(source) = overlay else {
        return Ok(corrected);
    };
    let mut overlay = tree(source, report)?;
    let actions = read::actions(&mut overlay, report);
    let mut applied = actions.is_ok();
    let mut limits = Limits::of(&corrected.root);
    for action in actions.unwrap_or_default() {
        let (root, origins) = (&mut corrected.root, &mut corrected.origins);
        if let Err(diagnostic) = action.apply(root, origins, &mut limits) {
            report.push(*diagnostic);
            applied = false;
            if limits.reached() {
                break;
            }
        }
    }
    applied.then_some(corrected).ok_or(Stop)
}

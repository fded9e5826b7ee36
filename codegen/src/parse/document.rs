//! Reads an OpenAPI document.
//!
//! JSON and YAML give the same tree for the same content. Numbers keep their value, and keys their
//! text. What the formats allow but a tree cannot represent (equal keys, keys that are not scalars,
//! tags, several documents) is a diagnostic.

use serde_json::Value;

use super::object::tree;
use super::version::{self, Version};
use crate::report::{Report, Stop};
use crate::source::Source;

/// An OpenAPI document as a tree, with its version.
#[derive(Clone, Debug)]
pub struct Parsed {
    root: Value,
    version: Version,
}

impl Parsed {
    /// Returns the document's tree.
    pub fn root(&self) -> &Value {
        &self.root
    }

    pub(crate) fn root_mut(&mut self) -> &mut Value {
        &mut self.root
    }

    pub(crate) fn into_parts(self) -> (Value, Version) {
        (self.root, self.version)
    }
}

/// Reads an OpenAPI document.
///
/// # Errors
///
/// [`Stop`] if the text cannot be parsed, or is not an OpenAPI document of a supported version.
pub fn document(source: &Source, report: &mut Report) -> Result<Parsed, Stop> {
    let root = tree(source, report)?;
    let version = version::read(&root, source.input, report)?;
    Ok(Parsed { root, version })
}

//! Reads an OpenAPI document.
//!
//! JSON and YAML give the same tree for the same content. Numbers keep their value, and keys their
//! text. What the formats allow but a tree cannot represent (equal keys, keys that are not scalars,
//! tags, several documents) is a diagnostic. A document in Swagger 2.0 is converted at once, so that
//! no caller can take its tree for one of OpenAPI 3.

use serde_json::Value;

use super::object::tree;
use super::version::{self, Declared, Version};
use crate::origins::Origins;
use crate::report::{Report, Stop};
use crate::source::Source;
use crate::swagger;

/// An OpenAPI 3 document as a tree, with its version.
#[derive(Clone, Debug)]
pub struct Parsed {
    root: Value,
    version: Version,
    origins: Origins,
}

impl Parsed {
    /// Returns the document's tree.
    pub fn root(&self) -> &Value {
        &self.root
    }

    pub(crate) fn root_mut(&mut self) -> &mut Value {
        &mut self.root
    }

    /// Returns the places in the text that the nodes come from.
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    pub(crate) fn into_parts(self) -> (Value, Version, Origins) {
        (self.root, self.version, self.origins)
    }
}

/// Reads an OpenAPI document. One in Swagger 2.0 is converted to OpenAPI 3.0.
///
/// # Errors
///
/// [`Stop`] if the text cannot be parsed, or is not an OpenAPI document of a supported version, or
/// if converting it copies more than any document needs.
pub fn document(source: &Source, report: &mut Report) -> Result<Parsed, Stop> {
    let root = tree(source, report)?;
    let (root, version, origins) = match version::read(&root, source.input, report)? {
        Declared::OpenApi(version) => (root, version, Origins::default()),
        Declared::Swagger => {
            let (root, origins) = swagger::convert(&root, report)?;
            (root, Version::V3_0, origins)
        }
    };
    Ok(Parsed {
        root,
        version,
        origins,
    })
}

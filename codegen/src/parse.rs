//! First stage: bytes to a tree.
//!
//! JSON and YAML give the same tree for the same content. Numbers keep their value, members
//! their text; what the two formats allow but a tree cannot hold (two equal keys, keys that are
//! no text, tags, several documents) is a diagnostic.

mod text;
mod tree;
mod version;
mod write;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::report::{Report, Stop};
use crate::source::Source;

pub(crate) use text::decode;
pub use tree::DEPTH;
pub use version::Version;
pub(crate) use write::to_text;

/// An OpenAPI document as a tree, of a version that is known.
#[derive(Clone, Debug)]
pub struct Parsed {
    root: Value,
    version: Version,
}

impl Parsed {
    /// The document's tree.
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
/// [`Stop`] if the text is no tree, or no OpenAPI document of a version that is known.
pub fn document(source: &Source, report: &mut Report) -> Result<Parsed, Stop> {
    let root = tree(source, report)?;
    let version = version::read(&root, source.input, report)?;
    Ok(Parsed { root, version })
}

/// Reads any input whose content is one object.
pub(crate) fn tree(source: &Source, report: &mut Report) -> Result<Value, Stop> {
    let text = decode(source)
        .map_err(|diagnostic| report.push(*diagnostic))
        .or(Err(Stop))?;
    let root = tree::read(&text, source, report)?;
    if root.is_null() {
        let message = format!("`{}` is empty", source.name);
        let place = Place::Whole(source.input);
        report.push(Diagnostic::new(&diagnostics::EMPTY_INPUT, place, message));
        return Err(Stop);
    }
    if !root.is_object() {
        report.push(Diagnostic::new(
            &diagnostics::NOT_AN_OBJECT,
            Place::Whole(source.input),
            format!(
                "`{}` holds {}, not an object",
                source.name,
                diagnostics::a(&root)
            ),
        ));
        return Err(Stop);
    }
    Ok(root)
}

#[cfg(test)]
mod tests;

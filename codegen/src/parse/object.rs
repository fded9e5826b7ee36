//! Reads an input whose content is one object.

use serde_json::Value;

use super::tree::read;
use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics::{self, json_type_name};
use crate::report::{Report, Stop};
use crate::source::Source;

/// Reads any input whose content is one object.
///
/// # Errors
///
/// [`Stop`] if the text cannot be parsed, or its root is not an object.
pub(crate) fn tree(source: &Source, report: &mut Report) -> Result<Value, Stop> {
    let text = decode(source)
        .map_err(|diagnostic| report.push(*diagnostic))
        .or(Err(Stop))?;
    let root = read(&text, source, report)?;
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
                "`{}` is {}, not an object",
                source.name,
                json_type_name(&root)
            ),
        ));
        return Err(Stop);
    }
    Ok(root)
}

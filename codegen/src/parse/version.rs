//! Reads the OpenAPI version of a document.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::Input;

/// A supported version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
}

/// The form that a document declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// Swagger 2.0, which is converted.
    Swagger,
    /// OpenAPI of a version that later stages know.
    OpenApi(Version),
}

/// Reads the version in the root object (OpenAPI section 4.8.1, Swagger 2.0 "Swagger Object").
pub(super) fn read(root: &Value, input: Input, report: &mut Report) -> Result<Declared, Stop> {
    let at = |token| Place::Node(input, Pointer::root().child(token));
    let (place, declared) = match (root.get("openapi"), root.get("swagger")) {
        (Some(Value::String(declared)), _) => (at("openapi"), format!("OpenAPI {declared}")),
        (Some(other), _) => (at("openapi"), format!("OpenAPI {other}")),
        (None, Some(declared)) => (at("swagger"), format!("Swagger {declared}")),
        (None, None) => {
            report.push(Diagnostic::new(
                &diagnostics::MISSING_VERSION,
                Place::Node(input, Pointer::root()),
                "the document has no OpenAPI version",
            ));
            return Err(Stop);
        }
    };
    let declared = declared.replace('"', "");
    if declared == "Swagger 2.0" {
        return Ok(Declared::Swagger);
    }
    let number = declared.strip_prefix("OpenAPI ").unwrap_or_default();
    if number == "3.0" || number.starts_with("3.0.") {
        return Ok(Declared::OpenApi(Version::V3_0));
    }
    if number == "3.1" || number.starts_with("3.1.") {
        return Ok(Declared::OpenApi(Version::V3_1));
    }
    let diagnostic = Diagnostic::new(
        &diagnostics::UNSUPPORTED_VERSION,
        place,
        format!("this is {declared}"),
    );
    report.push(match declared.as_str() {
        swagger if swagger.starts_with("Swagger") => diagnostic.help(
            "only Swagger 2.0 is supported; ask the publisher for the document in 2.0 or in OpenAPI 3",
        ),
        newer if newer.starts_with("OpenAPI 3.") => diagnostic.help(
            "only 3.0 and 3.1 are supported; ask the publisher for the document in one of them",
        ),
        _ => diagnostic,
    });
    Err(Stop)
}

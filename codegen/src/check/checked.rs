//! The checked document, and the function that runs all checks.
//!
//! A violation of OpenAPI is an error; a doubtful construct is a warning. A document that passes has
//! the structure of the object tables, so later stages can assume it.

use serde_json::Value;

use super::context::Context;
use super::{client, operations, security, servers, structure};
use crate::canonical::Canonical;
use crate::config::Config;
use crate::diagnostic::Place;
use crate::overlay::Origins;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};

/// A document that later stages can rely on:
///
/// - every object of the tables has the required members, and members of the right type;
/// - every reference is local, exists, and leads to an object of the right kind in finitely many
///   steps; no path item is a reference;
/// - path templates and path parameters correspond, parameters are unique;
/// - names of headers, statuses and media types are valid;
/// - nothing is nested deeper than [`crate::parse::DEPTH`].
#[derive(Clone, Debug)]
pub struct Checked {
    root: Value,
    origins: Origins,
}

impl Checked {
    /// Returns the document's tree, which is an object.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Returns the input that a node comes from, and its place there.
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }
}

/// Checks a document against OpenAPI and against the packaging of its client.
///
/// # Errors
///
/// [`Stop`] if there is at least one error; warnings pass.
pub fn check(canonical: Canonical, config: &Config, report: &mut Report) -> Result<Checked, Stop> {
    let (root, version, origins) = canonical.into_parts();
    let mut context = Context {
        root: &root,
        version,
        origins: &origins,
        report,
    };
    structure::check(&mut context);
    operations::check(&mut context);
    security::check(&mut context);
    servers::check(&mut context, config);
    client::check(&mut context, config);
    report.result()?;
    Ok(Checked { root, origins })
}

//! Fifth stage: everything that is wrong with a document, at once.
//!
//! Only what breaks OpenAPI itself is an error; what is merely doubtful is a warning. What passes
//! has the structure that the tables say: later stages never fail on it.

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
///   steps; none stands in the place of a path item;
/// - path templates and path parameters correspond, parameters are unique;
/// - names of headers, statuses and media types are valid;
/// - nothing is nested deeper than [`crate::parse::DEPTH`].
#[derive(Clone, Debug)]
pub struct Checked {
    root: Value,
    origins: Origins,
}

impl Checked {
    /// The tree; an object.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Which text a node of the tree comes from, and where in it.
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }
}

/// Checks a document together with the packaging of its client.
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
    report.sound()?;
    Ok(Checked { root, origins })
}

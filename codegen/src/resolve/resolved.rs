//! The stage and its result.

use serde_json::{Map, Value};

use super::operations::{self, ResolvedOperation};
use super::references::References;
use crate::check::Checked;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};

/// A document whose references have been followed.
pub struct Resolved<'a> {
    root: &'a Value,
    /// What each reference to a schema leads to.
    pub(crate) references: References<'a>,
    /// The operations by path, then in the fixed order of methods.
    pub(crate) operations: Vec<ResolvedOperation<'a>>,
}

/// Follows every reference of a document.
///
/// # Errors
///
/// [`Stop`] if more is copied than any document needs.
pub fn resolve<'a>(checked: &'a Checked, report: &mut Report) -> Result<Resolved<'a>, Stop> {
    let root = checked.root();
    let references = References::of(root);
    let operations = operations::all(root, &references, report);
    if report.is_full() {
        return Err(Stop);
    }
    Ok(Resolved {
        root,
        references,
        operations,
    })
}

impl<'a> Resolved<'a> {
    /// A member of the document itself: `info`, `servers`, `security`.
    pub(crate) fn member(&self, name: &str) -> Option<&'a Value> {
        self.root.get(name)
    }

    /// The components of a kind, by name.
    pub(crate) fn components(&self, kind: &str) -> Option<&'a Map<String, Value>> {
        let place = Pointer::root().child("components").child(kind);
        place.get(self.root)?.as_object()
    }

    /// The whole document, for a search that is about no place of it.
    pub(crate) fn root(&self) -> &'a Value {
        self.root
    }
}

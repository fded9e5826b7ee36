//! The inputs of one run.

use crate::source::Source;

/// One run's inputs.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The OpenAPI document.
    pub document: &'a Source,
    /// Corrections to the document.
    pub overlay: Option<&'a Source>,
    /// The packaging.
    pub config: Option<&'a Source>,
    /// The guide and the examples, which are copied unchanged.
    pub written: &'a [Source],
    /// Crate name that overrides the packaging's.
    pub name: Option<&'a str>,
    /// Selectors that override the packaging's.
    pub operations: &'a [String],
    /// Selectors of operations that are not generated.
    pub excluded: &'a [String],
    /// Placement of the crate.
    pub layout: Layout,
    /// Whether faults of the document are errors; also if the packaging says so.
    pub strict: bool,
}

impl<'a> Job<'a> {
    /// Creates a job for a whole document, as a standalone crate.
    pub fn of(document: &'a Source) -> Self {
        Self {
            document,
            overlay: None,
            config: None,
            written: &[],
            name: None,
            operations: &[],
            excluded: &[],
            layout: Layout::Standalone,
            strict: false,
        }
    }
}

/// The placement of the crate, which decides how its manifest refers to the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A member of this workspace: `generated/NAME`.
    Member,
    /// A standalone folder, with a copy of the runtime in `runtime/`.
    Standalone,
}

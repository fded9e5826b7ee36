//! The inputs of one run.

use crate::source::Source;

/// One run's inputs.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The OpenAPI document.
    pub document: &'a Source,
    /// Corrections to it.
    pub overlay: Option<&'a Source>,
    /// The packaging.
    pub config: Option<&'a Source>,
    /// What people wrote for the crate: its guide, its examples. They are taken over as they are.
    pub written: &'a [Source],
    /// A crate name that goes before the packaging's.
    pub name: Option<&'a str>,
    /// Selectors that go before the packaging's.
    pub operations: &'a [String],
    /// Where the crate will live.
    pub layout: Layout,
}

impl<'a> Job<'a> {
    /// All of a document, as a crate in a folder of its own.
    pub fn of(document: &'a Source) -> Self {
        Self {
            document,
            overlay: None,
            config: None,
            written: &[],
            name: None,
            operations: &[],
            layout: Layout::Standalone,
        }
    }
}

/// Where the crate will live, and so how its manifest names the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A member of this workspace: `generated/NAME`.
    Member,
    /// A folder of its own, with the runtime beside it in `runtime/`.
    Standalone,
}

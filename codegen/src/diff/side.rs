//! One side of a comparison: a model with its inputs and its generated API.

use std::collections::BTreeMap;

use crate::pipeline::ModelWithDocument;
use crate::source::Source;

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// The model, and the document that it was built from.
    pub modelled: &'a ModelWithDocument,
    /// The input files.
    pub sources: Vec<&'a Source>,
    /// The public API of the crate, as listed by [`crate::api_listing`].
    pub api: Vec<String>,
    /// The public API that the current generator produces from the same inputs, if known.
    pub today: Option<Vec<String>>,
    /// The exact version of each tool that generated the crate.
    pub tools: BTreeMap<String, String>,
    /// The operations of the full document, one per line, if they were recorded.
    pub offered: Option<String>,
    /// The text of `lowering.log`: the rules that were applied.
    pub log: String,
}

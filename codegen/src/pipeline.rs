//! The whole way from a document to a crate, stage by stage.

use std::collections::BTreeMap;

use crate::config::Job;
use crate::report::Report;

/// What a run gives.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The crate's files by path (forward slashes, relative to the crate); `None` when errors
    /// were found.
    pub files: Option<BTreeMap<String, String>>,
    /// Every finding, and the log of rules applied.
    pub report: Report,
}

/// Turns a document into the files of a crate.
pub fn generate(_job: &Job<'_>) -> Output {
    Output::default()
}

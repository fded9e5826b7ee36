//! The first line of every generated file.

use crate::config::{Job, Layout};
use crate::inert::visible;

/// Returns the first line of every generated file: the command and the input. Facts that vary between
/// runs are in the lock file.
pub(crate) fn header(job: &Job<'_>) -> String {
    let name = job.document.name.as_str();
    let (input, command) = match job.layout {
        Layout::Member => (name, "regenerate"),
        // Do not record the path outside a workspace.
        Layout::Standalone => (name.rsplit('/').next().unwrap_or(name), "generate"),
    };
    let input = visible(input);
    format!("Generated from {input} by `cargo xtask {command}`. Do not edit.")
}

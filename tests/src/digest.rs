//! The public API of a generated crate, one line per item.

use std::collections::BTreeMap;

/// The digest of a crate's files, by path.
///
/// # Panics
///
/// If a source is not Rust.
pub fn of_files(files: &BTreeMap<String, String>) -> String {
    codegen::api_listing::lines(files)
        .expect("a source is Rust")
        .join("\n")
}

//! Asks `public-api`: compares the public items of the crate before and after.

use std::path::Path;

use public_api::{Builder, PublicApi, diff::PublicApiDiff};

use crate::level::Level;

/// Reads the public items from the documentation of a crate.
fn items(json: &Path) -> Result<PublicApi, String> {
    Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .map_err(|error| error.to_string())
}

/// Returns the level by Cargo's reference on SemVer: removals and changes break, additions do not.
pub fn judge(old: &Path, new: &Path) -> Result<Level, String> {
    let diff = PublicApiDiff::between(items(old)?, items(new)?);
    Ok(if !diff.removed.is_empty() || !diff.changed.is_empty() {
        Level::Major
    } else if !diff.added.is_empty() {
        Level::Minor
    } else {
        Level::None
    })
}

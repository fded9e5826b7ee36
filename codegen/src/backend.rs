//! From the model to files: everything that progenitor and its rewrite are part of.

use std::collections::BTreeMap;

use crate::config::Layout;
use crate::emit::{self, manifest};
use crate::model::Model;
use crate::{print, rewrite};

/// The crate's files by path.
///
/// # Errors
///
/// Where progenitor's output, or ours, is not what the stages rely on: a defect of this program.
pub(crate) fn files(
    model: &Model,
    layout: Layout,
    header: &str,
) -> Result<BTreeMap<String, String>, String> {
    let rewritten = rewrite::rewrite(model)?;
    let mut files = print::print(header, |take| emit::emit(rewritten, model, take))?;
    let manifest = manifest::manifest(model, layout, files.values().map(String::as_str));
    files.insert(
        "Cargo.toml".to_owned(),
        format!("# {}\n\n{manifest}", header),
    );
    Ok(files)
}

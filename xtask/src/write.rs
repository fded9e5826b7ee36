//! The one place where files are written.
//!
//! A file is complete or not there: its text goes to a file beside it, which then takes its name.

use std::path::Path;

use codegen::lock::STAGED;

use crate::exit::{FAILED, Failure};

/// Writes a file whole.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one function that writes"
)]
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        let problem = format!("`{}` cannot be written: {error}", path.display());
        Failure::new(
            FAILED,
            problem,
            "check permissions and space; files that were written are complete",
        )
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(STAGED);
    let staged = path.with_file_name(name);
    std::fs::write(&staged, text)
        .and_then(|()| std::fs::rename(&staged, path))
        .map_err(|error| {
            // The reason is told; a second failure would only hide it.
            let _ = std::fs::remove_file(&staged);
            failed(error)
        })
}

/// Removes a file that is no longer made.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one function that removes"
)]
pub(crate) fn remove(path: &Path) -> Result<(), Failure> {
    std::fs::remove_file(path).map_err(|error| {
        let problem = format!("`{}` cannot be removed: {error}", path.display());
        Failure::new(FAILED, problem, "check permissions")
    })
}

//! Whether the crate of a whole document compiles.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::exit::{FAILED, Failure};
use crate::workspace::Workspace;

/// Generates the crate below the target folder and has Cargo check it, with the versions that the
/// workspace has fetched.
pub(super) fn compiles(workspace: &Workspace, document: &Path) -> Result<bool, Failure> {
    let failed = |error: String| {
        let problem = format!("`{}` cannot be compiled: {error}", document.display());
        Failure::new(
            FAILED,
            problem,
            "check space and permissions of the target folder",
        )
    };
    let name = document.file_name().unwrap_or_default();
    let out = workspace.path("target/corpus").join(name);
    let program = std::env::current_exe().map_err(|error| failed(error.to_string()))?;
    let generated = Command::new(program)
        .args(["generate", "--from"])
        .arg(document)
        .arg("--out")
        .arg(&out)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !generated.status.success() {
        return Err(failed(
            String::from_utf8_lossy(&generated.stderr).into_owned(),
        ));
    }
    let lock = std::fs::read_to_string(workspace.path("Cargo.lock"));
    let lock = lock.map_err(|error| failed(error.to_string()))?;
    crate::write::write(&crate::write::Real, &out.join("Cargo.lock"), &lock)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let checked = Command::new(cargo)
        .args(["check", "--quiet", "--offline", "--target-dir"])
        .arg(workspace.path("target/standalone"))
        .current_dir(&out)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    Ok(checked.status.success())
}

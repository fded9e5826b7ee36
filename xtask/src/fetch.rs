//! Documents that are elsewhere: fetched by a program of its own, which is beside this one.

use std::path::Path;
use std::process::{Command, Stdio};

use codegen::source::{Input, Source};

use crate::exit::{Code, FAILED, Failure};
use crate::shell::Shell;

/// Whether a document is named by its URL.
pub(crate) fn is_url(shown: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|it| shown.starts_with(it))
}

/// Fetches a document. What cannot be had is told by the program that fetches.
pub(crate) fn document(url: &str, shell: &mut Shell) -> Result<Source, Failure> {
    let failed = |error: std::io::Error| {
        let problem = format!("the document cannot be fetched: {error}");
        Failure::new(FAILED, problem, "check that cargo can be run")
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--package", "fetch", "--", url])
        // Where this program was built: its folder may be another workspace than that of the slice.
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(failed)?;
    match output.status.success() {
        true => {
            // Not before: one with a password is refused, and not shown.
            shell.status("Fetched", &format!("{url} ({} bytes)", output.stdout.len()));
            Ok(Source::new(Input::Document, url, output.stdout))
        }
        false => Err(Failure::new(
            Code::from(output.status),
            "there is no document to read",
            "see above; nothing was written",
        )),
    }
}

//! What is stored under `generated/` is what the stored inputs give.

use std::path::{Path, PathBuf};

use tests::workspace::Workspace;

/// The folder of this repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn what_is_stored_is_what_a_fresh_run_gives() {
    let workspace = Workspace::empty();
    let mut check = workspace.command(&["check"]);
    let ran = workspace.run(check.current_dir(root()));
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
}

//! The snapshots of each client, as a reviewer reads them: one set per folder of `openapi/`.
//!
//! They are taken of what is stored under `generated/`, so no client has to compile, and each run
//! shows everything that is pending, of all clients.

mod sets;
mod trial;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use sets::Set;

/// The workspace: this one, or the one that a trial names to insta.
fn root() -> PathBuf {
    match std::env::var_os("INSTA_WORKSPACE_ROOT") {
        Some(root) => root.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."),
    }
}

/// Whether what is stored is written anew.
fn writes() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|other| other == "always")
}

#[test]
fn each_client_is_reviewed() {
    let root = root();
    let sets = Set::all(&root);
    let mut problems = Vec::new();
    for set in &sets {
        for (name, text) in set.snapshots() {
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(set.folder(&root));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            // All that is pending is seen at once, so a failure does not end the run.
            let held = catch_unwind(AssertUnwindSafe(|| {
                settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
            }));
            if held.is_err() {
                problems.push(format!("{}/{name} is not what was reviewed", set.client));
            }
        }
    }
    for orphan in sets::orphans(&root, &sets) {
        match writes() {
            true => std::fs::remove_file(&orphan).expect("it goes"),
            false => {
                let shown = orphan.strip_prefix(&root).unwrap_or(&orphan);
                problems.push(format!("orphan snapshot: {}", shown.display()));
            }
        }
    }
    let help = "`cargo insta review` shows each, or `INSTA_UPDATE=always cargo test -p review`";
    assert!(problems.is_empty(), "{}\n{help}", problems.join("\n"));
}

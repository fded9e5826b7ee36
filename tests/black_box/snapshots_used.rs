//! A snapshot that no test names is a promise that nobody keeps.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn no_snapshot_is_an_orphan() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("black_box");
    let sources: String = std::fs::read_dir(&folder)
        .expect("the sources are here")
        .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok())
        .collect();
    let orphans: BTreeSet<String> = std::fs::read_dir(folder.join("snapshots"))
        .expect("the snapshots are here")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        // What waits for a review is no promise yet.
        .filter(|file| !file.ends_with(".snap.new"))
        .filter(|file| {
            let name = file
                .strip_suffix(".snap")
                .and_then(|name| name.rsplit("__").next());
            let diagnostic = |name: &str| {
                let id = name.strip_prefix("diagnostic_");
                id.is_some_and(|id| codegen::diagnostics::ALL.iter().any(|kind| kind.id == id))
            };
            let named = |name: &str| sources.contains(&format!("\"{name}\""));
            !name.is_some_and(|name| named(name) || diagnostic(name))
        })
        .collect();
    assert!(orphans.is_empty(), "orphan snapshots: {orphans:?}");
}

//! Each stored snapshot belongs to a test. One that no test names proves nothing.

use std::collections::BTreeSet;
use std::path::Path;

/// What is wrong with the files of a folder of snapshots, by their names: a snapshot that no test
/// names, and one that waits for a review. `named` says whether a test names a snapshot.
fn problems(files: &BTreeSet<String>, named: impl Fn(&str) -> bool) -> Vec<String> {
    let problem = |file: &String| {
        let name = |suffix| file.strip_suffix(suffix)?.rsplit("__").next();
        if name(".snap.new").is_some() {
            return Some(format!(
                "{file} waits for a review: `cargo insta review` accepts or rejects it"
            ));
        }
        match name(".snap") {
            Some(name) if named(name) => None,
            // A test that fails on its first run leaves the name of a snapshot that is to come.
            Some(_) if files.contains(&format!("{file}.new")) => None,
            _ => Some(format!("{file} is an orphan: no test names it, remove it")),
        }
    };
    files.iter().filter_map(problem).collect()
}

#[test]
fn each_snapshot_is_reviewed_and_named_by_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("black_box");
    let sources: String = std::fs::read_dir(&folder)
        .expect("the sources are here")
        .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok())
        .collect();
    let files: BTreeSet<String> = std::fs::read_dir(folder.join("snapshots"))
        .expect("the snapshots are here")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    let problems = problems(&files, |name| {
        let id = name.strip_prefix("diagnostic_");
        let is_diagnostic = |id| codegen::diagnostics::ALL.iter().any(|kind| kind.id == id);
        sources.contains(&format!("\"{name}\"")) || id.is_some_and(is_diagnostic)
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_pending_snapshot_is_no_orphan() {
    let files = ["black_box__a__used.snap", "black_box__a__gone.snap"];
    let pending = [
        "black_box__a__fresh.snap.new",
        "black_box__a__used.snap.new",
    ];
    let files: BTreeSet<String> = files
        .iter()
        .chain(&pending)
        .map(|file| (*file).to_owned())
        .collect();
    let problems = problems(&files, |name| name == "used").join("\n");
    assert_eq!(
        problems,
        "black_box__a__fresh.snap.new waits for a review: `cargo insta review` accepts or rejects it\n\
         black_box__a__gone.snap is an orphan: no test names it, remove it\n\
         black_box__a__used.snap.new waits for a review: `cargo insta review` accepts or rejects it"
    );
}

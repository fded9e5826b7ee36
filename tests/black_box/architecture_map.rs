//! Writes the code map of ARCHITECTURE.md from the first sentence of every module.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::generated_docs::hold_part;
use crate::output::root;

/// The folders of the crates that the map covers, with their titles.
const CRATES: &[(&str, &str)] = &[
    ("codegen/src", "`codegen`: the pipeline, a pure library"),
    (
        "codegen/runtime/src",
        "`openapi-client-runtime`: the crate that generated clients use",
    ),
    ("xtask/src", "`xtask`: the command line"),
    (
        "xtask/fetch/src",
        "`fetch`: the program that downloads documents",
    ),
];

/// Returns every Rust file below a folder, except the tests of modules.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.retain(|path| path.file_name().is_some_and(|name| name != "tests.rs"));
    found
}

/// Returns the first sentence of the `//!` comment of a file.
fn first_sentence(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("the file is readable");
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let paragraph: Vec<&str> = lines
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let paragraph = paragraph.join(" ");
    let end = paragraph.find(". ");
    let sentence = end.map_or(paragraph.as_str(), |at| &paragraph[..=at]);
    assert!(!sentence.is_empty(), "{} has no `//!`", path.display());
    without_links(sentence)
}

/// Returns a sentence without the links of rustdoc, which lead nowhere outside of it.
fn without_links(sentence: &str) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once("[`") {
        text.push_str(before);
        let (name, after) = after.split_once("`]").expect("the link ends");
        let _ = write!(text, "`{name}`");
        let target = after
            .strip_prefix('(')
            .and_then(|target| target.split_once(')'));
        rest = target.map_or(after, |(_, after)| after);
    }
    text + rest
}

/// Returns the files by their folder, and both in order; `mod.rs` comes first.
fn by_folder(crate_folder: &str) -> BTreeMap<String, BTreeMap<(bool, String), String>> {
    let base = root().join(crate_folder);
    let mut folders: BTreeMap<String, BTreeMap<(bool, String), String>> = BTreeMap::new();
    for path in sources(&base) {
        let inner = path.strip_prefix(&base).expect("the file is inside");
        let name = inner.file_name().expect("a file has a name");
        let name = name.to_string_lossy().into_owned();
        let parent = inner.parent().unwrap_or(Path::new(""));
        let parent = parent.to_string_lossy().replace('\\', "/");
        let is_root = matches!(name.as_str(), "mod.rs" | "lib.rs" | "main.rs");
        let entry = folders.entry(parent).or_default();
        entry.insert((!is_root, name), first_sentence(&path));
    }
    folders
}

#[test]
fn the_code_map_names_every_module() {
    let mut text = String::new();
    for (folder, title) in CRATES {
        let _ = write!(text, "\n### {title}\n");
        for (inner, files) in by_folder(folder) {
            let path = [*folder, inner.as_str()].join("/");
            let _ = write!(text, "\n`{}`\n\n", path.trim_end_matches('/'));
            for ((_, name), sentence) in files {
                let _ = writeln!(text, "- `{name}`: {sentence}");
            }
        }
    }
    hold_part("ARCHITECTURE.md", "code map", &format!("{text}\n"));
}

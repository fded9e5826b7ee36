//! No file depends on itself through others, and `mod.rs` files only declare.
//!
//! An edge leads from a file to the file that defines what it uses: a `use` and a path in code count,
//! and re-exports are followed. Declaring a module is no edge, and neither is a `use` of a `mod.rs` or
//! `lib.rs`, which only re-exports.

use syn::Item;

use super::cycles::{cycles, drawn};
use super::modules::{Modules, Sources, is_declaration};
use crate::output::root;

/// The crates whose files are checked, by the file that each begins with.
const CRATES: &[&str] = &[
    "codegen/src/lib.rs",
    "codegen/runtime/src/lib.rs",
    "xtask/src/main.rs",
    "xtask/fetch/src/main.rs",
];

/// The Rust files below a folder.
fn sources(folder: &str) -> Sources {
    let mut sources = Sources::new();
    let mut queue = vec![root().join(folder)];
    while let Some(next) = queue.pop() {
        for entry in std::fs::read_dir(next).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                queue.push(path);
            } else if path.extension() == Some("rs".as_ref()) {
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                let path = path.strip_prefix(root()).expect("it is in the repository");
                sources.insert(path.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    sources
}

/// The folder of a crate's sources.
fn folder_of(root: &str) -> &str {
    root.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[test]
fn no_file_depends_on_itself() {
    let mut problems = String::new();
    for root in CRATES {
        let edges = Modules::read(&sources(folder_of(root)), root).edges();
        for group in cycles(&edges) {
            problems.push_str(&drawn(&group, &edges));
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn mod_files_only_declare() {
    let mut problems = Vec::new();
    for (path, text) in CRATES.iter().flat_map(|root| sources(folder_of(root))) {
        let beside = path.trim_end_matches(".rs");
        if root().join(beside).is_dir() {
            problems.push(format!("{path} stands beside a folder of its name"));
        }
        let items = syn::parse_file(&text).expect("it is Rust").items;
        let declares = |item: &Item| matches!(item, Item::Mod(_) | Item::Use(_));
        if is_declaration(&path) && !items.iter().all(declares) {
            problems.push(format!("{path} defines something"));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

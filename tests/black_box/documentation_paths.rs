//! The paths and links in the documents lead to files that exist.

use std::path::{Path, PathBuf};

use crate::output::root;

/// The documents that people maintain by hand.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/corpus.md",
    "docs/diff.md",
    "docs/fuzzing.md",
    "docs/growth.md",
    "docs/proofs.md",
    "docs/redesign.md",
    "docs/update-walkthrough.md",
];

/// The folders and files at the root of the repository, with which a path begins.
const ROOTS: &[&str] = &[
    ".ci/",
    ".github/",
    "codegen/",
    "docs/",
    "generated/",
    "openapi/",
    "tests/",
    "xtask/",
];

/// Returns the code spans of a document, outside of code blocks.
fn code_spans(text: &str) -> Vec<&str> {
    let mut fence = None;
    let mut spans = Vec::new();
    for line in text.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if ticks >= open => fence = None,
            Some(_) => {}
            None if ticks >= 3 => fence = Some(ticks),
            None => spans.extend(line.split('`').skip(1).step_by(2)),
        }
    }
    spans
}

/// Whether a code span is a path in the repository, and not a pattern or a command.
fn is_path(span: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let has_placeholder = span.split('/').any(|part| {
        let stem = part.split('.').next().unwrap_or_default();
        stem.len() > 1
            && stem.chars().all(|c| c.is_ascii_uppercase())
            && !matches!(
                stem,
                "README" | "ARCHITECTURE" | "CONTRIBUTING" | "SECURITY" | "CHANGELOG"
            )
    });
    ROOTS.iter().any(|root| span.starts_with(root))
        && span.chars().all(is_plain)
        && !has_placeholder
}

/// Returns the targets of the links of a document that are paths.
fn links(text: &str) -> Vec<&str> {
    let after = text.split("](").skip(1);
    let targets = after.filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    let paths = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    paths
        .map(|target| target.split('#').next().unwrap_or_default())
        .collect()
}

#[test]
fn every_path_in_the_documents_exists() {
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let path = root().join(document);
        let text = std::fs::read_to_string(&path).expect("the document is readable");
        for span in code_spans(&text).into_iter().filter(|span| is_path(span)) {
            if !root().join(span).exists() {
                missing.push(format!("{document}: `{span}`"));
            }
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        for link in links(&text) {
            if !folder.join(link).exists() {
                missing.push(format!("{document}: link to {link}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn paths_are_told_from_commands_and_patterns() {
    for path in ["tests/src/edits.rs", ".ci/run", "codegen/src/diff"] {
        assert!(is_path(path), "{path}");
    }
    for other in [
        "cargo xtask",
        "examples/NAME.rs",
        "tests/black_box/diff_*.rs",
        "text/plain",
    ] {
        assert!(!is_path(other), "{other}");
    }
}

/// Returns the text of every Rust file below a folder.
fn source_text(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).expect("the folder is readable");
    let paths = entries.map(|entry| entry.expect("the entry is readable").path());
    let texts = paths.map(|path| {
        if path.is_dir() {
            source_text(&path)
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            std::fs::read_to_string(&path).expect("the file is readable")
        } else {
            String::new()
        }
    });
    texts.collect()
}

#[test]
fn every_error_message_in_contributing_exists() {
    let page = std::fs::read_to_string(root().join("CONTRIBUTING.md"));
    let page = page.expect("the document is readable");
    let (_, table) = page
        .split_once("## Error messages\n")
        .expect("the table is there");
    let folders = [
        "codegen/src",
        "xtask",
        "tests/review/src",
        "tests/black_box",
    ];
    let sources = folders.map(|folder| source_text(&root().join(folder)));
    let mut missing = Vec::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let first_cell = row.split(" | ").next().unwrap_or_default();
        for text in first_cell.split('`').skip(1).step_by(2) {
            if !sources.iter().any(|source| source.contains(text)) {
                missing.push(text.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Foreign crates and tools whose paths the architecture names.
const FOREIGN: &[&str] = &["http_body::", "rustfmt::", "tokio::"];

/// Returns where a module path such as `diff::rules` is defined: the sources of its first segments, and
/// its last segment.
fn module_of(span: &str) -> Option<(PathBuf, &str)> {
    let (parents, last) = span.rsplit_once("::")?;
    let (crate_folder, inner) = match parents.split_once("::").unwrap_or((parents, "")) {
        ("codegen", inner) => ("codegen/src", inner),
        ("runtime", inner) => ("codegen/runtime/src", inner),
        ("xtask", inner) => ("xtask/src", inner),
        _ => ("codegen/src", parents),
    };
    let folder = root().join(crate_folder).join(inner.replace("::", "/"));
    let file = folder.with_extension("rs");
    let found = [folder, file].into_iter().find(|path| path.exists())?;
    Some((found, last))
}

#[test]
fn every_module_path_in_the_architecture_exists() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md"));
    let page = page.expect("the document is readable");
    let is_path = |span: &&str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
        let is_foreign = FOREIGN.iter().any(|name| span.starts_with(name));
        let is_module = span.contains("::") && span.starts_with(char::is_lowercase);
        is_module && span.chars().all(is_plain) && !is_foreign
    };
    let mut missing = Vec::new();
    let mut found = 0;
    for span in code_spans(&page).into_iter().filter(is_path) {
        let Some((module, name)) = module_of(span) else {
            missing.push(span);
            continue;
        };
        let is_file = module.join(name).exists() || module.join(format!("{name}.rs")).exists();
        let sources = if module.is_dir() {
            source_text(&module)
        } else {
            std::fs::read_to_string(&module).expect("the file is readable")
        };
        let is_item = ["struct", "enum", "trait", "fn", "const", "static", "type"]
            .iter()
            .any(|keyword| sources.contains(&format!("{keyword} {name}")));
        if is_file || is_item {
            found += 1;
        } else {
            missing.push(span);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(found > 10, "{found} module paths are checked");
}

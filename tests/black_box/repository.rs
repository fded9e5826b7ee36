//! What the repository promises about itself.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use tests::workspace::{cargo, files_below};

use crate::output::root;

/// The crates that a package is built from, by `cargo tree`.
fn crates(package: &str) -> BTreeSet<String> {
    let output = cargo()
        .args([
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}", "--package", package])
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout);
    let name = |line: &str| {
        line.split(" (")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    text.lines()
        .map(name)
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn the_command_line_stays_light() {
    let crates = crates("xtask");
    assert!(crates.len() <= 90, "{} crates", crates.len());
    let system: Vec<&String> = crates
        .iter()
        .filter(|part| part.contains("-sys "))
        .collect();
    assert!(system.is_empty(), "{system:?}");
}

#[test]
fn the_client_stays_small() {
    let crates = crates("monite-client");
    assert!(crates.len() <= 100, "{} crates", crates.len());
}

#[test]
fn the_lock_file_records_the_versions_that_are_linked() {
    let text = std::fs::read_to_string(root().join("Cargo.lock")).expect("it is there");
    for (tool, version) in codegen::lock::TOOLS {
        let package = format!("name = \"{tool}\"\nversion = \"{version}\"\n");
        assert!(
            text.contains(&package),
            "{tool} {version} is not in Cargo.lock"
        );
    }
}

#[test]
fn the_embedded_runtime_is_the_runtime() {
    let folder = root().join("codegen/runtime");
    let name = |path: PathBuf| {
        let path = path.strip_prefix(&folder).expect("it is below").to_owned();
        path.to_string_lossy().into_owned()
    };
    let found: BTreeSet<String> = files_below(&folder.join("src")).map(name).collect();
    let embedded: BTreeSet<String> = codegen::runtime_sources::FILES
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    let manifest = BTreeSet::from(["Cargo.toml".to_owned()]);
    assert_eq!(&found | &manifest, embedded);
}

/// The version that a manifest's text requires of a crate.
fn required(manifest: &str, name: &str) -> Option<String> {
    let line = manifest
        .lines()
        .find(|line| line.starts_with(&format!("{name} = ")))?;
    let version = line
        .split("version = \"")
        .nth(1)
        .or(line.split(" = \"").nth(1))?;
    Some(version.split('"').next().unwrap_or_default().to_owned())
}

#[test]
fn crates_outside_require_what_the_workspace_requires() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("it is there");
    let workspace = read("Cargo.toml");
    let (_, runtime) = codegen::runtime_sources::FILES[0];
    for name in [
        "httpdate",
        "reqwest",
        "serde",
        "serde_json",
        "tokio",
        "tracing",
        "zeroize",
    ] {
        let outside = required(runtime, name);
        assert!(outside.is_some(), "{name} is required");
        assert_eq!(outside, required(&workspace, name), "{name}");
    }
    // Which of these a client has depends on its document.
    let clients = std::fs::read_dir(root().join("generated")).expect("there are clients");
    for client in clients {
        let folder = client.expect("it can be listed").path();
        let client = std::fs::read_to_string(folder.join("Cargo.toml")).expect("it is there");
        assert!(required(&client, "reqwest").is_some(), "it has a client");
        for name in ["chrono", "reqwest", "serde", "uuid"] {
            if let Some(outside) = required(&client, name) {
                assert_eq!(Some(outside), required(&workspace, name), "{name}");
            }
        }
    }
}

/// A text of a document reaches documentation only through the type that makes it inert.
#[test]
fn documentation_is_written_in_one_place() {
    for path in files_below(&root().join("codegen/src")) {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let made = text.contains("[doc = #") && !path.ends_with("codegen/src/prose/doc.rs");
        assert!(!made, "{} makes documentation", path.display());
    }
}

/// `.ci/proof` and the page about it name the same proofs.
#[test]
fn each_proof_is_in_the_docs() {
    let output = Command::new(root().join(".ci/proof")).output();
    let listed = String::from_utf8(output.expect("bash runs").stdout).expect("it is text");
    let listed: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let page = std::fs::read_to_string(root().join("docs/proofs.md")).expect("it is there");
    let documented: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(listed, documented);
}

/// The sources that people write, in these folders. What is generated is not among them.
fn sources() -> impl Iterator<Item = (PathBuf, String)> {
    let folders = ["codegen", "xtask", "tests"].iter();
    let paths = folders.flat_map(|folder| files_below(&root().join(folder)));
    let sources = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    sources.map(|path| {
        let text = std::fs::read_to_string(&path).expect("a source is text");
        (path, text)
    })
}

#[test]
fn files_stay_short_and_say_what_is_in_them() {
    for (path, text) in sources() {
        let path = path.display();
        assert!(text.lines().count() <= 500, "{path} is too long");
        assert!(text.starts_with("//!"), "{path} does not say what is in it");
    }
}

/// The functions of a source, with the lines of code in their bodies, counted as Clippy counts them. In
/// formatted code a function ends with the first brace that is indented as the function is.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let function = |at: usize| {
        let (before, signature) = lines[at].split_once("fn ")?;
        let words = ["pub", "pub(crate)", "pub(super)", "async", "const"];
        let is_item = before.split_whitespace().all(|word| words.contains(&word));
        let (name, _) = signature.split_once(['(', '<']).filter(|_| is_item)?;
        // A function that is only declared, or stands on one line, has no brace of its own.
        let mut rest = lines[at..].iter();
        rest.find(|line| line.ends_with(['{', ';', '}']))
            .filter(|line| line.ends_with('{'))?;
        let indent = before.len() - before.trim_start().len();
        let brace = format!("{}}}", " ".repeat(indent));
        let body = rest.take_while(|line| **line != brace);
        let code = body.map(|line| line.trim_start());
        let code = code.filter(|line| !line.is_empty() && !line.starts_with("//"));
        Some((name, code.count()))
    };
    (0..lines.len()).filter_map(function).collect()
}

/// Functions of tests that are one table or one story, which reads worse in pieces.
const TABLES: [&str; 9] = [
    "documents",
    "keywords",
    "an_update_goes_through_from_the_document_to_the_patch",
    "names_of_parameters",
    "other_inputs",
    "schema_fixtures",
    "the_url_of_each_environment_is_one_to_the_runtime",
    "what_the_document_does_not_allow_is_refused",
    "what_stands_around_the_body_is_checked",
];

#[test]
fn functions_stay_short() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        for (name, lines) in functions(&text) {
            if lines > 60 && !TABLES.contains(&name) {
                long.push(format!("{}: {name} has {lines} lines", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn lines_of_functions_are_counted() {
    let text =
        "fn a() {\n    // One.\n    1\n}\ntrait B {\n    fn c();\n    fn d(&self) {\n\n    }\n}\n";
    assert_eq!(functions(text), [("a", 1), ("d", 0)]);
}

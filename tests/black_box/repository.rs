//! What the repository promises about itself.

use std::collections::BTreeSet;
use std::process::Command;

use crate::output::root;

/// The crates that a package is built from, by `cargo tree`.
fn crates(package: &str) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
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
        .current_dir(root())
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
    let system: Vec<&String> = crates.iter().filter(|it| it.contains("-sys ")).collect();
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
    let mut queue = vec![folder.join("src")];
    let mut found = BTreeSet::new();
    while let Some(next) = queue.pop() {
        for entry in std::fs::read_dir(next).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                queue.push(path);
            } else {
                let name = path
                    .strip_prefix(&folder)
                    .expect("it is below")
                    .to_string_lossy();
                found.insert(name.into_owned());
            }
        }
    }
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
    let mut queue = vec![root().join("codegen/src")];
    while let Some(next) = queue.pop() {
        for entry in std::fs::read_dir(next).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                queue.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let made = text.contains("[doc = #") && !path.ends_with("codegen/src/prose/doc.rs");
            assert!(!made, "{} makes documentation", path.display());
        }
    }
}

#[test]
fn files_and_functions_stay_short() {
    let mut queue: Vec<_> = ["codegen", "xtask", "tests"]
        .iter()
        .map(|folder| root().join(folder))
        .collect();
    while let Some(next) = queue.pop() {
        for entry in std::fs::read_dir(next).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                queue.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("it can be read");
                assert!(
                    text.lines().count() <= 500,
                    "{} is too long",
                    path.display()
                );
                assert!(
                    text.starts_with("//!"),
                    "{} does not say what it is for",
                    path.display()
                );
            }
        }
    }
}

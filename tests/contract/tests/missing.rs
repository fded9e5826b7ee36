//! Where a judge is missing the run says so, and is never green.

use std::path::Path;
use std::process::{Command, Output};

fn run(path: &str, target: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_contract"))
        .args(arguments)
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("it runs")
}

/// A path with programs of these names, which is enough to look further.
fn programs(folder: &str, names: &[&str]) -> String {
    let folder = format!("{}/{folder}", env!("CARGO_TARGET_TMPDIR"));
    for name in names {
        write(&format!("{folder}/{name}"));
    }
    folder
}

fn write(path: &str) {
    let folder = Path::new(path).parent().expect("a file is in a folder");
    std::fs::create_dir_all(folder).expect("it is made");
    std::fs::write(path, "").expect("it is written");
}

/// A target folder where nothing is installed.
const NOTHING: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-here");

#[track_caller]
fn refused(output: &Output, expected: &[&str]) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(101), "{text}");
    for expected in expected {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_missing_program_is_named_with_its_remedy() {
    let node = ["node is not there", "fix: install Node.js"];
    for arguments in [&[][..], &["--install"]] {
        refused(&run("", NOTHING, arguments), &node);
    }
    let only_node = programs("node", &["node"]);
    let npm = ["npm is not there", "fix: install Node.js"];
    refused(&run(&only_node, NOTHING, &["--install"]), &npm);
    let no_python = programs("npm", &["node", "npm"]);
    let python = ["python3 is not there", "fix: install Python"];
    refused(&run(&no_python, NOTHING, &["--install"]), &python);
}

#[test]
fn a_judge_that_is_not_installed_is_named_with_its_remedy() {
    const FIX: &str = "fix: cargo xtask contract --install";
    let path = programs("node", &["node"]);
    let prism = ["Prism is not installed", FIX];
    refused(&run(&path, NOTHING, &[]), &prism);

    let target = concat!(env!("CARGO_TARGET_TMPDIR"), "/another-pinning");
    let folder = format!("{target}/contract");
    write(&format!(
        "{folder}/prism/node_modules/@stoplight/prism-cli/dist/index.js"
    ));
    write(&format!("{folder}/prism.installed"));
    let old = ["Prism is not installed", "as it is pinned now", FIX];
    refused(&run(&path, target, &[]), &old);

    let pins = concat!(env!("CARGO_MANIFEST_DIR"), "/prism/package-lock.json");
    std::fs::copy(pins, format!("{folder}/prism.installed")).expect("it is copied");
    let schemathesis = ["schemathesis is not installed", FIX];
    refused(&run(&path, target, &[]), &schemathesis);
}

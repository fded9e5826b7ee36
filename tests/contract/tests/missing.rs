//! Where a judge is missing the run says so, and is never green.

use std::process::{Command, Output};

fn run(path: &str, arguments: &[&str]) -> Output {
    let target = env!("CARGO_TARGET_TMPDIR");
    Command::new(env!("CARGO_BIN_EXE_contract"))
        .args(arguments)
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", format!("{target}/nothing-here"))
        .output()
        .expect("it runs")
}

#[test]
fn a_missing_program_is_named_with_its_remedy() {
    for arguments in [&[][..], &["--install"]] {
        let output = run("", arguments);
        assert_eq!(output.status.code(), Some(101));
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(
            text.contains("is not there") && text.contains("fix: install Node.js"),
            "{text}"
        );
    }
}

#[test]
fn a_judge_that_is_not_installed_is_named_with_its_remedy() {
    // A folder with a program of the name is enough to look further.
    let folder = format!("{}/programs", env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(&folder).expect("it is made");
    std::fs::write(format!("{folder}/node"), "").expect("it is written");
    let output = run(&folder, &[]);
    assert_eq!(output.status.code(), Some(101));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("Prism is not installed"), "{text}");
    assert!(
        text.contains("fix: cargo xtask contract --install"),
        "{text}"
    );
}

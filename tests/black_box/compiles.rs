//! Crates that are generated from fixtures compile, warnings denied, with and without parts of them.

use tests::workspace::Workspace;

use crate::commands::ends;

/// A workspace with the crate of a fixture in `made`.
#[track_caller]
fn made(fixture: &str) -> Workspace {
    let workspace = Workspace::empty();
    let path = crate::output::root().join("tests/fixtures").join(fixture);
    workspace.write(
        fixture,
        &std::fs::read_to_string(path).expect("it is there"),
    );
    ends(
        &workspace.xtask(&["generate", "--from", fixture, "--out", "made"]),
        0,
    );
    with_lock(&workspace);
    workspace
}

/// Gives the crate in a workspace the versions that this repository has fetched already.
pub(crate) fn with_lock(workspace: &Workspace) {
    let lock = std::fs::read_to_string(crate::output::root().join("Cargo.lock"));
    workspace.write("made/Cargo.lock", &lock.expect("it is there"));
}

/// Compiles the crate in a workspace.
#[track_caller]
pub(crate) fn compiles(workspace: &Workspace, arguments: &[&str]) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = std::process::Command::new(cargo)
        .args(["check", "--offline", "--target-dir"])
        .arg(tests::workspace::compile_folder())
        .args(arguments)
        .env("RUSTFLAGS", "-D warnings")
        .current_dir(workspace.path().join("made"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn generated_folders_compile_without_a_warning() {
    for fixture in ["bare.yaml", "library.yaml", "nullable.yaml", "hostile.yaml"] {
        compiles(&made(fixture), &[]);
    }
}

#[test]
fn each_tag_compiles_without_the_others() {
    let workspace = made("shop.yaml");
    let manifest = workspace.read("made/Cargo.toml");
    let (_, features) = manifest.split_once("[features]").expect("it has some");
    let (features, _) = features.split_once("[lints").expect("they end");
    insta::assert_snapshot!("compiles_features", features);
    let types = workspace.read("made/src/types.rs");
    let conditions = types.lines().zip(types.lines().skip(1));
    let conditions = conditions.filter(|(line, _)| line.starts_with("#[cfg(feature"));
    assert!(
        conditions.count() > 5,
        "types are left out with their operations"
    );
    compiles(&workspace, &[]);
    compiles(
        &workspace,
        &["--no-default-features", "--features", "rustls"],
    );
    for tags in [
        "catalogue",
        "customers",
        "operations",
        "orders",
        "customers,operations",
    ] {
        let features = format!("rustls,{tags}");
        compiles(
            &workspace,
            &["--no-default-features", "--features", &features],
        );
    }
}

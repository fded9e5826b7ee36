//! The review itself on trial: in a workspace of its own, with crates that are made by hand.

use std::path::Path;
use std::process::{Command, Output};

/// A workspace with a client `pets`, and one that was added later.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for client in ["pets", "shop"] {
        let write = |path: &str, text: &str| write(folder.path(), client, path, text);
        std::fs::create_dir_all(folder.path().join("openapi").join(client)).expect("made");
        let lock = format!(
            r#"{{"about":"Generated from openapi/{client}/openapi.json.","title":"","version":"","inputs":{{}},"tools":{{}},"files":{{}}}}"#
        );
        write("client.lock.json", &lock);
        write("Cargo.toml", "[package]\n");
        write("lowering.log", "");
        write("src/lib.rs", "//! GeneratedCrate.\npub mod orders;\n");
        write("src/orders.rs", "//! GeneratedCrate.\npub struct Order;\n");
    }
    folder
}

fn write(root: &Path, client: &str, path: &str, text: &str) {
    let path = root.join(format!("generated/{client}-client/{path}"));
    std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it is made");
    std::fs::write(path, text).expect("it is written");
}

/// Reviews a workspace in a process of its own.
fn review(root: &Path, update: &str) -> (bool, String) {
    let tests = std::env::current_exe().expect("the test has a path");
    let output: Output = Command::new(tests)
        .args(["--exact", "each_client_is_reviewed", "--nocapture"])
        .env("INSTA_WORKSPACE_ROOT", root)
        .env("INSTA_UPDATE", update)
        .output()
        .expect("the test runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    (output.status.success(), text)
}

/// The snapshots of a workspace, and what waits for a review.
fn stored(root: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for client in ["pets", "shop"] {
        let folder = root.join("tests/review/snapshots").join(client);
        for entry in std::fs::read_dir(folder).expect("there are snapshots") {
            let name = entry.expect("it can be listed").file_name();
            names.push(format!("{client}/{}", name.to_string_lossy()));
        }
    }
    names.sort();
    names
}

#[test]
fn clients_are_found_and_all_that_is_pending_is_shown_at_once() {
    let folder = workspace();
    let root = folder.path();
    let (held, said) = review(root, "no");
    assert!(!held && said.contains("shop/api"), "{said}");
    assert!(review(root, "always").0);
    let names = ["api", "lowering", "manifest", "source_lib", "source_orders"];
    let of = |client: &'static str| names.map(|name| format!("{client}/{name}.snap"));
    assert_eq!(stored(root), [of("pets"), of("shop")].concat());
    assert!(review(root, "no").0);

    write(root, "pets", "lowering.log", "closed-object /a\n");
    write(root, "shop", "Cargo.toml", "[package]\nname = \"shop\"\n");
    let (held, said) = review(root, "new");
    assert!(!held);
    for pending in ["pets/lowering", "shop/manifest"] {
        assert!(said.contains(&format!("{pending} is not what")), "{said}");
        assert!(stored(root).contains(&format!("{pending}.snap.new")));
    }
    let (held, said) = review(root, "new");
    assert!(!held && !said.contains("orphan"), "{said}");
    assert!(review(root, "always").0);
    assert!(review(root, "no").0);
}

#[test]
fn what_is_gone_is_an_orphan_until_it_is_written_anew() {
    let folder = workspace();
    let root = folder.path();
    assert!(review(root, "always").0);
    let orders = root.join("generated/pets-client/src/orders.rs");
    std::fs::rename(&orders, orders.with_file_name("deliveries.rs")).expect("it is renamed");
    std::fs::remove_dir_all(root.join("openapi/shop")).expect("it goes");
    let (held, said) = review(root, "no");
    assert!(!held);
    for orphan in ["pets/source_orders.snap", "shop/api.snap"] {
        let orphan = format!("orphan snapshot: tests/review/snapshots/{orphan}");
        assert!(said.contains(&orphan), "{said}");
    }
    assert!(review(root, "always").0);
    assert!(review(root, "no").0);
    assert!(stored(root).iter().all(|path| path.starts_with("pets/")));
}

#[test]
fn a_client_without_a_crate_is_told() {
    let folder = workspace();
    std::fs::create_dir(folder.path().join("openapi/zoo")).expect("it is made");
    let (held, said) = review(folder.path(), "no");
    assert!(
        !held && said.contains("openapi/zoo: run `cargo xtask regenerate`"),
        "{said}"
    );
}

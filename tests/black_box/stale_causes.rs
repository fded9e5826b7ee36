//! What `check` says of each cause that no other test makes, in the very words.

use tests::workspace::Workspace;

const LOCK: &str = "generated/pets-client/client.lock.json";
const TYPES: &str = "generated/pets-client/src/types.rs";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Corrections, version: 1.0.0}
actions:
- target: $.paths['/pets/{id}'].get
  update: {operationId: fetch_pet}
";

/// A crate that was made from every kind of input.
fn scene() -> Workspace {
    let workspace = Workspace::with_pets();
    workspace.write("openapi/pets/overlay.yaml", OVERLAY);
    let config = "package: {name: pets-client, description: Pets}\n";
    workspace.write("openapi/pets/client.yaml", config);
    workspace.write("openapi/pets/guide.md", "Call it.\n");
    assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
    workspace
}

/// What is done, the exit code, and the snapshot of what is said.
type Row = (&'static str, i32, fn(&Workspace));

const ROWS: &[Row] = &[
    ("cause_overlay_moved", 4, |workspace| {
        workspace.edit("openapi/pets/overlay.yaml", "fetch_pet", "read_pet");
    }),
    ("cause_overlay_gone", 4, |workspace| {
        std::fs::remove_file(workspace.path().join("openapi/pets/overlay.yaml")).expect("it goes");
    }),
    ("cause_config_moved", 4, |workspace| {
        workspace.edit("openapi/pets/client.yaml", "Pets", "All pets");
    }),
    ("cause_guide_moved", 4, |workspace| {
        workspace.edit("openapi/pets/guide.md", "Call it.", "Call it twice.");
    }),
    ("cause_tool_moved", 4, |workspace| {
        workspace.edit(
            LOCK,
            "\"progenitor\": \"0.15.1\"",
            "\"progenitor\": \"0.15.0\"",
        );
    }),
    ("cause_several", 100, |workspace| {
        workspace.edit("openapi/pets/guide.md", "Call it.", "Call it twice.");
        workspace.edit(
            LOCK,
            "\"progenitor\": \"0.15.1\"",
            "\"progenitor\": \"0.15.0\"",
        );
        workspace.edit(TYPES, "pub name", "pub called");
    }),
    ("cause_never_made", 4, |workspace| {
        std::fs::remove_dir_all(workspace.path().join("generated")).expect("it goes");
    }),
    ("cause_lock_gone", 4, |workspace| {
        std::fs::remove_file(workspace.path().join(LOCK)).expect("it goes");
    }),
    ("cause_lock_gone_and_edited", 100, |workspace| {
        std::fs::remove_file(workspace.path().join(LOCK)).expect("it goes");
        workspace.edit(TYPES, "pub name", "pub called");
    }),
    ("cause_conflict_in_a_file", 100, |workspace| {
        let ours = "<<<<<<< ours\n    pub name: String,\n=======\n    pub called: String,\n>>>>>>> theirs\n";
        workspace.edit(TYPES, "    pub name: String,\n", ours);
    }),
    ("cause_line_ends", 100, |workspace| {
        workspace.edit(TYPES, "\n", "\r\n")
    }),
    ("cause_empty_file", 4, |workspace| {
        workspace.write(TYPES, "")
    }),
];

#[test]
fn each_cause_is_said_in_its_words_and_mended() {
    for (name, code, edit) in ROWS {
        let workspace = scene();
        edit(&workspace);
        let before = workspace.tree();
        let check = workspace.xtask(&["check"]);
        assert_eq!(check.code, Some(*code), "{name}: {}", check.transcript());
        insta::assert_snapshot!(*name, check.transcript());
        let plain = workspace.xtask(&["regenerate"]);
        if *code == 4 {
            assert_eq!(plain.code, Some(0), "{name}: {}", plain.transcript());
        } else {
            assert_eq!(plain.code, Some(100), "{name}: {}", plain.transcript());
            assert!(workspace.tree() == before, "{name}: nothing was written");
            let discard = workspace.xtask(&["regenerate", "--discard-edits"]);
            assert_eq!(discard.code, Some(0), "{name}: {}", discard.transcript());
        }
        assert_eq!(workspace.xtask(&["check"]).code, Some(0), "{name}");
    }
}

/// After a run that was stopped, both are said: what a run mends, and what a person must look at.
#[test]
fn an_edit_in_a_half_written_crate_is_still_an_edit() {
    let workspace = scene();
    let staged = format!("{TYPES}.1.xtask-new");
    workspace.write(&staged, "//! Hal");
    workspace.edit(TYPES, "pub name", "pub called");
    let check = workspace.xtask(&["check"]);
    insta::assert_snapshot!("cause_half_written_and_edited", check.transcript());
    assert_eq!(workspace.xtask(&["regenerate"]).code, Some(100));
    assert!(workspace.read(TYPES).contains("pub called"));
}

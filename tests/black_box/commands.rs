//! The real command in throwaway workspaces: what it says, how it ends, what it leaves behind.

use tests::workspace::{Ran, Workspace};

const GENERATED: &str = "generated/pets-client";

fn regenerated() -> Workspace {
    let workspace = Workspace::with_pets();
    let ran = workspace.xtask(&["regenerate"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    workspace
}

#[track_caller]
pub fn ends(ran: &Ran, code: i32) {
    assert_eq!(ran.code, Some(code), "{}", ran.transcript());
}

#[test]
fn regenerate_writes_once_and_then_touches_nothing() {
    let workspace = Workspace::with_pets();
    let first = workspace.xtask(&["regenerate"]);
    insta::assert_snapshot!("command_regenerate_first", first.transcript());
    let (tree, times) = (workspace.tree(), workspace.times());
    let second = workspace.xtask(&["regenerate"]);
    insta::assert_snapshot!("command_regenerate_fresh", second.transcript());
    assert!(workspace.tree() == tree, "no byte changed");
    assert_eq!(workspace.times(), times, "no file was touched");
    insta::assert_snapshot!(
        "command_check_fresh",
        workspace.xtask(&["check"]).transcript()
    );
}

#[test]
fn regenerate_works_from_any_folder_of_the_workspace() {
    let workspace = regenerated();
    let ran = workspace.xtask_in("openapi/pets", &["regenerate"], &[]);
    insta::assert_snapshot!("command_regenerate_elsewhere", ran.transcript());
}

#[test]
fn a_moved_input_is_stale_and_named() {
    let workspace = regenerated();
    workspace.edit(
        "openapi/pets/openapi.yaml",
        "It went wrong.",
        "It did not work.",
    );
    let check = workspace.xtask(&["check"]);
    ends(&check, 4);
    insta::assert_snapshot!("command_check_stale", check.transcript());
    let github = workspace.xtask(&["check", "--format", "github"]);
    insta::assert_snapshot!("command_check_github", github.transcript());
    let json = workspace.xtask(&["check", "--format", "json"]);
    insta::assert_snapshot!("command_check_json", json.transcript());
    let before = workspace.tree();
    let dry = workspace.xtask(&["regenerate", "--dry-run", "--diff"]);
    insta::assert_snapshot!("command_regenerate_dry_run", shortened(&dry));
    assert!(workspace.tree() == before, "a dry run writes nothing");
    ends(&workspace.xtask(&["regenerate"]), 0);
    ends(&workspace.xtask(&["check"]), 0);
}

#[test]
fn what_people_write_is_copied_and_survives() {
    let workspace = Workspace::with_pets();
    workspace.write("openapi/pets/guide.md", "## First\r\n\r\nCall it.\n");
    workspace.write(
        "openapi/pets/examples/call.rs",
        "//! Calls.\nfn main() {}\n",
    );
    ends(&workspace.xtask(&["regenerate"]), 0);
    insta::assert_snapshot!(
        "guide_copied",
        workspace.read(&format!("{GENERATED}/GUIDE.md"))
    );
    let example = format!("{GENERATED}/examples/call.rs");
    insta::assert_snapshot!("example_copied", workspace.read(&example));
    workspace.edit("openapi/pets/guide.md", "Call it.", "Call it twice.");
    workspace.edit("openapi/pets/examples/call.rs", "Calls.", "Calls twice.");
    let check = workspace.xtask(&["check"]);
    ends(&check, 4);
    insta::assert_snapshot!("command_check_guide", check.transcript());
    std::fs::remove_file(workspace.path().join("openapi/pets/examples/call.rs")).expect("it goes");
    ends(&workspace.xtask(&["regenerate"]), 0);
    assert!(!workspace.path().join(example).exists());
    ends(&workspace.xtask(&["check"]), 0);
}

/// Hashes change with every input; what matters is that they do.
fn shortened(ran: &Ran) -> String {
    let lines = ran.transcript();
    let hash = |word: &str| word.len() > 64 && word.trim_matches(['"', ',']).len() == 64;
    let line = |line: &str| {
        let words = line
            .split(' ')
            .map(|word| if hash(word) { "[SHA256]" } else { word });
        words.collect::<Vec<_>>().join(" ")
    };
    lines.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_edit_by_hand_is_shown_and_not_overwritten() {
    let workspace = regenerated();
    let file = format!("{GENERATED}/src/types.rs");
    workspace.edit(&file, "pub name: String", "pub called: String");
    let check = workspace.xtask(&["check"]);
    ends(&check, 100);
    insta::assert_snapshot!("command_check_edited", check.transcript());
    let edited = workspace.tree();
    let refused = workspace.xtask(&["regenerate"]);
    ends(&refused, 100);
    insta::assert_snapshot!("command_regenerate_edited", refused.transcript());
    assert!(workspace.tree() == edited, "nothing was written");
    ends(&workspace.xtask(&["regenerate", "--discard-edits"]), 0);
    ends(&workspace.xtask(&["check"]), 0);
}

#[test]
fn an_interrupted_run_is_named_and_healed() {
    let workspace = regenerated();
    let lock = format!("{GENERATED}/client.lock.json");
    let old = workspace.read(&lock);
    workspace.edit("openapi/pets/openapi.yaml", "age:", "years:");
    ends(&workspace.xtask(&["regenerate"]), 0);
    workspace.write(&lock, &old);
    let check = workspace.xtask(&["check"]);
    ends(&check, 4);
    insta::assert_snapshot!("command_check_half_written", check.transcript());
    ends(&workspace.xtask(&["regenerate"]), 0);
    ends(&workspace.xtask(&["check"]), 0);
}

#[test]
fn a_file_that_was_being_written_is_named_and_removed() {
    let workspace = regenerated();
    let staged = format!("{GENERATED}/src/types.rs.xtask-new");
    workspace.write(&staged, "//! Hal");
    let check = workspace.xtask(&["check"]);
    ends(&check, 4);
    insta::assert_snapshot!("command_check_staged", check.transcript());
    ends(&workspace.xtask(&["regenerate"]), 0);
    assert!(!workspace.path().join(staged).exists());
    ends(&workspace.xtask(&["check"]), 0);
}

#[test]
fn a_crate_without_a_client_is_named() {
    let workspace = regenerated();
    workspace.write("generated/dogs-client/Cargo.toml", "[package]\n");
    let check = workspace.xtask(&["check"]);
    ends(&check, 100);
    insta::assert_snapshot!("command_check_stray", check.transcript());
}

#[test]
fn what_is_missing_foreign_or_damaged_is_named() {
    let workspace = regenerated();
    let types = format!("{GENERATED}/src/types.rs");
    std::fs::remove_file(workspace.path().join(&types)).expect("it is removed");
    let missing = workspace.xtask(&["check"]);
    ends(&missing, 4);
    insta::assert_snapshot!("command_check_missing", missing.transcript());
    ends(&workspace.xtask(&["regenerate"]), 0);

    workspace.write(&format!("{GENERATED}/src/extra.rs"), "//! Mine.\n");
    let orphan = workspace.xtask(&["check"]);
    ends(&orphan, 100);
    insta::assert_snapshot!("command_check_orphan", orphan.transcript());
    ends(&workspace.xtask(&["regenerate", "--discard-edits"]), 0);

    let lock = format!("{GENERATED}/client.lock.json");
    workspace.write(&lock, "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n");
    let damaged = workspace.xtask(&["check"]);
    ends(&damaged, 100);
    insta::assert_snapshot!("command_check_damaged", damaged.transcript());
}

#[test]
fn inputs_that_cannot_be_read_are_diagnostics() {
    let workspace = Workspace::with_pets();
    let document = workspace.path().join("openapi/pets/openapi.yaml");
    std::fs::remove_file(&document).expect("it is removed");
    let missing = workspace.xtask(&["regenerate"]);
    ends(&missing, 100);
    insta::assert_snapshot!("command_document_missing", missing.transcript());
    std::fs::create_dir(&document).expect("a folder is made");
    let folder = workspace.xtask(&["regenerate"]);
    ends(&folder, 100);
    insta::assert_snapshot!("command_document_folder", folder.transcript());
    assert!(
        !workspace.path().join("generated").exists(),
        "nothing was written"
    );
}

#[test]
fn a_bad_document_writes_nothing() {
    let workspace = regenerated();
    let before = workspace.path().join(GENERATED);
    let before = std::fs::read(before.join("src/types.rs")).expect("it is there");
    workspace.edit("openapi/pets/openapi.yaml", "schemas/Pet'", "schemas/Dog'");
    workspace.edit("openapi/pets/openapi.yaml", "in: path", "in: road");
    let ran = workspace.xtask(&["regenerate"]);
    ends(&ran, 100);
    insta::assert_snapshot!("command_bad_document", ran.transcript());
    let after = std::fs::read(workspace.path().join(GENERATED).join("src/types.rs"));
    assert_eq!(after.expect("it is there"), before);
}

#[test]
fn diagnostics_are_told_to_programs_too() {
    let workspace = regenerated();
    workspace.edit("openapi/pets/openapi.yaml", "in: path", "in: road, up");
    workspace.edit(
        "openapi/pets/openapi.yaml",
        "required: [name]",
        "required: [name, 7]",
    );
    let github = workspace.xtask(&["check", "--format", "github"]);
    ends(&github, 100);
    insta::assert_snapshot!("command_diagnostics_github", github.transcript());
    let json = workspace.xtask(&["check", "--format", "json"]);
    ends(&json, 100);
    insta::assert_snapshot!("command_diagnostics_json", json.transcript());
}

#[test]
fn the_command_line_is_checked() {
    let workspace = Workspace::with_pets();
    let unknown = workspace.xtask(&["regenerate", "dogs"]);
    ends(&unknown, 2);
    insta::assert_snapshot!("command_unknown_client", unknown.transcript());
    ends(&workspace.xtask(&["regenerate", "--fast"]), 2);
    ends(&workspace.xtask(&[]), 2);
    ends(&workspace.xtask(&["--help"]), 0);
    let nowhere = Workspace::empty().xtask(&["check"]);
    ends(&nowhere, 100);
    insta::assert_snapshot!("command_no_workspace", nowhere.transcript());
}

#[test]
fn generate_makes_a_folder_that_stands_alone() {
    let workspace = Workspace::with_pets();
    let arguments = [
        "generate",
        "--from",
        "openapi/pets/openapi.yaml",
        "--out",
        "made",
    ];
    let first = workspace.xtask(&arguments);
    ends(&first, 0);
    insta::assert_snapshot!("command_generate", first.transcript());
    let tree = workspace.tree();
    assert!(tree.contains_key("made/runtime/src/lib.rs"));
    ends(&workspace.xtask(&arguments), 0);
    assert!(workspace.tree() == tree, "a second run changes nothing");
    let foreign = [
        "generate",
        "--from",
        "openapi/pets/openapi.yaml",
        "--out",
        "openapi",
    ];
    let refused = workspace.xtask(&foreign);
    ends(&refused, 100);
    insta::assert_snapshot!("command_generate_refused", refused.transcript());
}

#[test]
fn generate_overwrites_nothing_of_the_users() {
    let workspace = Workspace::with_pets();
    let generate = [
        "generate",
        "--from",
        "openapi/pets/openapi.yaml",
        "--out",
        "made",
    ];
    ends(&workspace.xtask(&generate), 0);
    workspace.write("made/notes.md", "Mine.\n");
    ends(&workspace.xtask(&generate), 0);
    assert_eq!(workspace.read("made/notes.md"), "Mine.\n");

    workspace.edit("made/runtime/src/lib.rs", "//!", "//! Mine.");
    let edited = workspace.tree();
    let refused = workspace.xtask(&generate);
    ends(&refused, 100);
    insta::assert_snapshot!("command_generate_edited", refused.transcript());
    assert!(workspace.tree() == edited, "nothing was written");
    workspace.edit("made/runtime/src/lib.rs", "//! Mine.", "//!");

    workspace.write("made/src/dogs.rs", "//! Mine.\n");
    workspace.edit("openapi/pets/openapi.yaml", "tags: [Pets]", "tags: [Dogs]");
    let mine = workspace.tree();
    let in_the_way = workspace.xtask(&generate);
    ends(&in_the_way, 100);
    insta::assert_snapshot!("command_generate_in_the_way", in_the_way.transcript());
    assert!(workspace.tree() == mine, "nothing was written");
}

#[test]
fn an_interrupted_first_generate_is_healed() {
    let workspace = Workspace::with_pets();
    let generate = [
        "generate",
        "--from",
        "openapi/pets/openapi.yaml",
        "--out",
        "made",
    ];
    ends(&workspace.xtask(&generate), 0);
    let whole = workspace.tree();
    for lost in ["client.lock.json", "src/types.rs", "runtime/src/lib.rs"] {
        std::fs::remove_file(workspace.path().join("made").join(lost)).expect("it is removed");
    }
    workspace.write("made/src/types.rs.xtask-new", "//! Hal");
    ends(&workspace.xtask(&generate), 0);
    assert!(
        workspace.tree() == whole,
        "as if it had not been interrupted"
    );
}

/// A generator that was changed without a new version, as it is between two commits.
#[test]
fn output_that_moved_without_an_input_is_stale() {
    let workspace = regenerated();
    let (file, lock) = (
        format!("{GENERATED}/src/types.rs"),
        format!("{GENERATED}/client.lock.json"),
    );
    let sha = |text: &str| codegen::lock::sha256(text.as_bytes());
    let before = sha(&workspace.read(&file));
    workspace.edit(&file, "pub name: String", "pub called: String");
    workspace.edit(&lock, &before, &sha(&workspace.read(&file)));
    let check = workspace.xtask(&["check"]);
    ends(&check, 4);
    insta::assert_snapshot!("command_check_generator_moved", check.transcript());
    ends(&workspace.xtask(&["regenerate"]), 0);

    workspace.edit(&lock, "\"title\": \"Pets\"", "\"title\": \"Cats\"");
    let check = workspace.xtask(&["check"]);
    ends(&check, 4);
    insta::assert_snapshot!("command_check_lock_moved", check.transcript());
    ends(&workspace.xtask(&["regenerate"]), 0);
    ends(&workspace.xtask(&["check"]), 0);
}

/// What differs from run to run: the last two columns.
fn without_measures(text: &str) -> String {
    let line = |line: &str| match line.trim_end_matches(" |").rsplitn(3, "| ").last() {
        Some(rest) if line.starts_with("| ") && line.matches('|').count() == 14 => {
            format!("{rest}| …\n")
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn a_corpus_is_tried_document_by_document() {
    let workspace = Workspace::with_pets();
    let pets = workspace.read("openapi/pets/openapi.yaml");
    workspace.write("docs/pets.yaml", &pets);
    workspace.write("docs/twice.yaml", &pets.replace("minimum: 0", "default: 1"));
    workspace.write("docs/broken.json", "{");
    workspace.write("docs/wrong.yaml", &pets.replace("in: path", "in: road"));
    workspace.write("docs/readme.txt", "not a document");
    let before = workspace.tree();
    let tried = workspace.xtask(&["corpus", "docs", "--format", "markdown"]);
    ends(&tried, 0);
    insta::assert_snapshot!("command_corpus", without_measures(&tried.stdout));
    let json = workspace.xtask(&["corpus", "docs/twice.yaml", "--format", "json"]);
    let records: serde_json::Value = serde_json::from_str(&json.stdout).expect("it is JSON");
    assert_eq!(records[0]["losses"]["default"], 1, "{records}");
    assert!(records[0]["compiles"].is_null(), "nothing was compiled");
    ends(&workspace.xtask(&["corpus", "nowhere"]), 101);
    assert!(workspace.tree() == before, "nothing was written");
}

#[test]
fn no_surrounding_reaches_the_output() {
    let workspace = Workspace::with_pets();
    let make = |folder: &str, from: &str, out: &str, variables: &[(&str, &str)]| {
        ends(
            &workspace.xtask_in(
                folder,
                &["generate", "--from", from, "--out", out],
                variables,
            ),
            0,
        );
    };
    make("", "openapi/pets/openapi.yaml", "one", &[]);
    let far = [
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
    ];
    make("openapi/pets", "openapi.yaml", "../../two", &far);
    let tree = workspace.tree();
    let part = |name: &str| -> Vec<(String, Vec<u8>)> {
        let files = tree
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(name)?.to_owned(), bytes.clone())));
        files.collect()
    };
    assert!(!part("one/").is_empty());
    assert!(part("one/") == part("two/"), "the two crates are the same");
}

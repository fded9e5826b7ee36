//! What stands in the way of writing: links, folders for files, files for folders, a disk that is
//! full or read-only. It is told with a way out, and nothing is lost.
#![cfg(unix)]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use tests::workspace::Workspace;

const CRATE: &str = "generated/pets-client";

/// A workspace with a crate, and a folder outside it that nothing may touch.
fn scene() -> Workspace {
    let workspace = Workspace::with_pets();
    workspace.write("elsewhere/types.rs", "//! Not yours.\n");
    assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
    workspace
}

/// What a command of the shell does in a workspace.
#[track_caller]
fn shell(workspace: &Workspace, script: &str) {
    let status = Command::new("sh")
        .args(["-euc", script])
        .current_dir(workspace.path())
        .status();
    assert!(status.expect("there is a shell").success(), "{script}");
}

/// Everything that is there, links as such.
fn listing(workspace: &Workspace) -> String {
    let script = "find . | sort; find . -type f | sort | xargs cat";
    let mut command = Command::new("sh");
    let command = command.args(["-euc", script]).current_dir(workspace.path());
    workspace.run(command).stdout
}

/// The transcripts of commands, one after the other.
fn transcripts(workspace: &Workspace, commands: &[&[&str]]) -> String {
    let transcript = |arguments: &&[&str]| {
        let ran = workspace.xtask(arguments);
        format!("$ {}\n{}", arguments.join(" "), ran.transcript())
    };
    commands.iter().map(transcript).collect()
}

const CHECK: &[&str] = &["check"];
const REGENERATE: &[&str] = &["regenerate"];
const DISCARD: &[&str] = &["regenerate", "--discard-edits"];

/// What a person must move away: the name of the snapshot, and what puts it there.
const FOREIGN: &[(&str, &str)] = &[
    (
        "obstacle_link_for_a_file",
        "ln -sf ../../../elsewhere/types.rs generated/pets-client/src/types.rs",
    ),
    (
        "obstacle_link_for_a_folder",
        "mv generated/pets-client/src elsewhere/src; \
         ln -s ../../elsewhere/src generated/pets-client/src",
    ),
    (
        "obstacle_link_for_the_crate",
        "mv generated/pets-client elsewhere/pets; \
         ln -s ../elsewhere/pets generated/pets-client",
    ),
    (
        "obstacle_link_for_generated",
        "mv generated elsewhere/generated; ln -s elsewhere/generated generated",
    ),
    (
        "obstacle_link_to_nothing",
        "rm -r generated; ln -s nowhere generated",
    ),
    (
        "obstacle_link_for_a_staged_file",
        "ln -s ../../../elsewhere/types.rs generated/pets-client/src/types.rs.xtask-new",
    ),
    (
        "obstacle_file_for_the_crate",
        "rm -r generated/pets-client; echo mine > generated/pets-client",
    ),
    (
        "obstacle_file_for_generated",
        "rm -r generated; echo mine > generated",
    ),
    (
        "obstacle_pipe_for_a_file",
        "rm generated/pets-client/src/types.rs; mkfifo generated/pets-client/src/types.rs",
    ),
];

#[test]
fn what_is_foreign_is_told_and_left_alone() {
    for (name, script) in FOREIGN {
        let workspace = scene();
        workspace.edit("openapi/pets/openapi.yaml", "age:", "years:");
        shell(&workspace, script);
        let before = if name.contains("pipe") {
            String::new()
        } else {
            listing(&workspace)
        };
        let told = transcripts(&workspace, &[CHECK, REGENERATE, DISCARD]);
        insta::assert_snapshot!(*name, told);
        if !before.is_empty() {
            assert!(listing(&workspace) == before, "{name}: nothing is touched");
        }
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_goes_when_nothing_is_in_it() {
    let workspace = scene();
    let whole = workspace.tree();
    let types = format!("{CRATE}/src/types.rs");
    shell(
        &workspace,
        &format!("rm {types}; mkdir -p {types}/of/folders"),
    );
    let told = transcripts(&workspace, &[CHECK, REGENERATE, CHECK]);
    insta::assert_snapshot!("obstacle_empty_folder_for_a_file", told);
    assert!(workspace.tree() == whole);

    shell(&workspace, &format!("rm {types}; mkdir -p {types}/of"));
    workspace.write(&format!("{types}/of/mine.rs"), "//! Mine.\n");
    let told = transcripts(&workspace, &[CHECK, REGENERATE, DISCARD, CHECK]);
    insta::assert_snapshot!("obstacle_folder_for_a_file", told);
    assert!(workspace.tree() == whole);
}

#[test]
fn a_file_in_the_place_of_a_folder_goes_when_edits_are_discarded() {
    let workspace = scene();
    let whole = workspace.tree();
    shell(
        &workspace,
        &format!("rm -r {CRATE}/src; echo mine > {CRATE}/src"),
    );
    let told = transcripts(&workspace, &[CHECK, REGENERATE, DISCARD, CHECK]);
    insta::assert_snapshot!("obstacle_file_for_a_folder", told);
    assert!(workspace.tree() == whole);
}

#[test]
fn a_folder_of_its_own_is_not_written_through_links_either() {
    let workspace = scene();
    let generate = [
        "generate",
        "--from",
        "openapi/pets/openapi.yaml",
        "--out",
        "made",
    ];
    shell(&workspace, "mkdir made; ln -s ../elsewhere made/src");
    let before = listing(&workspace);
    let link = transcripts(&workspace, &[&generate]);
    assert!(listing(&workspace) == before);
    insta::assert_snapshot!("obstacle_generate_link", link);
    shell(&workspace, "rm -r made; echo mine > made");
    let file = transcripts(&workspace, &[&generate]);
    insta::assert_snapshot!("obstacle_generate_file", file);
    assert_eq!(workspace.read("made"), "mine\n");
    // A link that is named is the folder that is meant.
    shell(&workspace, "rm made; mkdir room; ln -s room made");
    assert_eq!(workspace.xtask(&generate).code, Some(0));
    assert!(workspace.path().join("room/src/lib.rs").is_file());
}

/// Runs a script where it may mount file systems that nobody else sees. Without leave to do so
/// there is nothing to prove, which is said past the test's captured output.
fn with_mounts(workspace: &Workspace, script: &str) -> Option<String> {
    let program = workspace.command(&[]).get_program().to_owned();
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-euc"]);
    let script =
        format!("xtask() {{ \"$XTASK\" \"$@\" && s=0 || s=$?; echo \"exit $s\" >&2; }}\n{script}");
    command.arg(script).current_dir(workspace.path());
    let may = Command::new("unshare")
        .args([
            "--map-root-user",
            "--mount",
            "mount",
            "-t",
            "tmpfs",
            "tmpfs",
        ])
        .arg(workspace.path())
        .output();
    if !may.is_ok_and(|may| may.status.success()) {
        let _ = writeln!(std::io::stderr(), "skipped: nothing can be mounted here");
        return None;
    }
    let ran = workspace.run(command.env("XTASK", program));
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    Some(ran.stderr)
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let workspace = scene();
    workspace.edit("openapi/pets/openapi.yaml", "age:", "years:");
    let before = listing(&workspace);
    let told = with_mounts(
        &workspace,
        "mount --bind generated generated; mount -o remount,bind,ro generated\n\
         xtask regenerate; xtask check",
    );
    assert!(listing(&workspace) == before, "nothing is lost");
    if let Some(told) = told {
        insta::assert_snapshot!("obstacle_read_only", told);
    }
}

/// The same where permissions say so, which do not bind the superuser.
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let workspace = scene();
    workspace.edit("openapi/pets/openapi.yaml", "age:", "years:");
    let source = workspace.path().join(CRATE).join("src");
    let allow = |mode: u32| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&source, permissions).expect("it is ours");
    };
    allow(0o555);
    let bound = std::fs::File::create(source.join("probe")).is_err();
    if bound {
        let told = transcripts(&workspace, &[REGENERATE, CHECK]);
        insta::assert_snapshot!("obstacle_no_permission", told);
    } else {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: permissions do not bind this user"
        );
        std::fs::remove_file(source.join("probe")).expect("it was made");
    }
    allow(0o755);
    assert_eq!(workspace.xtask(REGENERATE).code, Some(0));
    assert_eq!(workspace.xtask(CHECK).code, Some(0));
}

#[test]
fn a_full_disk_is_told_and_what_was_written_is_mended() {
    let whole = scene().tree();
    // In pages: each file takes one at least. The first size has room for the lock file alone.
    for pages in 1..=8 {
        let workspace = Workspace::with_pets();
        shell(&workspace, "mkdir generated out");
        let page = "$(getconf PAGE_SIZE)";
        let told = with_mounts(
            &workspace,
            &format!(
                "mount -t tmpfs -o size=$(({pages} * {page})) tmpfs generated\n\
                 xtask regenerate; xtask check\n\
                 mount -o remount,size=16m generated\n\
                 xtask regenerate; xtask check; cp -r generated/. out"
            ),
        );
        let Some(told) = told else { return };
        let exits: Vec<&str> = told
            .lines()
            .filter_map(|part| part.strip_prefix("exit "))
            .collect();
        let full = exits == ["101", "4", "0", "0"];
        assert!(full || exits == ["0", "0", "0", "0"], "{told}");
        if pages == 1 {
            assert!(full, "{told}");
            insta::assert_snapshot!("obstacle_full_disk", told);
        }
        for (path, bytes) in whole.iter().filter(|(path, _)| path.starts_with(CRATE)) {
            let out = path.replacen("generated", "out", 1);
            let found = std::fs::read(Path::new(workspace.path()).join(out));
            assert!(found.is_ok_and(|found| found == *bytes), "{path}");
        }
    }
}

//! What stands in the place of a file that is read: pipes, devices without an end, links. It is
//! told at once, and nothing of it is read.
#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tests::workspace::{PETS, Ran, Workspace};

/// So long a command may take. One that waits for a pipe would take for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a script of the shell puts in place, what is read there, and what is said of it.
const INSTEAD: &[(&str, &str, &str)] = &[
    ("mkfifo", "openapi/pets/openapi.yaml", "it is a pipe"),
    (
        "ln -s /dev/zero",
        "openapi/pets/openapi.yaml",
        "it is a device",
    ),
    ("mkfifo", "openapi/pets/overlay.yaml", "it is a pipe"),
    (
        "ln -s /dev/zero",
        "openapi/pets/overlay.yaml",
        "it is a device",
    ),
    ("mkfifo", "openapi/pets/client.yaml", "it is a pipe"),
    (
        "ln -s /dev/zero",
        "openapi/pets/client.yaml",
        "it is a device",
    ),
    ("mkfifo", "openapi/pets/guide.md", "it is a pipe"),
    ("ln -s /dev/zero", "openapi/pets/guide.md", "it is a link"),
    (
        "ln -s ../../secret",
        "openapi/pets/guide.md",
        "it is a link",
    ),
    ("mkfifo", "openapi/pets/examples/call.rs", "it is a pipe"),
    (
        "ln -s /dev/zero",
        "openapi/pets/examples/call.rs",
        "it is a link",
    ),
    (
        "ln -s ../../../secret",
        "openapi/pets/examples/call.rs",
        "it is a link",
    ),
    ("mkdir", "openapi/pets/examples/call.rs", "it is a folder"),
    (
        "ln -s ../../elsewhere",
        "openapi/pets/examples",
        "it is a link",
    ),
    (
        "mkfifo",
        "generated/pets-client/client.lock.json",
        "is neither a file nor a folder",
    ),
    (
        "ln -s /dev/zero",
        "generated/pets-client/client.lock.json",
        "is a link",
    ),
    (
        "mkfifo",
        "generated/pets-client/src/types.rs",
        "is neither a file nor a folder",
    ),
    (
        "truncate -s 2G",
        "generated/pets-client/src/more.rs",
        "larger than 1 GiB",
    ),
];

fn scene() -> Workspace {
    let workspace = Workspace::with_pets();
    workspace.write("secret", "fn main() {} // hunter2\n");
    workspace.write("elsewhere/call.rs", "fn main() {} // hunter2\n");
    assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
    workspace
}

/// Puts something in the place of a path.
#[track_caller]
fn put(workspace: &Workspace, what: &str, path: &str) {
    let folder = path.rsplit_once('/').expect("it is in a folder").0;
    let script = format!("rm -rf {path}; mkdir -p {folder}; {what} {path}");
    let status = Command::new("sh")
        .args(["-euc", &script])
        .current_dir(workspace.path())
        .status();
    assert!(status.expect("there is a shell").success(), "{script}");
}

/// A command that must come to its end by itself.
#[track_caller]
fn ends(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let mut command = workspace.command(arguments);
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
    let child = command.stderr(Stdio::piped()).spawn().expect("it starts");
    let id = child.id().to_string();
    let (sender, ended) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait_with_output()));
    let Ok(output) = ended.recv_timeout(PATIENCE) else {
        let _ = Command::new("kill").args(["-9", &id]).status();
        panic!("{arguments:?} waits");
    };
    let output = output.expect("it ends");
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn what_is_no_file_is_told_and_not_read() {
    for (what, path, said) in INSTEAD {
        let workspace = scene();
        put(&workspace, what, path);
        for arguments in [&["check"][..], &["regenerate", "--discard-edits"]] {
            let ran = ends(&workspace, arguments);
            let told = ran.transcript();
            assert_eq!(ran.code, Some(100), "{what} {path}: {told}");
            assert!(
                ran.stderr.contains(said) && ran.stderr.contains(path),
                "{told}"
            );
            assert!(!told.contains("hunter2"), "{told}");
        }
        let mut files = Command::new("find");
        let files = files.arg(workspace.path().join("generated"));
        let files = workspace.run(files.args(["-type", "f", "-name", "call.rs"]));
        assert_eq!(files.stdout, "", "{what} {path}: it is not copied");
    }
}

#[test]
fn a_document_may_be_a_link_to_a_file() {
    let workspace = scene();
    workspace.write("shared/openapi.yaml", PETS);
    put(
        &workspace,
        "ln -s ../../shared/openapi.yaml",
        "openapi/pets/openapi.yaml",
    );
    let ran = ends(&workspace, &["check"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
}

#[test]
fn what_the_command_line_names_is_a_file_or_is_piped_in() {
    let workspace = scene();
    put(&workspace, "mkfifo", "in/pipe");
    let document = "openapi/pets/openapi.yaml";
    for from in ["in/pipe", "/dev/zero", "/dev/urandom", "in"] {
        for arguments in [
            &["generate", "--out", "made", "--from", from][..],
            &[
                "generate",
                "--out",
                "made",
                "--from",
                document,
                "--overlay",
                from,
            ],
            &[
                "slice",
                "--into",
                "openapi/cut",
                "--operation",
                "get_pet",
                "--from",
                from,
            ],
        ] {
            let ran = ends(&workspace, arguments);
            assert_eq!(ran.code, Some(100), "{arguments:?}: {}", ran.transcript());
            assert!(
                ran.stderr.contains("cannot be read: it is a "),
                "{}",
                ran.stderr
            );
        }
    }
    let piped = |script: &str| {
        let command = workspace.command(&["generate", "--out", "made", "--from", "/dev/stdin"]);
        let program = command.get_program().to_string_lossy().into_owned();
        let script = format!("{script} {program} generate --out made --from /dev/stdin");
        let mut shell = Command::new("sh");
        workspace.run(shell.args(["-euc", &script]).current_dir(workspace.path()))
    };
    let ran = piped(&format!("cat {document} |"));
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    let ran = piped("head -c 70000000 /dev/zero |");
    assert_eq!(ran.code, Some(100), "{}", ran.transcript());
    assert!(ran.stderr.contains("too-large"), "{}", ran.stderr);
}

#[test]
fn a_folder_of_documents_has_files_and_other_things() {
    let workspace = Workspace::empty();
    workspace.write("documents/pets.yaml", PETS);
    put(&workspace, "mkfifo", "documents/pipe.json");
    put(&workspace, "ln -s /dev/zero", "documents/zero.yaml");
    let ran = ends(&workspace, &["corpus", "documents"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    for said in ["it is a pipe", "it is a device"] {
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(
        ran.stdout.contains("left out by unreadable-input: 2 times"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_name_that_is_no_text_is_shown() {
    for (folder, shown) in [
        ("openapi", r"openapi/p\xffts has a name that is not Unicode"),
        (
            "generated",
            r"generated/p\xffts has a name that is not Unicode",
        ),
        (
            "generated/pets-client",
            r"generated/pets-client/p\xffts has a name",
        ),
    ] {
        let workspace = scene();
        let name = workspace
            .path()
            .join(folder)
            .join(OsStr::from_bytes(b"p\xffts"));
        if std::fs::create_dir(name).is_err() {
            // This file system takes only names that are text.
            return;
        }
        let ran = ends(&workspace, &["check"]);
        assert_eq!(ran.code, Some(100), "{}", ran.transcript());
        assert!(ran.stderr.contains(shown), "{}", ran.stderr);
    }
}

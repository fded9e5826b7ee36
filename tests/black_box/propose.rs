//! `.ci/propose`, which holds the right to write: run with a bare repository as origin, and a
//! stand-in for `gh` that records what it is asked.

use std::process::Command;

use tests::workspace::{Ran, Workspace};

use crate::output::root;

const STORED: &str = "openapi/shop/openapi.yaml";
const BOT: &str = "41898282+github-actions[bot]@users.noreply.github.com";
/// `gh pr list` answers with the number in a file, if there is one.
const GH: &str = "#!/bin/sh
echo \"gh $*\" >>\"$HOME/asked\"
if [ \"$2\" = list ]; then cat \"$HOME/open\" 2>/dev/null; fi
exit 0
";

/// A package as a lock file has it.
fn package(name: &str, source: &str) -> String {
    format!("[[package]]\nname = \"{name}\"\nsource = \"{source}\"\n")
}

/// An origin whose main branch has a slice, and the script.
struct Origin(Workspace);

impl Origin {
    fn new() -> Self {
        let origin = Self(Workspace::empty());
        let script = std::fs::read_to_string(root().join(".ci/propose")).expect("it is there");
        origin.0.write("seed/.ci/propose", &script);
        origin.0.write(&format!("seed/{STORED}"), "a: 1\n");
        origin.0.write("seed/Cargo.lock", &package("tokio", "here"));
        origin.0.write("bin/gh", GH);
        origin.runs(
            "chmod +x bin/gh && git init --quiet --bare --initial-branch main origin.git &&
             cd seed && git init --quiet --initial-branch main && git add . &&
             git commit --quiet --message Seed && git push --quiet ../origin.git main",
        );
        origin
    }

    fn shell(&self, script: &str) -> Ran {
        let folder = self.0.path();
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("bash");
        command
            .args(["-c", script])
            .current_dir(folder)
            .env("HOME", folder)
            .env("PATH", format!("{}/bin:{path}", folder.display()))
            .envs([
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ])
            .envs([
                ("GIT_AUTHOR_NAME", "nobody"),
                ("GIT_AUTHOR_EMAIL", "nobody@example.com"),
            ])
            .envs([
                ("GIT_COMMITTER_NAME", "nobody"),
                ("GIT_COMMITTER_EMAIL", "nobody@example.com"),
            ])
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE");
        self.0.run(&mut command)
    }

    #[track_caller]
    fn runs(&self, script: &str) -> String {
        let ran = self.shell(script);
        assert_eq!(ran.code, Some(0), "{}", ran.transcript());
        ran.stdout
    }

    /// Makes a patch by a script in a clone, and has it proposed from another one.
    fn propose(&self, change: &str) -> Ran {
        self.runs(&format!(
            "rm -rf made clone update asked && mkdir update && echo 'The page.' >update/page.md &&
             git clone --quiet origin.git made && cd made && {change} && git add --all &&
             git diff --cached --binary HEAD >../update/update.patch &&
             cd .. && git clone --quiet origin.git clone"
        ));
        self.shell("env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL -u GIT_COMMITTER_NAME -u GIT_COMMITTER_EMAIL bash clone/.ci/propose update")
    }

    /// What `gh` was asked in the last run.
    fn asked(&self) -> String {
        let folder = self.0.path().to_string_lossy();
        self.0.read("asked").replace(&*folder, "[ROOT]")
    }

    fn branch(&self) -> String {
        let show = "git show --format=%ae%n%s --name-only update-document";
        self.runs(&format!("cd origin.git && {show}"))
    }
}

#[test]
fn one_pull_request_is_opened_and_then_brought_up_to_date() {
    let origin = Origin::new();
    let ran = origin.propose(&format!("echo 'a: 2' >{STORED}"));
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    insta::assert_snapshot!("propose_opened", origin.asked());
    let branch = format!("{BOT}\nFollow the document upstream\n\n{STORED}\n");
    assert_eq!(origin.branch(), branch);

    origin.0.write("open", "7\n");
    let tip = || origin.runs("git -C origin.git rev-parse update-document");
    let before = tip();
    let ran = origin.propose(&format!("echo 'a: 2' >{STORED}"));
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    assert_eq!(tip(), before, "what is there already is not pushed again");
    let ran = origin.propose(&format!("echo 'a: 3' >{STORED}"));
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    insta::assert_snapshot!("propose_updated", origin.asked());
    assert_eq!(origin.branch(), branch, "one commit on main");
    assert_ne!(tip(), before);
}

#[test]
fn a_patch_changes_only_what_an_update_makes() {
    let origin = Origin::new();
    let ran = origin.propose(&format!(
        "mkdir -p .github/workflows generated/shop && echo 'echo $GH_TOKEN' >>.ci/propose &&
         echo 'on: push' >.github/workflows/x.yml && echo '// New.' >generated/shop/lib.rs &&
         echo 'source: http://x' >openapi/shop/client.yaml && echo 'a: 2' >{STORED}"
    ));
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    let files = format!("\n\ngenerated/shop/lib.rs\n{STORED}\n");
    assert!(origin.branch().ends_with(&files), "{}", origin.branch());
    let ran = origin.propose("echo 'exit 0' >.ci/propose");
    assert_eq!(ran.code, Some(1), "{}", ran.transcript());
}

#[test]
fn everything_that_an_update_makes_is_in_the_pull_request() {
    let origin = Origin::new();
    origin.0.write("Cargo.lock", &package("chrono", "here"));
    let ran = origin.propose(
        "cat ../Cargo.lock >>Cargo.lock && mkdir -p openapi/pets tests/review/snapshots/pets &&
         echo '{}' >openapi/pets/openapi.json && echo 'GET /' >openapi/pets/operations.txt &&
         echo 'fn' >tests/review/snapshots/pets/api.snap",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    let files = "\n\nCargo.lock\nopenapi/pets/openapi.json\nopenapi/pets/operations.txt\n\
                 tests/review/snapshots/pets/api.snap\n";
    assert!(origin.branch().ends_with(files), "{}", origin.branch());
}

#[test]
fn a_dependency_from_elsewhere_is_refused() {
    let origin = Origin::new();
    origin
        .0
        .write("Cargo.lock", &package("chrono", "elsewhere"));
    let ran = origin.propose("cat ../Cargo.lock >>Cargo.lock");
    assert_eq!(ran.code, Some(1), "{}", ran.transcript());
    assert!(ran.stdout.contains("dependencies from elsewhere"));
}

#[test]
fn what_a_person_put_on_the_branch_stays() {
    let origin = Origin::new();
    let change = format!("echo 'a: 2' >{STORED}");
    assert_eq!(origin.propose(&change).code, Some(0));
    origin.runs(
        "git clone --quiet --branch update-document origin.git person && cd person &&
         echo mine >note && git add . && git commit --quiet --message Mine && git push --quiet",
    );
    let ran = origin.propose(&format!("echo 'a: 3' >{STORED}"));
    assert_eq!(ran.code, Some(1));
    insta::assert_snapshot!("propose_refused", ran.transcript());
    let branch = origin.branch();
    assert!(branch.contains("Mine"), "{branch}");
}

//! The real command, killed at random moments, and two of them at once: what is there afterwards
//! is old, new, or said to be half-written, and the next run mends it.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use tests::workspace::Workspace;

use crate::determinism::Random;

type Tree = BTreeMap<String, Vec<u8>>;

const KILLS: usize = 50;
const LOCK: &str = "generated/many-client/client.lock.json";
const DOCUMENT: &str = "openapi/many/openapi.yaml";

/// A document with many files to write. Every version changes each of them, and has one that
/// the others lack.
fn document(version: usize) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Many, version: '1'}\npaths:\n".to_owned();
    let words = format!("Version {version}. ").repeat(250);
    for thing in (0..30).chain([100 + version]) {
        text.push_str(&format!(
            "  /things{thing}/{{id}}:\n    get:\n      operationId: get_thing{thing}\n      \
             description: {words}\n      tags: [Thing {thing}]\n      parameters:\n        \
             - {{name: id, in: path, required: true, schema: {{type: string}}}}\n      \
             responses: {{'200': {{description: Found.}}}}\n"
        ));
    }
    text
}

/// A workspace, and the crate that each version of its document makes.
struct Scene {
    workspace: Workspace,
    versions: Vec<Tree>,
}

impl Scene {
    fn new() -> Self {
        let workspace = Workspace::empty();
        workspace.write("Cargo.toml", "[workspace]\n");
        let mut scene = Self {
            workspace,
            versions: vec![Tree::new()],
        };
        for version in 1..=3 {
            scene.start(0, version);
            assert_eq!(scene.ends(&["regenerate"]), Some(0));
            scene.versions.push(scene.output());
        }
        scene
    }

    /// Puts the crate of one version in place, and the document of another.
    fn start(&self, made: usize, document_version: usize) {
        let generated = self.workspace.path().join("generated");
        if generated.exists() {
            std::fs::remove_dir_all(generated).expect("it is removed");
        }
        for (path, bytes) in &self.versions[made] {
            let text = std::str::from_utf8(bytes).expect("it is text");
            self.workspace.write(path, text);
        }
        self.workspace.write(DOCUMENT, &document(document_version));
    }

    fn output(&self) -> Tree {
        let tree = self.workspace.tree().into_iter();
        tree.filter(|(path, _)| path.starts_with("generated/"))
            .collect()
    }

    fn ends(&self, arguments: &[&str]) -> Option<i32> {
        self.workspace.xtask(arguments).code
    }

    fn spawn(&self, arguments: &[&str], stdout: Stdio) -> Child {
        let mut command = self.workspace.command(arguments);
        let command = command.stdout(stdout).stderr(Stdio::null());
        command.spawn().expect("the command starts")
    }

    /// Each file is of one of the versions, or is said to be in doubt; `check` says fresh only of
    /// the last.
    fn is_known(&self, versions: &[usize], seed: u64) {
        let found = self.output();
        for (path, bytes) in &found {
            let known = |version: &usize| self.versions[*version].get(path) == Some(bytes);
            let begun = path == LOCK && String::from_utf8_lossy(bytes).contains("\"unfinished\"");
            let named = path.ends_with(codegen::lock::STAGED) || begun;
            let known = versions.iter().any(known);
            assert!(known || named, "{path} is a mixture, seed {seed}");
        }
        let last = versions.last().expect("there is one");
        let fresh = found == self.versions[*last];
        let checked = self.workspace.xtask(&["check"]);
        let expected = if fresh { 0 } else { 4 };
        let transcript = checked.transcript();
        assert_eq!(checked.code, Some(expected), "{transcript}, seed {seed}");
    }

    fn is_healed(&self, version: usize, seed: u64) {
        let ran = self.workspace.xtask(&["regenerate"]);
        assert_eq!(ran.code, Some(0), "{}, seed {seed}", ran.transcript());
        assert!(self.output() == self.versions[version], "seed {seed}");
        self.is_known(&[version], seed);
    }

    /// Kills a run after a time, wherever it is then.
    fn kill_after(&self, time: Duration) {
        let mut child = self.spawn(&["regenerate"], Stdio::null());
        std::thread::sleep(time);
        stop(&mut child);
    }

    /// Kills a run among its writes: it waits there for somebody to read what it changes, which is
    /// more than a pipe holds.
    fn kill_while_it_writes(&self, read: usize) {
        let mut child = self.spawn(&["regenerate", "--diff"], Stdio::piped());
        let mut stdout = child.stdout.take().expect("it is piped");
        let mut buffer = vec![0; read];
        stdout.read_exact(&mut buffer).expect("there is more");
        stop(&mut child);
    }
}

/// Kills a process (SIGKILL on Unix). That it ended before is well.
fn stop(child: &mut Child) {
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ends");
}

#[test]
fn a_run_can_be_killed_at_any_moment() {
    let scene = Scene::new();
    scene.start(1, 2);
    let start = Instant::now();
    assert_eq!(scene.ends(&["regenerate"]), Some(0));
    let whole = usize::try_from(start.elapsed().as_micros()).expect("it is short");
    let mut half_written = 0;
    for seed in (1..).take(KILLS) {
        let mut random = Random(u64::MAX / seed);
        let made = random.below(2);
        scene.start(made, 2);
        match random.below(2) {
            0 => {
                let micros = random.below(whole + whole / 10);
                scene.kill_after(Duration::from_micros(
                    micros.try_into().expect("it is short"),
                ));
            }
            _ => scene.kill_while_it_writes(1 + random.below(20_000)),
        }
        let found = scene.output();
        if found != scene.versions[made] && found != scene.versions[2] {
            half_written += 1;
        }
        scene.is_known(&[made, 2], seed);
        match random.below(3) {
            0 => {
                scene.workspace.write(DOCUMENT, &document(3));
                scene.is_healed(3, seed);
            }
            _ => scene.is_healed(2, seed),
        }
    }
    assert!(half_written >= KILLS / 4, "{half_written} of {KILLS}");
}

#[test]
fn two_runs_at_once_leave_nothing_that_is_called_fresh_and_is_not() {
    let scene = Scene::new();
    for seed in 1..=12 {
        let mut random = Random(u64::MAX / seed);
        let made = random.below(2);
        // The document moves between the two, or does not.
        let first = 2 + random.below(2);
        scene.start(made, first);
        let mut one = scene.spawn(&["regenerate", "--diff"], Stdio::piped());
        let mut stdout = one.stdout.take().expect("it is piped");
        let mut begun = vec![0; 1 + random.below(10_000)];
        stdout.read_exact(&mut begun).expect("there is more");
        scene.workspace.write(DOCUMENT, &document(2));
        let mut other = scene.spawn(&["regenerate"], Stdio::null());
        if random.below(2) == 0 {
            other.wait().expect("it ends");
        }
        std::io::copy(&mut stdout, &mut std::io::sink()).expect("it is read");
        for ended in [one.wait(), other.wait()] {
            let code = ended.expect("it ends").code();
            assert!(matches!(code, Some(0 | 101)), "{code:?}, seed {seed}");
        }
        scene.is_known(&[made, first, 2], seed);
        scene.is_healed(2, seed);
    }
}

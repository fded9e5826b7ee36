//! The real command is killed while it writes, or runs twice at once: every file that is there
//! afterwards is old, new, or named as unfinished, and the next run repairs the crate.
//!
//! The gate kills at a few chosen moments. The ignored tests do so at random ones, many times; they
//! are part of the proof `every-crash` of `.ci/proof`.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use fastrand::Rng;
use tests::workspace::Workspace;

type Tree = BTreeMap<String, Vec<u8>>;

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

    /// Each file is of one of the versions, or is named as unfinished; `check` says fresh only
    /// of the last.
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

    fn is_repaired(&self, version: usize, seed: u64) {
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

/// Kills a process (SIGKILL on Unix). It may have ended before.
fn stop(child: &mut Child) {
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ends");
}

/// When a run is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    After(Duration),
    /// When so many bytes of the differences that it prints are read.
    Printed(usize),
}

/// Kills a run that replaces the crate of version `made` (0 is none) by version 2, and lets a run
/// finish that makes version `next`. Returns whether the killed run had written some files only.
fn kill_and_repair(scene: &Scene, made: usize, moment: Moment, next: usize, seed: u64) -> bool {
    scene.start(made, 2);
    match moment {
        Moment::After(time) => scene.kill_after(time),
        Moment::Printed(bytes) => scene.kill_while_it_writes(bytes),
    }
    let found = scene.output();
    let partial = found != scene.versions[made] && found != scene.versions[2];
    scene.is_known(&[made, 2], seed);
    scene.workspace.write(DOCUMENT, &document(next));
    scene.is_repaired(next, seed);
    partial
}

#[test]
fn a_killed_run_is_repaired_by_the_next() {
    let scene = Scene::new();
    // Before anything is written, among the first files of a new crate and of a changed one, and
    // late, where the document has changed since.
    let start = Moment::After(Duration::from_millis(1));
    kill_and_repair(&scene, 1, start, 2, 0);
    for (made, read, next) in [(0, 1, 2), (1, 1, 3), (1, 20_000, 2)] {
        let partial = kill_and_repair(&scene, made, Moment::Printed(read), next, 0);
        assert!(
            partial,
            "version {made} is half replaced after {read} bytes"
        );
    }
}

#[test]
#[ignore = "a minute long: `.ci/proof every-crash`"]
fn a_run_can_be_killed_at_any_moment() {
    const KILLS: usize = 50;
    let scene = Scene::new();
    scene.start(1, 2);
    let start = Instant::now();
    assert_eq!(scene.ends(&["regenerate"]), Some(0));
    let whole = u64::try_from(start.elapsed().as_micros()).expect("it is short");
    let mut partial = 0;
    for seed in (1..).take(KILLS) {
        let mut random = Rng::with_seed(seed);
        let made = random.usize(..2);
        let moment = if random.bool() {
            Moment::After(Duration::from_micros(random.u64(..whole + whole / 10)))
        } else {
            Moment::Printed(random.usize(1..=20_000))
        };
        let next = if random.u8(..3) == 0 { 3 } else { 2 };
        partial += usize::from(kill_and_repair(&scene, made, moment, next, seed));
    }
    println!("{KILLS} runs were killed, {partial} of them half-way");
    assert!(partial >= KILLS / 4, "{partial} of {KILLS}");
}

/// Two runs in one workspace.
struct Race {
    /// The version of the crate that is there, 0 for none.
    made: usize,
    /// The version of the document that the first run reads; the second reads version 2.
    first: usize,
    /// How many bytes the first run prints before the second one starts.
    printed: usize,
    /// Whether the first run only goes on when the second one has ended.
    one_after_the_other: bool,
}

fn race(scene: &Scene, race: &Race, seed: u64) {
    scene.start(race.made, race.first);
    let mut one = scene.spawn(&["regenerate", "--diff"], Stdio::piped());
    let mut stdout = one.stdout.take().expect("it is piped");
    let mut begun = vec![0; race.printed];
    stdout.read_exact(&mut begun).expect("there is more");
    scene.workspace.write(DOCUMENT, &document(2));
    let mut other = scene.spawn(&["regenerate"], Stdio::null());
    if race.one_after_the_other {
        other.wait().expect("it ends");
    }
    std::io::copy(&mut stdout, &mut std::io::sink()).expect("it is read");
    for ended in [one.wait(), other.wait()] {
        let code = ended.expect("it ends").code();
        assert!(matches!(code, Some(0 | 101)), "{code:?}, seed {seed}");
    }
    scene.is_known(&[race.made, race.first, 2], seed);
    scene.is_repaired(2, seed);
}

#[test]
fn two_runs_at_once_never_leave_a_mixture_that_is_called_fresh() {
    let scene = Scene::new();
    for (made, first, one_after_the_other) in [(0, 2, false), (1, 3, true)] {
        let printed = 5_000;
        let pair = Race {
            made,
            first,
            printed,
            one_after_the_other,
        };
        race(&scene, &pair, 0);
    }
}

#[test]
#[ignore = "half a minute long: `.ci/proof every-crash`"]
fn two_runs_may_overlap_at_any_moment() {
    let scene = Scene::new();
    for seed in 1..=12 {
        let mut random = Rng::with_seed(seed);
        let pair = Race {
            made: random.usize(..2),
            // The document changes between the two, or does not.
            first: 2 + random.usize(..2),
            printed: random.usize(1..=10_000),
            one_after_the_other: random.bool(),
        };
        race(&scene, &pair, seed);
    }
}

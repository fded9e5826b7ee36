//! Proof that a run can be stopped anywhere: each step onto the disk in turn is the last, or fails.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;

use codegen::lock::{FILE, STAGED};
use tempfile::TempDir;

use crate::exit::{Code, DECIDE, DONE, FAILED, Failure, STALE};
use crate::shell::Shell;
use crate::workspace::Workspace;
use crate::write::{Disk, Real};
use crate::{check, cli, generate, regenerate};

type Tree = BTreeMap<String, String>;

/// How a run is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// It is killed before the step.
    Before,
    /// It is killed in the step: of a file that it writes, half is there.
    Within,
    /// The step fails, as on a full disk, and the run goes on as it may.
    Fails,
}

/// A disk on which a run comes as far as a step.
struct Until {
    stop: Stop,
    state: RefCell<(usize, bool)>,
}

impl Until {
    fn step(step: usize, stop: Stop) -> Self {
        let state = RefCell::new((step, false));
        Self { stop, state }
    }

    /// Whether the run was stopped at all.
    fn reached(&self) -> bool {
        self.state.borrow().1
    }

    /// Does a step, unless it is the one to stop at or comes after it.
    fn take(
        &self,
        whole: impl FnOnce() -> io::Result<()>,
        half: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let mut state = self.state.borrow_mut();
        match *state {
            (0, false) => {
                *state = (0, true);
                if self.stop != Stop::Before {
                    half()?;
                }
                Err(ErrorKind::StorageFull.into())
            }
            (0, true) if self.stop != Stop::Fails => Err(ErrorKind::StorageFull.into()),
            (0, true) => whole(),
            (left, _) => {
                state.0 = left - 1;
                whole()
            }
        }
    }
}

impl Disk for Until {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.take(|| Real.create_folder(path), || Ok(()))
    }

    fn create_file(&self, path: &Path, text: &str) -> io::Result<()> {
        let half = text.get(..text.len() / 2).unwrap_or_default();
        let half = || Real.create_file(path, half);
        self.take(|| Real.create_file(path, text), half)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.take(|| Real.rename(from, to), || Ok(()))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.take(|| Real.remove_file(path), || Ok(()))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.take(|| Real.remove_folder(path), || Ok(()))
    }
}

/// A workspace with a document, and a folder for `generate`.
struct Scene {
    folder: TempDir,
    arguments: Vec<String>,
}

const CRATE: &str = "generated/pets-client";

/// A document with an operation for each tag.
fn document(tags: &[&str]) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n".to_owned();
    for tag in tags {
        text.push_str(&format!(
            "  /{tag}:\n    get:\n      operationId: get_{tag}\n      tags: [{tag}]\n      \
             responses: {{'200': {{description: Found.}}}}\n"
        ));
    }
    text
}

/// Three states of the inputs: the second adds, changes and removes files.
fn inputs(version: usize) -> Tree {
    let tags: [&[&str]; 3] = [
        &["cats", "dogs"],
        &["cats", "mice", "owls"],
        &["dogs", "eels"],
    ];
    let mut tree = Tree::from([
        ("Cargo.toml".to_owned(), "[workspace]\n".to_owned()),
        (
            "openapi/pets/openapi.yaml".to_owned(),
            document(tags[version]),
        ),
    ]);
    if version == 0 {
        let example = "openapi/pets/examples/call.rs".to_owned();
        tree.insert(example, "fn main() {}\n".to_owned());
    }
    tree
}

impl Scene {
    fn new(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let root = folder.path().to_string_lossy();
        let argument = |argument: &&str| argument.replace("ROOT", &root);
        let arguments = arguments.iter().map(argument).collect();
        Self { folder, arguments }
    }

    /// Makes the folder hold these files and no others.
    #[expect(clippy::disallowed_methods, reason = "the folder is the test's own")]
    fn set(&self, tree: &Tree) {
        for entry in std::fs::read_dir(self.folder.path()).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                std::fs::remove_dir_all(path).expect("it is removed")
            } else {
                std::fs::remove_file(path).expect("it is removed")
            }
        }
        self.put(tree);
    }

    #[expect(clippy::disallowed_methods, reason = "the folder is the test's own")]
    fn put(&self, tree: &Tree) {
        for (path, text) in tree {
            let path = self.folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("made");
            std::fs::write(path, text).expect("it is written");
        }
    }

    /// Every file of what is generated.
    #[expect(clippy::disallowed_methods, reason = "the folder is the test's own")]
    fn output(&self) -> Tree {
        let mut tree = Tree::new();
        let mut queue = vec![self.folder.path().join(self.place())];
        while let Some(folder) = queue.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("it can be listed").path();
                if path.is_dir() {
                    queue.push(path);
                } else {
                    let name = path.strip_prefix(self.folder.path()).expect("it is below");
                    let text = std::fs::read_to_string(&path).expect("it is text");
                    tree.insert(name.to_string_lossy().into_owned(), text);
                }
            }
        }
        tree
    }

    fn place(&self) -> &'static str {
        if self.arguments[0] == "generate" {
            "made"
        } else {
            CRATE
        }
    }

    fn run(&self, arguments: &[String], disk: &dyn Disk) -> Result<Code, Failure> {
        let words = ["xtask"]
            .into_iter()
            .chain(arguments.iter().map(String::as_str));
        let matches = cli::command().get_matches_from(words);
        let workspace = Workspace::at(self.folder.path());
        let shell = &mut Shell::silent();
        match matches.subcommand().expect("there is a command") {
            ("regenerate", arguments) => regenerate::run(&workspace, arguments, disk, shell),
            ("check", arguments) => check::run(&workspace, arguments, shell),
            (_, arguments) => generate::run(arguments, disk, shell),
        }
    }

    /// Runs to the end, and gives what is there then.
    #[track_caller]
    fn finished(&self) -> Tree {
        let code = self.run(&self.arguments, &Real).map_err(|it| it.problem);
        assert_eq!(code, Ok(DONE));
        self.output()
    }

    /// Stops a run from `before` at every step, and gives how many there are.
    fn stopped_everywhere(&self, before: &Tree, stop: Stop, left: impl Fn(&Left<'_>)) -> usize {
        let mut all = before.clone();
        all.extend(inputs(1));
        let start = |tree: &Tree| {
            self.set(tree);
            self.output()
        };
        let old = start(&all);
        let new = self.finished();
        for step in 0.. {
            start(&all);
            let disk = Until::step(step, stop);
            let result = self.run(&self.arguments, &disk);
            if !disk.reached() {
                assert_eq!(result.map_err(|it| it.problem), Ok(DONE));
                return step;
            }
            // A folder that could not be tidied away does not matter.
            assert!(result.is_ok_and(|code| code == DONE) == (self.output() == new));
            left(&Left {
                scene: self,
                old: &old,
                new: &new,
                step,
            });
        }
        0
    }
}

/// What a stopped run leaves.
struct Left<'a> {
    scene: &'a Scene,
    old: &'a Tree,
    new: &'a Tree,
    step: usize,
}

impl Left<'_> {
    /// Each file is old or new, or is named as being written.
    fn is_old_or_new(&self) {
        for (path, text) in self.scene.output() {
            let known = [self.old.get(&path), self.new.get(&path)];
            let known = known.contains(&Some(&text));
            let named = path.ends_with(STAGED);
            // The lock file says which files are in doubt.
            let begun = path.ends_with(FILE) && text.contains("\"unfinished\"");
            assert!(
                known || named || begun,
                "step {}: {path} is a mixture",
                self.step
            );
        }
    }

    /// What `check` says.
    fn checked(&self) -> Code {
        let code = self.scene.run(&["check".to_owned()], &Real);
        let code = code.unwrap_or_else(|failure| panic!("step {}: {}", self.step, failure.problem));
        assert_eq!(
            code == DONE,
            self.scene.output() == *self.new,
            "step {}",
            self.step
        );
        code
    }

    /// The same command mends it, byte by byte.
    fn is_healed(&self) {
        assert!(self.scene.finished() == *self.new, "step {}", self.step);
    }
}

const REGENERATE: &[&str] = &["regenerate"];
const DISCARD: &[&str] = &["regenerate", "--discard-edits"];
const GENERATE: &[&str] = &[
    "generate",
    "--from",
    "ROOT/openapi/pets/openapi.yaml",
    "--out",
    "ROOT/made",
];

/// What a finished run makes of the first inputs.
fn made_before(arguments: &[&str]) -> Tree {
    let scene = Scene::new(arguments);
    scene.set(&inputs(0));
    scene.finished()
}

const STOPS: [Stop; 3] = [Stop::Before, Stop::Within, Stop::Fails];

#[test]
fn a_regeneration_can_be_stopped_at_every_step() {
    for before in [Tree::new(), made_before(REGENERATE)] {
        for stop in STOPS {
            let scene = Scene::new(REGENERATE);
            let steps = scene.stopped_everywhere(&before, stop, |left| {
                left.is_old_or_new();
                let code = left.checked();
                assert!(
                    code == STALE || code == DONE,
                    "{stop:?} at {}: {code:?}",
                    left.step
                );
                left.is_healed();
            });
            assert!(steps >= 15, "{steps} steps");
        }
    }
}

/// Whoever stops a run does so to change something. What the run left is no work of theirs.
#[test]
fn inputs_may_move_after_a_run_was_stopped() {
    let scene = Scene::new(REGENERATE);
    scene.set(&inputs(2));
    let other = scene.finished();
    for before in [Tree::new(), made_before(REGENERATE)] {
        scene.stopped_everywhere(&before, Stop::Within, |left| {
            scene.put(&inputs(2));
            // Stopped a second time, half way.
            let _ = scene.run(&left.scene.arguments, &Until::step(9, Stop::Within));
            scene.put(&inputs(0));
            let _ = scene.run(&left.scene.arguments, &Until::step(9, Stop::Within));
            scene.put(&inputs(2));
            let example = scene.folder.path().join("openapi/pets/examples/call.rs");
            Real.remove_file(&example).expect("it is there");
            assert!(scene.finished() == other, "step {}", left.step);
        });
    }
}

/// Edits are given up one by one; those that are still there are still a person's.
#[test]
fn discarding_edits_can_be_stopped_at_every_step() {
    let mut before = made_before(DISCARD);
    let types = before
        .get_mut(&format!("{CRATE}/src/cats.rs"))
        .expect("it is made");
    types.insert_str(0, "// Mine.\n");
    let in_a_folder = format!("{CRATE}/src/mine/of/mine.rs");
    before.insert(in_a_folder, "//! Mine.\n".to_owned());
    let scene = Scene::new(DISCARD);
    for stop in STOPS {
        scene.stopped_everywhere(&before, stop, |left| {
            left.is_old_or_new();
            let code = left.checked();
            let mine = scene.output().values().any(|text| text.contains("Mine."));
            let expected = if mine { DECIDE } else { STALE };
            assert!(
                code == expected || code == DONE,
                "step {}: {code:?}",
                left.step
            );
            left.is_healed();
        });
    }
}

#[test]
fn a_folder_of_its_own_can_be_stopped_at_every_step() {
    let scene = Scene::new(GENERATE);
    for before in [Tree::new(), made_before(GENERATE)] {
        scene.stopped_everywhere(&before, Stop::Within, |left| {
            left.is_old_or_new();
            left.is_healed();
        });
    }
}

/// A run that finds another one's beginning in its lock file writes nothing more.
#[test]
fn a_run_that_is_overtaken_stops() {
    /// A disk on which another run begins at a step.
    struct Overtaken<'a>(&'a Scene, RefCell<usize>);

    impl Disk for Overtaken<'_> {
        fn create_folder(&self, path: &Path) -> io::Result<()> {
            let mut left = self.1.borrow_mut();
            *left = left.wrapping_sub(1);
            if *left == 0 {
                self.0.put(&inputs(2));
                let _ = self.0.run(&self.0.arguments, &Until::step(9, Stop::Before));
            }
            Real.create_folder(path)
        }

        fn create_file(&self, path: &Path, text: &str) -> io::Result<()> {
            Real.create_file(path, text)
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            Real.rename(from, to)
        }

        fn remove_file(&self, path: &Path) -> io::Result<()> {
            Real.remove_file(path)
        }

        fn remove_folder(&self, path: &Path) -> io::Result<()> {
            Real.remove_folder(path)
        }
    }

    let scene = Scene::new(REGENERATE);
    let mut before = made_before(REGENERATE);
    before.extend(inputs(1));
    for step in 2..=4 {
        scene.set(&before);
        let failure = scene.run(&scene.arguments, &Overtaken(&scene, RefCell::new(step)));
        let failure = failure.expect_err("another run began");
        assert_eq!(failure.code, FAILED);
        assert!(
            failure.problem.starts_with("another run is writing"),
            "{}",
            failure.problem
        );
        let code = scene.run(&["check".to_owned()], &Real).expect("it looks");
        assert_eq!(code, STALE, "step {step}");
        let healed = scene.finished();
        scene.set(&inputs(2));
        assert!(healed == scene.finished(), "step {step}");
    }
}

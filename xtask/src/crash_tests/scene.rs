//! A workspace in which runs are stopped, and what must hold of the files they leave.

use std::collections::BTreeMap;

use codegen::lock::{FILE, STAGED};
use tempfile::TempDir;

use super::disk::{Points, Stop, StopAt};
use crate::exit::{Code, DONE, Failure};
use crate::shell::Shell;
use crate::workspace::Workspace;
use crate::write::{FileSystem, RealFs};
use crate::{check, cli, generate, regenerate};

pub(super) type Tree = BTreeMap<String, String>;

/// A workspace with a document, and a folder for `generate`.
pub(super) struct Scene {
    pub(super) folder: TempDir,
    pub(super) arguments: Vec<String>,
}

pub(super) const CRATE: &str = "generated/pets-client";

/// A document with an operation for each tag.
pub(super) fn document(tags: &[&str]) -> String {
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
pub(super) fn inputs(version: usize) -> Tree {
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
    pub(super) fn new(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let root = folder.path().to_string_lossy();
        let argument = |argument: &&str| argument.replace("ROOT", &root);
        let arguments = arguments.iter().map(argument).collect();
        Self { folder, arguments }
    }

    /// Makes the folder hold these files and no others.
    #[expect(clippy::disallowed_methods, reason = "the folder is the test's own")]
    pub(super) fn set(&self, tree: &Tree) {
        for entry in std::fs::read_dir(self.folder.path()).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                std::fs::remove_dir_all(path).expect("it is removed");
            } else {
                std::fs::remove_file(path).expect("it is removed");
            }
        }
        self.put(tree);
    }

    #[expect(clippy::disallowed_methods, reason = "the folder is the test's own")]
    pub(super) fn put(&self, tree: &Tree) {
        for (path, text) in tree {
            let path = self.folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("made");
            std::fs::write(path, text).expect("it is written");
        }
    }

    /// Every file of what is generated.
    #[expect(clippy::disallowed_methods, reason = "the folder is the test's own")]
    pub(super) fn output(&self) -> Tree {
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

    pub(super) fn place(&self) -> &'static str {
        if self.arguments[0] == "generate" {
            "made"
        } else {
            CRATE
        }
    }

    pub(super) fn run(&self, arguments: &[String], fs: &dyn FileSystem) -> Result<Code, Failure> {
        let words = ["xtask"]
            .into_iter()
            .chain(arguments.iter().map(String::as_str));
        let matches = cli::command().get_matches_from(words);
        let workspace = Workspace::at(self.folder.path());
        let shell = &mut Shell::silent();
        match matches.subcommand().expect("there is a command") {
            ("regenerate", arguments) => regenerate::run(&workspace, arguments, fs, shell),
            ("check", arguments) => check::run(&workspace, arguments, shell),
            (_, arguments) => generate::run(arguments, fs, shell),
        }
    }

    /// Runs to the end, and returns the files that are there then.
    #[track_caller]
    pub(super) fn finished(&self) -> Tree {
        let code = self.run(&self.arguments, &RealFs);
        assert_eq!(code.map_err(|failure| failure.problem), Ok(DONE));
        self.output()
    }

    /// Stops runs from `before` at steps, and returns how many there were.
    pub(super) fn stop_at(
        &self,
        points: Points,
        before: &Tree,
        stop: Stop,
        check: impl Fn(&Interrupted<'_>),
    ) -> usize {
        let mut all = before.clone();
        all.extend(inputs(1));
        self.set(&all);
        let old = self.output();
        let recorder = StopAt::never();
        let code = self.run(&self.arguments, &recorder);
        assert_eq!(code.map_err(|failure| failure.problem), Ok(DONE));
        let new = self.output();
        let points = points.of(&recorder.kinds.borrow());
        for step in points.iter().copied() {
            self.set(&all);
            let fs = StopAt::step(step, stop);
            let result = self.run(&self.arguments, &fs);
            assert!(fs.reached(), "step {step} is one of the run");
            // A folder that could not be removed does not matter.
            assert!(result.is_ok_and(|code| code == DONE) == (self.output() == new));
            check(&Interrupted {
                scene: self,
                old: &old,
                new: &new,
                step,
            });
        }
        points.len()
    }
}

/// The workspace after a run was stopped.
pub(super) struct Interrupted<'a> {
    pub(super) scene: &'a Scene,
    old: &'a Tree,
    new: &'a Tree,
    pub(super) step: usize,
}

impl Interrupted<'_> {
    /// Each file is old or new, or is named as being written.
    pub(super) fn is_old_or_new(&self) {
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

    /// Returns the exit code of `check`, which is fresh only for the finished crate.
    pub(super) fn checked(&self) -> Code {
        let code = self.scene.run(&["check".to_owned()], &RealFs);
        let code = code.unwrap_or_else(|failure| panic!("step {}: {}", self.step, failure.problem));
        assert_eq!(
            code == DONE,
            self.scene.output() == *self.new,
            "step {}",
            self.step
        );
        code
    }

    /// The same command repairs it, byte by byte.
    pub(super) fn is_repaired(&self) {
        assert!(self.scene.finished() == *self.new, "step {}", self.step);
    }
}

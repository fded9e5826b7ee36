//! A disk that stops a run at a chosen step, and the choice of those steps.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;

use codegen::lock::{FILE, STAGED};

use crate::write::{FileSystem, RealFs};

/// How a run is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is killed before the step.
    Before,
    /// It is killed in the middle of the step: half of a file is written.
    Within,
    /// The step fails, as on a full disk, and the run continues with its error handling.
    Fails,
}

/// The steps at which a run is stopped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Points {
    /// One step of each kind: the middle one, so that some are done and some are not.
    OneOfEachKind,
    Every,
}

impl Points {
    /// Chooses among the steps of a run, which are given by their kinds.
    pub(super) fn of(self, kinds: &[String]) -> Vec<usize> {
        let mut steps: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
        for (step, kind) in kinds.iter().enumerate() {
            steps.entry(kind).or_default().push(step);
        }
        match self {
            Self::Every => (0..kinds.len()).collect(),
            Self::OneOfEachKind => steps.values().map(|same| same[same.len() / 2]).collect(),
        }
    }
}

/// A disk that records the kinds of its steps, and stops at one of them.
pub(super) struct StopAt {
    step: usize,
    stop: Stop,
    pub(super) kinds: RefCell<Vec<String>>,
}

impl StopAt {
    pub(super) fn step(step: usize, stop: Stop) -> Self {
        let kinds = RefCell::default();
        Self { step, stop, kinds }
    }

    /// A disk that only records.
    pub(super) fn never() -> Self {
        Self::step(usize::MAX, Stop::Before)
    }

    /// Whether the run was stopped at all.
    pub(super) fn reached(&self) -> bool {
        self.kinds.borrow().len() > self.step
    }

    /// Takes a step, unless it is the one to stop at or comes after it.
    pub(super) fn take(
        &self,
        kind: String,
        whole: impl FnOnce() -> io::Result<()>,
        half: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let mut kinds = self.kinds.borrow_mut();
        let step = kinds.len();
        kinds.push(kind);
        if step == self.step {
            if self.stop != Stop::Before {
                half()?;
            }
            return Err(ErrorKind::StorageFull.into());
        }
        if step > self.step && self.stop != Stop::Fails {
            return Err(ErrorKind::StorageFull.into());
        }
        whole()
    }

    /// The kind of a step: what is done, to which kind of file, and in which phase of the run. A run
    /// writes its lock file first and last, so each lock file that is in place begins a phase.
    pub(super) fn kind(&self, operation: &str, path: &Path) -> String {
        let locked = |kind: &&String| kind.starts_with("rename to lock file");
        let phase = self.kinds.borrow().iter().filter(locked).count();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let role = if name == FILE {
            "lock file"
        } else if name.starts_with(FILE) {
            "staged lock file"
        } else if name.ends_with(STAGED) {
            "staged file"
        } else {
            "file or folder"
        };
        format!("{operation} {role} in phase {phase}")
    }
}

impl FileSystem for StopAt {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let kind = self.kind("create", path);
        self.take(kind, || RealFs.create_folder(path), || Ok(()))
    }

    fn create_file(&self, path: &Path, text: &str) -> io::Result<()> {
        let half = text.get(..text.len() / 2).unwrap_or_default();
        let half = || RealFs.create_file(path, half);
        let kind = self.kind("write", path);
        self.take(kind, || RealFs.create_file(path, text), half)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let kind = self.kind("rename to", to);
        self.take(kind, || RealFs.rename(from, to), || Ok(()))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        let kind = self.kind("remove", path);
        self.take(kind, || RealFs.remove_file(path), || Ok(()))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let kind = self.kind("remove folder", path);
        self.take(kind, || RealFs.remove_folder(path), || Ok(()))
    }
}

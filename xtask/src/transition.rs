//! Changes a crate's folder from one state to the next in steps, after each of which a run can stop.
//!
//! The lock file is written first and last. First it records what is about to be written, so that
//! files of a stopped run are distinguished from files that a person wrote. Last it records that
//! everything is written.

use std::collections::BTreeMap;
use std::path::Path;

use codegen::lock::{FILE, Lock};

use crate::exit::{FAILED, Failure};
use crate::read::{self, Links};
use crate::write::{FileSystem, remove, write};

/// The change of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// The file is no longer generated.
    Remove(&'a str),
    /// The file is new or changed.
    Write { path: &'a str, text: &'a str },
}

/// The current and the new content of a crate's folder.
pub(crate) struct Transition<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) before: &'a BTreeMap<String, Vec<u8>>,
    pub(crate) after: &'a BTreeMap<String, String>,
}

impl<'a> Transition<'a> {
    /// Returns the steps, the lock file last. `removable` decides which files may be removed.
    pub(crate) fn steps(&self, removable: impl Fn(&str) -> bool) -> Vec<Step<'a>> {
        let (before, after) = (self.before, self.after);
        let gone = before
            .keys()
            .filter(|path| !after.contains_key(*path) && removable(path))
            .map(|path| Step::Remove(path));
        let differs = |(path, text): &(&String, &String)| {
            let old = before.get(*path);
            old.is_none_or(|old| old != text.as_bytes())
        };
        let mut changed: Vec<_> = after.iter().filter(differs).collect();
        changed.sort_by_key(|(path, _)| *path == FILE);
        let changed = changed
            .into_iter()
            .map(|(path, text)| Step::Write { path, text });
        gone.chain(changed).collect()
    }

    /// Applies the steps. Calls `report` before each.
    pub(crate) fn apply(
        &self,
        steps: &[Step<'a>],
        fs: &dyn FileSystem,
        mut report: impl FnMut(Step<'a>),
    ) -> Result<(), Failure> {
        let own_lock = self.begin_lock(steps, fs)?;
        for step in steps {
            // Reporting may block, so the lock file is checked after it.
            report(*step);
            if own_lock
                .as_ref()
                .is_some_and(|lock| !self.is_own_lock(lock))
            {
                return self.check_not_overtaken();
            }
            match *step {
                Step::Remove(path) => remove(fs, self.folder, path)?,
                Step::Write { path, text } => {
                    if path == FILE && !self.is_written(|path| path != FILE) {
                        return self.check_not_overtaken();
                    }
                    write(fs, &self.folder.join(path), text)?;
                }
            }
        }
        self.check_not_overtaken()
    }

    /// Writes the lock file that records what is about to be written, unless only the lock file
    /// changes. Returns its text.
    fn begin_lock(
        &self,
        steps: &[Step<'_>],
        fs: &dyn FileSystem,
    ) -> Result<Option<String>, Failure> {
        let is_lock = |step: &Step<'_>| matches!(step, Step::Write { path, .. } if *path == FILE);
        let now = self.after.get(FILE);
        let Some(Ok(now)) = now.map(|text| Lock::parse(text.as_bytes())) else {
            return Ok(None);
        };
        if steps.iter().all(is_lock) {
            return Ok(None);
        }
        let old = self.before.get(FILE);
        let earlier = old.and_then(|text| Lock::parse(text).ok());
        let begun = Lock::begun(earlier, &now).to_text();
        let is_old = match old {
            Some(old) => self.has_bytes(FILE, old),
            None => self.folder.join(FILE).symlink_metadata().is_err(),
        };
        if !is_old {
            return Err(self.other_run());
        }
        if old.is_none_or(|old| old != begun.as_bytes()) {
            write(fs, &self.folder.join(FILE), &begun)?;
        }
        Ok(Some(begun))
    }

    /// Whether the lock file is still the one of this run.
    fn is_own_lock(&self, begun: &str) -> bool {
        self.has_bytes(FILE, begun.as_bytes())
    }

    /// Whether a file has exactly these bytes.
    fn has_bytes(&self, path: &str, bytes: &[u8]) -> bool {
        let path = self.folder.join(path);
        let found = read::file(&path, bytes.len() as u64, Links::Refused);
        found.is_ok_and(|found| found == bytes)
    }

    /// Whether files have their new content.
    fn is_written(&self, which: impl Fn(&str) -> bool) -> bool {
        let mut files = self.after.iter().filter(|(path, _)| which(path));
        files.all(|(path, text)| self.has_bytes(path, text.as_bytes()))
    }

    /// Checks that no other run wrote the crate meanwhile, unless it wrote the same.
    fn check_not_overtaken(&self) -> Result<(), Failure> {
        if self.is_written(|_| true) {
            return Ok(());
        }
        Err(self.other_run())
    }

    fn other_run(&self) -> Failure {
        Failure::new(
            FAILED,
            format!("another run is writing `{}`", self.folder.display()),
            "wait until it finishes, then run this again",
        )
    }
}

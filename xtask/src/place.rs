//! From one state of a crate's folder to the next, so that a run can end anywhere.
//!
//! The lock file comes first and last. First it says what is about to be written, so that what a
//! stopped run leaves is told from what a person wrote. Last it says that all of it is there.

use std::collections::BTreeMap;
use std::path::Path;

use codegen::lock::{FILE, Lock};

use crate::exit::{FAILED, Failure};
use crate::read::{self, Links};
use crate::write::{Disk, remove, write};

/// What is done to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// It is no longer made.
    Remove(&'a str),
    /// It is new, or has another content.
    Write { path: &'a str, text: &'a str },
}

/// A crate's folder as it stands, and as it is to be.
pub(crate) struct Change<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) before: &'a BTreeMap<String, Vec<u8>>,
    pub(crate) after: &'a BTreeMap<String, String>,
}

impl<'a> Change<'a> {
    /// The steps from one to the other, the lock file last. `removable` says which files may go.
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

    /// Takes the steps, and tells of each ahead.
    pub(crate) fn take(
        &self,
        steps: &[Step<'a>],
        disk: &dyn Disk,
        mut tell: impl FnMut(Step<'a>),
    ) -> Result<(), Failure> {
        let begun = self.begin(steps, disk)?;
        for step in steps {
            // It may take long until that is read; what stands on the disk is looked at after it.
            tell(*step);
            if begun.as_ref().is_some_and(|begun| !self.is_ours(begun)) {
                return self.overtaken();
            }
            match *step {
                Step::Remove(path) => remove(disk, self.folder, path)?,
                Step::Write { path, text } => {
                    if path == FILE && !self.is_placed(|path| path != FILE) {
                        return self.overtaken();
                    }
                    write(disk, &self.folder.join(path), text)?;
                }
            }
        }
        self.overtaken()
    }

    /// Has the lock file say what is about to be written. It is not needed where nothing but the
    /// lock file itself changes.
    fn begin(&self, steps: &[Step<'_>], disk: &dyn Disk) -> Result<Option<String>, Failure> {
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
            Some(old) => self.is(FILE, old),
            None => self.folder.join(FILE).symlink_metadata().is_err(),
        };
        if !is_old {
            return Err(self.other());
        }
        if old.is_none_or(|old| old != begun.as_bytes()) {
            write(disk, &self.folder.join(FILE), &begun)?;
        }
        Ok(Some(begun))
    }

    /// Whether the lock file is still the one that this run began with.
    fn is_ours(&self, begun: &str) -> bool {
        self.is(FILE, begun.as_bytes())
    }

    /// Whether a file holds just these bytes.
    fn is(&self, path: &str, bytes: &[u8]) -> bool {
        let path = self.folder.join(path);
        let found = read::file(&path, bytes.len() as u64, Links::Refused);
        found.is_ok_and(|found| found == bytes)
    }

    /// Whether files are as they are to be.
    fn is_placed(&self, which: impl Fn(&str) -> bool) -> bool {
        let mut files = self.after.iter().filter(|(path, _)| which(path));
        files.all(|(path, text)| self.is(path, text.as_bytes()))
    }

    /// Looks whether another run was writing the same crate. That is well if it came to the same.
    fn overtaken(&self) -> Result<(), Failure> {
        if self.is_placed(|_| true) {
            return Ok(());
        }
        Err(self.other())
    }

    fn other(&self) -> Failure {
        Failure::new(
            FAILED,
            format!("another run is writing `{}`", self.folder.display()),
            "let it finish, then run this again",
        )
    }
}

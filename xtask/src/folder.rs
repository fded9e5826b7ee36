//! What stands in the folder of a crate. Nothing is read or written through a link.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::FileType;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use codegen::lock::FILE;

use crate::exit::{DECIDE, FAILED, Failure};
use crate::read::{self, Links, MOST_OF_CRATE, Unread};
use crate::workspace::shown as shown_name;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Every file by its path, forward slashes.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// What this program never makes, and will not touch.
    pub(crate) foreign: Vec<Foreign>,
    /// How many bytes the files have.
    size: u64,
}

/// Something that is no file or folder of its own.
#[derive(Clone, Debug)]
pub(crate) struct Foreign {
    /// Its path, shown to a person.
    pub(crate) path: String,
    what: &'static str,
}

/// How often a folder is read that other runs are writing.
const ATTEMPTS: usize = 10;

const LINK: &str = "is a link, and not a file or folder of its own";
const NO_FOLDER: &str = "is a file where a folder belongs";
const SPECIAL: &str = "is neither a file nor a folder";
const NAME: &str = "has a name that is not Unicode";

impl Foreign {
    pub(crate) const FIX: &str = "move it away, then run `cargo xtask regenerate`";

    pub(crate) fn problem(&self) -> String {
        format!("{} {}", self.path, self.what)
    }
}

impl Found {
    /// All of a folder that this program may write in; `relative` is below `root`.
    pub(crate) fn below(root: &Path, relative: &str) -> Result<Self, Failure> {
        let mut found = Self::default();
        let mut path = root.to_owned();
        let mut shown = String::new();
        for part in relative.split('/') {
            path.push(part);
            shown.push_str(part);
            let Some(kind) = kind(&path)? else {
                return Ok(found);
            };
            if !kind.is_dir() {
                let what = if kind.is_symlink() { LINK } else { NO_FOLDER };
                found.foreign.push(Foreign { path: shown, what });
                return Ok(found);
            }
            shown.push('/');
        }
        found.steady(&path, &shown)
    }

    /// All of a folder that a person named, however it is reached.
    pub(crate) fn named(folder: &Path, shown: &str) -> Result<Self, Failure> {
        let mut found = Self::default();
        match folder.metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound && !folder.is_symlink() => {}
            Ok(data) if data.is_dir() => return found.steady(folder, &format!("{shown}/")),
            Ok(_) => found.foreign.push(Foreign {
                path: shown.to_owned(),
                what: NO_FOLDER,
            }),
            Err(error) => return Err(unreadable(folder, &error)),
        }
        Ok(found)
    }

    /// Refuses to write where something foreign stands.
    pub(crate) fn refuse_foreign(&self, fix: &str) -> Result<(), Failure> {
        match self.foreign.first() {
            None => Ok(()),
            Some(foreign) => {
                let problem = format!("{}; nothing was written", foreign.problem());
                Err(Failure::new(DECIDE, problem, fix))
            }
        }
    }

    /// Reads until the lock file is the same before and after: until all is of one run.
    fn steady(mut self, folder: &Path, shown: &str) -> Result<Self, Failure> {
        let lock = || read::file(&folder.join(FILE), MOST_OF_CRATE, Links::Refused).ok();
        for _ in 0..ATTEMPTS {
            let before = lock();
            self = Self::default();
            self.walk(folder, shown)?;
            if lock() == before {
                break;
            }
        }
        Ok(self)
    }

    fn walk(&mut self, folder: &Path, shown: &str) -> Result<(), Failure> {
        let mut queue: Vec<(PathBuf, String)> = vec![(folder.to_owned(), String::new())];
        while let Some((next, inside)) = queue.pop() {
            let failed = |error: std::io::Error| unreadable(&next, &error);
            for entry in std::fs::read_dir(&next).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let kind = entry.file_type().map_err(failed)?;
                let name = entry.file_name();
                let inner = format!("{inside}{}", shown_name(&name));
                match foreign(&name, kind) {
                    // What Cargo builds in a crate of its own is not part of it.
                    _ if inner == "target" => {}
                    Some(what) => {
                        let path = format!("{shown}{inner}");
                        self.foreign.push(Foreign { path, what });
                    }
                    None if kind.is_dir() => queue.push((entry.path(), format!("{inner}/"))),
                    None => self.read(&entry.path(), inner)?,
                }
            }
        }
        self.foreign.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(())
    }

    fn read(&mut self, path: &Path, inner: String) -> Result<(), Failure> {
        let left = MOST_OF_CRATE - self.size;
        if path.symlink_metadata().is_ok_and(|data| data.len() > left) {
            return Err(too_large(path));
        }
        match read::file(path, left, Links::Refused) {
            Ok(bytes) if bytes.len() as u64 > left => Err(too_large(path)),
            Ok(bytes) => {
                self.size += bytes.len() as u64;
                self.files.insert(inner, bytes);
                Ok(())
            }
            // Another run has just given it its name, or removed it.
            Err(Unread::Failed(error)) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(Unread::Failed(error)) => Err(unreadable(path, &error)),
            Err(Unread::NoFile(what)) => Err(unreadable(path, &what)),
        }
    }
}

fn too_large(path: &Path) -> Failure {
    let problem = format!(
        "with `{}` its folder holds more than 1 GiB, which no crate has",
        path.display()
    );
    Failure::new(DECIDE, problem, "move away what does not belong there")
}

/// Why a thing is no part of a crate that this program makes.
fn foreign(name: &OsStr, kind: FileType) -> Option<&'static str> {
    match kind {
        _ if name.to_str().is_none() => Some(NAME),
        kind if kind.is_symlink() => Some(LINK),
        kind if !kind.is_dir() && !kind.is_file() => Some(SPECIAL),
        _ => None,
    }
}

/// What has this name, if anything has.
fn kind(path: &Path) -> Result<Option<FileType>, Failure> {
    match path.symlink_metadata() {
        Ok(data) => Ok(Some(data.file_type())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    let problem = format!("`{}` cannot be read: {error}", path.display());
    Failure::new(
        FAILED,
        problem,
        "check its permissions, then run this again",
    )
}

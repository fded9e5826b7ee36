//! Scans the folder of a crate. No link is followed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::FileType;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use codegen::lock::FILE;

use crate::exit::{DECIDE, FAILED, Failure};
use crate::read::{self, Links, MAX_CRATE_BYTES, ReadError};
use crate::workspace::display_name;

/// The content of a crate's folder.
#[derive(Debug, Default)]
pub(crate) struct CrateOnDisk {
    /// The files by path, with forward slashes.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// Entries that this program never creates and does not touch.
    pub(crate) unexpected: Vec<UnexpectedEntry>,
    /// Total size of the files in bytes.
    size: u64,
}

/// An entry that is neither a regular file nor a folder.
#[derive(Clone, Debug)]
pub(crate) struct UnexpectedEntry {
    /// Display path.
    pub(crate) path: String,
    problem: &'static str,
}

/// Number of attempts to read a folder that another run is writing.
const MAX_ATTEMPTS: usize = 10;

const LINK: &str = "is a link, not a regular file or folder";
const NO_FOLDER: &str = "is a file, but must be a folder";
const SPECIAL: &str = "is neither a file nor a folder";
const NAME: &str = "has a name that is not Unicode";

impl UnexpectedEntry {
    /// The fix for a crate of the workspace.
    pub(crate) const FIX: &str = "move it away, then run `cargo xtask regenerate`";

    /// Describes the problem.
    pub(crate) fn problem(&self) -> String {
        format!("{} {}", self.path, self.problem)
    }
}

impl CrateOnDisk {
    /// Scans a folder that this program writes to; `relative` is below `root`.
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
                let problem = if kind.is_symlink() { LINK } else { NO_FOLDER };
                found.unexpected.push(UnexpectedEntry {
                    path: shown,
                    problem,
                });
                return Ok(found);
            }
            shown.push('/');
        }
        found.read_stable(&path, &shown)
    }

    /// Scans a folder that the user named, which may be reached through links.
    pub(crate) fn named(folder: &Path, shown: &str) -> Result<Self, Failure> {
        let mut found = Self::default();
        match folder.metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound && !folder.is_symlink() => {}
            Ok(data) if data.is_dir() => return found.read_stable(folder, &format!("{shown}/")),
            Ok(_) => found.unexpected.push(UnexpectedEntry {
                path: shown.to_owned(),
                problem: NO_FOLDER,
            }),
            Err(error) => return Err(unreadable(folder, &error)),
        }
        Ok(found)
    }

    /// Refuses to write if the folder has an unexpected entry.
    pub(crate) fn refuse_unexpected(&self, fix: &str) -> Result<(), Failure> {
        match self.unexpected.first() {
            None => Ok(()),
            Some(entry) => {
                let problem = format!("{}; nothing was written", entry.problem());
                Err(Failure::new(DECIDE, problem, fix))
            }
        }
    }

    /// Reads the folder until the lock file does not change meanwhile, so that all files are of one run.
    fn read_stable(mut self, folder: &Path, shown: &str) -> Result<Self, Failure> {
        let lock = || read::file(&folder.join(FILE), MAX_CRATE_BYTES, Links::Refused).ok();
        for _ in 0..MAX_ATTEMPTS {
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
                let inner = format!("{inside}{}", display_name(&name));
                match unexpected(&name, kind) {
                    // Cargo's build folder is not part of the crate.
                    _ if inner == "target" => {}
                    Some(problem) => {
                        let path = format!("{shown}{inner}");
                        self.unexpected.push(UnexpectedEntry { path, problem });
                    }
                    None if kind.is_dir() => queue.push((entry.path(), format!("{inner}/"))),
                    None => self.read(&entry.path(), inner)?,
                }
            }
        }
        self.unexpected
            .sort_by(|one, other| one.path.cmp(&other.path));
        Ok(())
    }

    fn read(&mut self, path: &Path, inner: String) -> Result<(), Failure> {
        let left = MAX_CRATE_BYTES - self.size;
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
            // Another run has just renamed or removed it.
            Err(ReadError::Io(error)) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(ReadError::Io(error)) => Err(unreadable(path, &error)),
            Err(ReadError::NotAFile(what)) => Err(unreadable(path, &what)),
        }
    }
}

fn too_large(path: &Path) -> Failure {
    let problem = format!(
        "with `{}` the folder is larger than 1 GiB, the limit for a crate",
        path.display()
    );
    Failure::new(
        DECIDE,
        problem,
        "move away the files that do not belong to the crate",
    )
}

/// Returns why an entry is unexpected, or `None` for a regular file or folder.
fn unexpected(name: &OsStr, kind: FileType) -> Option<&'static str> {
    match kind {
        _ if name.to_str().is_none() => Some(NAME),
        kind if kind.is_symlink() => Some(LINK),
        kind if !kind.is_dir() && !kind.is_file() => Some(SPECIAL),
        _ => None,
    }
}

/// Returns the type of an entry, or `None` if it does not exist.
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

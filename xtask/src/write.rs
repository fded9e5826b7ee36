//! The one place where files are written.
//!
//! A file is complete or not there: its text goes to a file beside it, which then takes its name.
//! Nothing is flushed to the disk itself: what a power loss takes away can be generated again.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use codegen::lock::STAGED;

use crate::exit::{FAILED, Failure};

/// What is done to the tree of files, step by step. Tests stop at each.
pub(crate) trait Disk {
    /// Makes a folder and those above it.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes a file that is not there yet, so that no link is ever followed.
    fn create_file(&self, path: &Path, text: &str) -> io::Result<()>;
    /// Gives a file another name, in place of what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder that is empty.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The disk that there is.
pub(crate) struct Real;

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place where files are written and removed"
)]
impl Disk for Real {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    fn create_file(&self, path: &Path, text: &str) -> io::Result<()> {
        std::fs::File::create_new(path)?.write_all(text.as_bytes())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir(path)
    }
}

/// Writes a file whole.
pub(crate) fn write(disk: &dyn Disk, path: &Path, text: &str) -> Result<(), Failure> {
    let staged = staged(path);
    let done = prepare(disk, path)
        .and_then(|()| stage(disk, &staged, text))
        .and_then(|()| disk.rename(&staged, path));
    done.map_err(|error| {
        // The reason is told; a second failure would only hide it.
        let _ = disk.remove_file(&staged);
        failure(path, "written", &error)
    })
}

/// The name that a file has while it is written. Each run has names of its own, so that two at
/// once do not write into one file.
fn staged(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}{STAGED}", std::process::id()));
    path.with_file_name(name)
}

/// The names beside a file of what runs that were stopped had written of it.
pub(crate) fn left_behind(path: &Path) -> Vec<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let begin = format!("{name}.");
    let entries = path.parent().map(std::fs::read_dir);
    // A folder that cannot be read is told of by what is done next.
    let entries = entries.into_iter().flatten().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names
        .filter(|name| name.starts_with(&begin) && name.ends_with(STAGED))
        .collect();
    names.sort();
    names
}

/// Makes the folder of a file, and room for it where empty folders have its name.
fn prepare(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        disk.create_folder(folder)?;
    }
    match path.symlink_metadata() {
        Ok(data) if data.is_dir() => remove_empty(disk, path),
        _ => Ok(()),
    }
}

fn stage(disk: &dyn Disk, staged: &Path, text: &str) -> io::Result<()> {
    match disk.create_file(staged, text) {
        // A run that was stopped had the same process id.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            disk.remove_file(staged)?;
            disk.create_file(staged, text)
        }
        done => done,
    }
}

/// Removes a folder that holds nothing but folders.
fn remove_empty(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        remove_empty(disk, &entry.path())?;
    }
    disk.remove_folder(folder)
}

/// Removes a file of a crate that is no longer made, and the folders that are empty without it.
pub(crate) fn remove(disk: &dyn Disk, crate_folder: &Path, path: &str) -> Result<(), Failure> {
    let path = crate_folder.join(path);
    match disk.remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(failure(&path, "removed", &error));
        }
        _ => {}
    }
    let folders = path.ancestors().skip(1);
    for folder in folders.take_while(|folder| *folder != crate_folder) {
        if disk.remove_folder(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn failure(path: &Path, what: &str, error: &io::Error) -> Failure {
    let fix = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "make it writable, then run this again"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room, then run this again",
        ErrorKind::NotFound => "let other runs in this workspace finish, then run this again",
        _ => "move away what is in its place, then run this again",
    };
    let problem = format!("`{}` cannot be {what}: {error}", path.display());
    Failure::new(
        FAILED,
        problem,
        format!("{fix}; each file is as it was or complete"),
    )
}

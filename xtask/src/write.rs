//! Writes and removes files; no other module does.
//!
//! Writing is atomic: the text goes to a temporary file in the same folder, which is then renamed.
//! Files are not synced to the disk, because after a power failure they can be generated again. The
//! `tempfile` crate is not used, because it depends on `linux-raw-sys` through `rustix`.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use codegen::lock::STAGED;

use crate::exit::{FAILED, Failure};

/// The operations on files. Tests replace it to fail at any step.
pub(crate) trait FileSystem {
    /// Creates a folder and its parents.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Creates a file that does not exist, so that no link is followed.
    fn create_file(&self, path: &Path, text: &str) -> io::Result<()>;
    /// Renames a file, replacing the one with the new name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The file system of the machine.
pub(crate) struct RealFs;

#[expect(
    clippy::disallowed_methods,
    reason = "only this module writes and removes files"
)]
impl FileSystem for RealFs {
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

/// Writes a file atomically.
pub(crate) fn write(fs: &dyn FileSystem, path: &Path, text: &str) -> Result<(), Failure> {
    let staged = temporary_name(path);
    let done = prepare(fs, path)
        .and_then(|()| write_temporary(fs, &staged, text))
        .and_then(|()| fs.rename(&staged, path));
    done.map_err(|error| {
        // Ignore the clean-up error; report the first one.
        let _ = fs.remove_file(&staged);
        failure(path, "written", &error)
    })
}

/// Returns the temporary name of a file. It contains the process id, so that two runs do not write to
/// the same file.
fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}{STAGED}", std::process::id()));
    path.with_file_name(name)
}

/// Returns the names of temporary files that stopped runs left beside a file.
pub(crate) fn left_behind(path: &Path) -> Vec<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let begin = format!("{name}.");
    let entries = path.parent().map(std::fs::read_dir);
    // If the folder cannot be read, the next operation reports it.
    let entries = entries.into_iter().flatten().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names
        .filter(|name| name.starts_with(&begin) && name.ends_with(STAGED))
        .collect();
    names.sort();
    names
}

/// Creates the folder of a file, and removes empty folders that have the file's name.
fn prepare(fs: &dyn FileSystem, path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs.create_folder(folder)?;
    }
    match path.symlink_metadata() {
        Ok(data) if data.is_dir() => remove_empty(fs, path),
        _ => Ok(()),
    }
}

fn write_temporary(fs: &dyn FileSystem, staged: &Path, text: &str) -> io::Result<()> {
    match fs.create_file(staged, text) {
        // A stopped run had the same process id.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs.remove_file(staged)?;
            fs.create_file(staged, text)
        }
        done => done,
    }
}

/// Removes a folder that contains only folders.
fn remove_empty(fs: &dyn FileSystem, folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        remove_empty(fs, &entry.path())?;
    }
    fs.remove_folder(folder)
}

/// Removes a file that is no longer generated, and the folders that become empty.
pub(crate) fn remove(fs: &dyn FileSystem, crate_folder: &Path, path: &str) -> Result<(), Failure> {
    let path = crate_folder.join(path);
    match fs.remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(failure(&path, "removed", &error));
        }
        _ => {}
    }
    let folders = path.ancestors().skip(1);
    for folder in folders.take_while(|folder| *folder != crate_folder) {
        if fs.remove_folder(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn failure(path: &Path, action: &str, error: &io::Error) -> Failure {
    let fix = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "make it writable, then run this again"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space, then run this again",
        ErrorKind::NotFound => {
            "wait until other runs in this workspace finish, then run this again"
        }
        _ => "move away what has this name, then run this again",
    };
    let problem = format!("`{}` cannot be {action}: {error}", path.display());
    Failure::new(
        FAILED,
        problem,
        format!("{fix}; every file is either unchanged or complete"),
    )
}

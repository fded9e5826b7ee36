//! The list of a full document's operations, stored beside the slice that was cut from it, so that
//! new operations of the next document can be reported.

use std::path::Path;

use codegen::diff::added_lines;
use codegen::parse::Parsed;
use codegen::slice;
use codegen::source::Source;

use crate::exit::{DECIDE, Failure};
use crate::input_file::exists;
use crate::read::{self, Links, ReadError};
use crate::shell::Shell;
use crate::write::{FileSystem, write};

/// Name of the file with the list.
pub(crate) const FILE: &str = "operations.txt";

/// Maximum number of new operations that are named; the rest is counted.
const MAX_NAMED: usize = 50;

/// The operations of a full document, and the stored list of the previous one.
pub(crate) struct UpstreamOperations {
    file: String,
    before: Option<String>,
    now: String,
}

impl UpstreamOperations {
    /// Lists the operations of a document, and reads the stored list in a folder.
    pub(crate) fn of(from: &Parsed, folder: &str) -> Result<Self, Failure> {
        let file = format!("{folder}/{FILE}");
        Ok(Self {
            before: stored(Path::new(&file), &file)?,
            now: slice::offered(from).to_string(),
            file,
        })
    }

    /// Reports new operations.
    pub(crate) fn report_new(&self, shell: &mut Shell) {
        let Some(before) = &self.before else {
            return;
        };
        let new = added_lines(before, &self.now);
        for operation in new.iter().take(MAX_NAMED) {
            shell.status("Upstream", &format!("{operation} is new"));
        }
        if let Some(more @ 1..) = new.len().checked_sub(MAX_NAMED) {
            shell.status("Upstream", &format!("{more} more operations are new"));
        }
    }

    /// Reports new operations and stores the list.
    pub(crate) fn store(&self, fs: &dyn FileSystem, shell: &mut Shell) -> Result<(), Failure> {
        self.report_new(shell);
        if self.before.as_ref() == Some(&self.now) {
            return Ok(());
        }
        shell.status("Writing", &self.file);
        write(fs, Path::new(&self.file), &self.now)
    }
}

/// Reads the list in a client's folder, or returns `None` if there is none.
pub(crate) fn stored(path: &Path, shown: &str) -> Result<Option<String>, Failure> {
    if !exists(path) {
        return Ok(None);
    }
    let bytes = read::file(path, Source::MAX_BYTES as u64, Links::Refused);
    let bytes = bytes.map_err(|error| {
        let reason = match error {
            ReadError::NotAFile(what) => what.to_owned(),
            ReadError::Io(error) => error.to_string(),
        };
        let problem = format!("`{shown}` cannot be read: {reason}");
        Failure::new(DECIDE, problem, "remove it, then cut the slice again")
    })?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

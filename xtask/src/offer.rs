//! The operations of a full document, kept beside the slice that was cut of it: what the next
//! document has new can only be told by what the last one had.

use std::path::Path;

use codegen::diff::added_lines;
use codegen::parse::Parsed;
use codegen::slice;
use codegen::source::Source;

use crate::client::exists;
use crate::exit::{DECIDE, Failure};
use crate::read::{self, Links, Unread};
use crate::shell::Shell;
use crate::write::{Disk, write};

/// The file's name.
pub(crate) const FILE: &str = "operations.txt";

/// So many new operations are named; the rest is counted.
const SHOWN: usize = 50;

/// What a full document has, and what is recorded of the one before.
pub(crate) struct Offer {
    shown: String,
    before: Option<String>,
    now: String,
}

impl Offer {
    pub(crate) fn of(from: &Parsed, folder: &str) -> Result<Self, Failure> {
        let shown = format!("{folder}/{FILE}");
        Ok(Self {
            before: recorded(Path::new(&shown), &shown)?,
            now: slice::offered(from).to_string(),
            shown,
        })
    }

    /// Says what is new.
    pub(crate) fn tell(&self, shell: &mut Shell) {
        let Some(before) = &self.before else {
            return;
        };
        let new = added_lines(before, &self.now);
        for operation in new.iter().take(SHOWN) {
            shell.status("Upstream", &format!("{operation} is new"));
        }
        if let Some(more @ 1..) = new.len().checked_sub(SHOWN) {
            shell.status("Upstream", &format!("{more} more operations are new"));
        }
    }

    /// Says what is new and records it.
    pub(crate) fn place(&self, disk: &dyn Disk, shell: &mut Shell) -> Result<(), Failure> {
        self.tell(shell);
        if self.before.as_ref() == Some(&self.now) {
            return Ok(());
        }
        shell.status("Writing", &self.shown);
        write(disk, Path::new(&self.shown), &self.now)
    }
}

/// The operations that are recorded in a client's folder; `None` where there is no record.
pub(crate) fn recorded(path: &Path, shown: &str) -> Result<Option<String>, Failure> {
    if !exists(path) {
        return Ok(None);
    }
    let bytes = read::file(path, Source::MOST as u64, Links::Refused);
    let bytes = bytes.map_err(|unread| {
        let reason = match unread {
            Unread::NoFile(what) => what.to_owned(),
            Unread::Failed(error) => error.to_string(),
        };
        let problem = format!("`{shown}` cannot be read: {reason}");
        Failure::new(DECIDE, problem, "remove it, then cut the slice again")
    })?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

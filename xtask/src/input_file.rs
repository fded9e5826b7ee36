//! Reads the files of inputs.

use std::io::ErrorKind;
use std::path::Path;

use codegen::diagnostic::{Diagnostic, Place};
use codegen::source::{Input, Source};

use crate::exit::{DECIDE, Failure};
use crate::read::{self, Links, ReadError};
use crate::shell::Shell;
use crate::show::show;

/// An input that cannot be read, and the diagnostic about it.
pub(crate) struct UnreadableInput(Box<(Source, Diagnostic)>);

impl UnreadableInput {
    /// Creates the diagnostic about an input.
    pub(crate) fn new(shown: &str, input: Input, reason: &str) -> Self {
        let place = Place::Whole(input);
        let message = format!("`{shown}` cannot be read: {reason}");
        let diagnostic = Diagnostic::new(&codegen::diagnostics::UNREADABLE, place, message);
        Self(Box::new((
            Source::new(input, shown, Vec::new()),
            diagnostic,
        )))
    }

    /// Shows the diagnostic and returns the failure.
    pub(crate) fn report(self, shell: &mut Shell) -> Failure {
        let (source, diagnostic) = *self.0;
        show(&[diagnostic], &[&source], shell);
        unreadable_input()
    }
}

/// Returns the failure about inputs that cannot be read.
pub(crate) fn unreadable_input() -> Failure {
    Failure::new(DECIDE, "an input cannot be read", "follow the help above")
}

/// Whether a path exists, also as a broken link.
pub(crate) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Reads an input in a client's folder or in a folder of documents.
pub(crate) fn read(path: &Path, shown: &str, input: Input) -> Result<Source, UnreadableInput> {
    let links = match input {
        Input::Document | Input::Overlay | Input::Config => Links::Followed,
        // Files that are copied into a crate must not reveal other files through links.
        Input::Guide | Input::Example => Links::Refused,
    };
    let read = read::file(path, Source::MAX_BYTES as u64, links);
    source(read, path, shown, input)
}

/// Reads an input that the command line names, which may be a pipe.
pub(crate) fn named(shown: &str, input: Input) -> Result<Source, UnreadableInput> {
    let path = Path::new(shown);
    let name = shown.replace('\\', "/");
    if !read::is_handle(path) {
        return self::read(path, &name, input);
    }
    let read = read::handle(path, Source::MAX_BYTES as u64);
    source(read, path, &name, input)
}

fn source(
    read: Result<Vec<u8>, ReadError>,
    path: &Path,
    shown: &str,
    input: Input,
) -> Result<Source, UnreadableInput> {
    let reason = match read {
        Ok(bytes) => return Ok(Source::new(input, shown, bytes)),
        Err(ReadError::NotAFile(what)) => what.to_owned(),
        Err(ReadError::Io(error)) if error.kind() == ErrorKind::NotFound => {
            if exists(path) {
                "it is a broken link".to_owned()
            } else {
                "the file does not exist".to_owned()
            }
        }
        Err(ReadError::Io(error)) => error.to_string(),
    };
    Err(UnreadableInput::new(shown, input, &reason))
}

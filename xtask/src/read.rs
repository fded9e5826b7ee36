//! Reads files; no other module does.
//!
//! A path may be a pipe that nobody writes to, a device that never ends, or a link to either. So the
//! type of a file is checked before it is opened and again on its handle; opening does not block, and
//! reading stops at a limit.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Maximum size of all files of a crate in bytes.
pub(crate) const MAX_CRATE_BYTES: u64 = 1 << 30;

/// The message about a link that is not followed.
pub(crate) const LINK: &str = "it is a link, which is not followed here";

/// Whether links are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// Links to files are followed, because people share documents so.
    Followed,
    /// Links are refused, for files that are copied or compared.
    Refused,
}

/// Why a file cannot be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The system reported an error.
    Io(io::Error),
    /// The path is not a regular file; the text says what it is.
    NotAFile(&'static str),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads a file up to a maximum size and one byte more, which shows that it is too large.
pub(crate) fn file(path: &Path, max_bytes: u64, links: Links) -> Result<Vec<u8>, ReadError> {
    up_to(open(path, links)?, max_bytes)
}

/// Reads a handle that the program was started with, such as `/dev/stdin` or the pipe of a shell. The
/// caller chose and opened it, so its type is not checked.
pub(crate) fn handle(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    #[expect(clippy::disallowed_methods, reason = "only this module reads files")]
    let handle = File::open(path)?;
    up_to(handle, max_bytes)
}

/// Whether a path names such a handle.
pub(crate) fn is_handle(path: &Path) -> bool {
    ["/dev/fd", "/proc/self/fd"]
        .iter()
        .any(|folder| path.parent() == Some(Path::new(folder)))
        || path == Path::new("/dev/stdin")
}

fn up_to(file: File, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    file.take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn open(path: &Path, links: Links) -> Result<File, ReadError> {
    let data = match links {
        Links::Followed => path.metadata(),
        Links::Refused => path.symlink_metadata(),
    };
    // Opening a device may have an effect.
    expect_file(&data?)?;
    let file = opened(path, links)?;
    // The path may have been replaced meanwhile.
    expect_file(&file.metadata()?)?;
    Ok(file)
}

#[expect(clippy::disallowed_methods, reason = "only this module reads files")]
fn opened(path: &Path, links: Links) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let follow = match links {
            Links::Followed => 0,
            Links::Refused => libc::O_NOFOLLOW,
        };
        // Opening a pipe without a writer must not block.
        options.custom_flags(libc::O_NONBLOCK | follow);
    }
    #[cfg(not(unix))]
    let _ = links;
    options.open(path)
}

fn expect_file(data: &Metadata) -> Result<(), ReadError> {
    if data.is_file() {
        return Ok(());
    }
    let kind = data.file_type();
    let special = || special(kind).unwrap_or("it is not a file");
    Err(ReadError::NotAFile(match kind {
        kind if kind.is_dir() => "it is a folder",
        kind if kind.is_symlink() => LINK,
        _ => special(),
    }))
}

#[cfg(unix)]
fn special(kind: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    let kinds = [
        (kind.is_fifo(), "it is a pipe, not a file"),
        (kind.is_socket(), "it is a socket, not a file"),
        (kind.is_char_device(), "it is a device, not a file"),
        (kind.is_block_device(), "it is a device, not a file"),
    ];
    kinds.iter().find(|(is, _)| *is).map(|(_, what)| *what)
}

#[cfg(not(unix))]
fn special(_kind: FileType) -> Option<&'static str> {
    None
}

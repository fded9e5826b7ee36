//! The one place where files are read.
//!
//! A name may stand for anything: a pipe that nobody writes to, a device that never ends, a link to
//! either. So a file is looked at before it is opened, opened so that nothing waits, looked at
//! again through its handle, and read up to a bound.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// The most bytes that all files of a crate have.
pub(crate) const MOST_OF_CRATE: u64 = 1 << 30;

/// What is said of a link where none is read through.
pub(crate) const LINK: &str = "it is a link, which is not followed here";

/// Whether a link is read through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// To a file, as people share documents.
    Followed,
    /// What is copied or compared byte by byte is only what stands there itself.
    Refused,
}

/// Why nothing was read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The system says so.
    Failed(io::Error),
    /// It is not a file: what it is instead.
    NoFile(&'static str),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// What a file holds, up to a number of bytes and one more, by which it is found too large.
pub(crate) fn file(path: &Path, most: u64, links: Links) -> Result<Vec<u8>, Unread> {
    up_to(open(path, links)?, most)
}

/// What a handle holds that this program was started with, as `/dev/stdin` or the pipe of a shell.
/// Whoever started it decides what it is, and has opened it already.
pub(crate) fn handle(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let handle = File::open(path)?;
    up_to(handle, most)
}

/// Whether a path names such a handle.
pub(crate) fn is_handle(path: &Path) -> bool {
    ["/dev/fd", "/proc/self/fd"]
        .iter()
        .any(|folder| path.parent() == Some(Path::new(folder)))
        || path == Path::new("/dev/stdin")
}

fn up_to(file: File, most: u64) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn open(path: &Path, links: Links) -> Result<File, Unread> {
    let data = match links {
        Links::Followed => path.metadata(),
        Links::Refused => path.symlink_metadata(),
    };
    // Opening alone may do something to a device.
    expect_file(&data?)?;
    let file = opened(path, links)?;
    // Something else may have its name by now.
    expect_file(&file.metadata()?)?;
    Ok(file)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place")]
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
        // A pipe that nobody writes to is opened at once, to be found one.
        options.custom_flags(libc::O_NONBLOCK | follow);
    }
    #[cfg(not(unix))]
    let _ = links;
    options.open(path)
}

fn expect_file(data: &Metadata) -> Result<(), Unread> {
    if data.is_file() {
        return Ok(());
    }
    let kind = data.file_type();
    let special = || special(kind).unwrap_or("it is no file");
    Err(Unread::NoFile(match kind {
        kind if kind.is_dir() => "it is a folder",
        kind if kind.is_symlink() => LINK,
        _ => special(),
    }))
}

#[cfg(unix)]
fn special(kind: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    let kinds = [
        (kind.is_fifo(), "it is a pipe, and not a file"),
        (kind.is_socket(), "it is a socket, and not a file"),
        (kind.is_char_device(), "it is a device, and not a file"),
        (kind.is_block_device(), "it is a device, and not a file"),
    ];
    kinds.iter().find(|(is, _)| *is).map(|(_, what)| *what)
}

#[cfg(not(unix))]
fn special(_kind: FileType) -> Option<&'static str> {
    None
}

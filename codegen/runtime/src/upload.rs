//! Request bodies and files: bytes, or the output of a reader.

use std::collections::VecDeque;
use std::fmt;
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};

use crate::RequestError;

type Reader = Pin<Box<dyn AsyncRead + Send>>;

/// A request body, or a part of one: bytes, or the output of a reader.
///
/// Bytes can be sent several times. A reader can be read only once: a call whose request contains one
/// is never retried, and clones share the reader.
///
/// ```
/// use openapi_client_runtime::Upload;
///
/// let bytes = Upload::from("a,b\n1,2\n");
/// assert_eq!(bytes.length(), Some(8));
/// let stream = Upload::reader(tokio::io::empty(), None);
/// assert_eq!(stream.length(), None);
/// ```
#[derive(Clone)]
pub struct Upload(Source);

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Reader {
        reader: Arc<Mutex<Option<Reader>>>,
        length: Option<u64>,
    },
}

impl Upload {
    /// Creates an upload from a reader, which is read to its end.
    ///
    /// With a `length` in bytes the request has a `Content-Length` header, and the call fails if the
    /// reader returns another number of bytes. Without it the body is sent with chunked transfer
    /// coding (RFC 9112 section 7.1), which not every server supports.
    pub fn reader(reader: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        let reader: Reader = Box::pin(reader);
        Self(Source::Reader {
            reader: Arc::new(Mutex::new(Some(reader))),
            length,
        })
    }

    /// Returns the length in bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Reader { length, .. } => *length,
        }
    }

    /// Creates a request body. This takes the reader, if there is one.
    ///
    /// # Errors
    ///
    /// [`RequestError::Consumed`] if the reader was already taken.
    pub fn body(&self) -> Result<reqwest::Body, RequestError> {
        Ok(Pieces::from(vec![self.piece()?]).into_body())
    }

    pub(crate) fn piece(&self) -> Result<Piece, RequestError> {
        match &self.0 {
            Source::Bytes(bytes) => Ok(Piece::Bytes(bytes.clone())),
            Source::Reader { reader, length } => {
                let mut reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
                let reader = reader.take().ok_or(RequestError::Consumed)?;
                Ok(Piece::Reader {
                    reader: Mutex::new(reader),
                    remaining: *length,
                })
            }
        }
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Bytes(bytes))
    }
}

macro_rules! from_bytes {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Upload {
            fn from(bytes: $ty) -> Self {
                Self::from(Bytes::from(Vec::from(bytes)))
            }
        }
    )*};
}

from_bytes!(Vec<u8>, &[u8], String, &str);

impl<const N: usize> From<[u8; N]> for Upload {
    fn from(bytes: [u8; N]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Upload {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.to_vec())
    }
}

/// Prints the length, if it is known.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut upload = f.debug_struct("Upload");
        match self.length() {
            Some(length) => upload.field("bytes", &length),
            None => &mut upload,
        };
        upload.finish_non_exhaustive()
    }
}

/// A file of a form: its content, name and media type.
///
/// ```
/// use openapi_client_runtime::File;
///
/// let file = File::new("a,b\n1,2\n").named("numbers.csv").of_type("text/csv");
/// # let _ = file;
/// ```
#[derive(Clone, Debug)]
pub struct File {
    pub(crate) content: Upload,
    pub(crate) name: Option<String>,
    pub(crate) content_type: Option<String>,
}

impl File {
    /// Creates a file with this content. By default it has the name of the form field and the media
    /// type that the API document declares.
    pub fn new(content: impl Into<Upload>) -> Self {
        Self {
            content: content.into(),
            name: None,
            content_type: None,
        }
    }

    /// Sets the file name. Many servers derive the media type from its extension.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, for example `text/csv`.
    #[must_use]
    pub fn of_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }
}

impl<T: Into<Upload>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// A piece of a body.
pub(crate) enum Piece {
    Bytes(Bytes),
    Reader {
        /// In a mutex without contention, because bodies must be `Sync`.
        reader: Mutex<Reader>,
        /// The bytes that are not read yet, if the length is known.
        remaining: Option<u64>,
    },
}

/// A body of several pieces, which are sent one after the other.
pub(crate) struct Pieces(VecDeque<Piece>);

impl From<Vec<Piece>> for Pieces {
    fn from(pieces: Vec<Piece>) -> Self {
        Self(pieces.into())
    }
}

impl Pieces {
    /// Converts the pieces into a request body. Without readers it can be sent several times.
    pub(crate) fn into_body(mut self) -> reqwest::Body {
        if let (Some(Piece::Bytes(bytes)), 1) = (self.0.front(), self.0.len()) {
            return bytes.clone().into();
        }
        if self.0.iter().all(|piece| matches!(piece, Piece::Bytes(_))) {
            let mut all = Vec::new();
            for piece in &mut self.0 {
                if let Piece::Bytes(bytes) = piece {
                    all.extend_from_slice(bytes);
                }
            }
            return all.into();
        }
        reqwest::Body::wrap(self)
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let queue = &mut self.get_mut().0;
        while let Some(piece) = queue.front_mut() {
            let bytes = match piece {
                Piece::Bytes(bytes) => std::mem::take(bytes),
                Piece::Reader { reader, remaining } => {
                    let reader = reader.get_mut().unwrap_or_else(PoisonError::into_inner);
                    ready!(read(reader, remaining, context))?
                }
            };
            if !bytes.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            queue.pop_front();
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.0.iter().try_fold(0_u64, |sum, piece| match piece {
            Piece::Bytes(bytes) => sum.checked_add(bytes.len() as u64),
            Piece::Reader { remaining, .. } => sum.checked_add((*remaining)?),
        });
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Reads the next bytes of a reader; none at its end.
fn read(
    reader: &mut Reader,
    remaining: &mut Option<u64>,
    context: &mut Context<'_>,
) -> Poll<Result<Bytes, Error>> {
    /// The size of a read, in bytes.
    const CHUNK_BYTES: usize = 16 * 1024;
    let mut bytes = vec![0; CHUNK_BYTES];
    let mut buffer = ReadBuf::new(&mut bytes);
    ready!(reader.as_mut().poll_read(context, &mut buffer))?;
    let count = buffer.filled().len();
    bytes.truncate(count);
    if let Some(remaining) = remaining {
        match remaining.checked_sub(count as u64) {
            Some(rest) if count > 0 || rest == 0 => *remaining = rest,
            Some(_) => return Poll::Ready(Err(ErrorKind::UnexpectedEof.into())),
            None => return Poll::Ready(Err(ErrorKind::InvalidData.into())),
        }
    }
    Poll::Ready(Ok(bytes.into()))
}

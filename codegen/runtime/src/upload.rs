//! What a caller sends that is not made of values: bytes, or what a reader gives.

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

/// A body, or a part of one, that is sent as it is: bytes, or what a reader gives piece by piece.
///
/// Bytes can be sent as often as a call is repeated. A reader can be read once: a call whose request
/// has one is never repeated, and clones share it.
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
    /// What a reader gives, until it ends. With a length the request says it ahead
    /// (`Content-Length`), and a reader that gives another number of bytes fails the call; without
    /// one the body goes in chunks (RFC 9112 section 7.1), which not every server takes.
    pub fn reader(reader: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        let reader: Reader = Box::pin(reader);
        Self(Source::Reader {
            reader: Arc::new(Mutex::new(Some(reader))),
            length,
        })
    }

    /// How many bytes it has, where that is known ahead.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Reader { length, .. } => *length,
        }
    }

    /// A request's body. It takes the reader.
    ///
    /// # Errors
    ///
    /// [`RequestError::Consumed`] if the reader was taken before.
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
                    left: *length,
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

/// Prints the number of bytes.
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

/// A file in a form: what is in it, what it is called, what it is.
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
    /// A file with this content. It is named like the form's field, and of the media type that the
    /// document declares for it, unless these are set.
    pub fn new(content: impl Into<Upload>) -> Self {
        Self {
            content: content.into(),
            name: None,
            content_type: None,
        }
    }

    /// Names it. Servers tell types by the extension.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Says what it is: its media type.
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

/// A stretch of a body.
pub(crate) enum Piece {
    Bytes(Bytes),
    Reader {
        /// Behind a lock that nobody else has, since bodies must be shareable between threads.
        reader: Mutex<Reader>,
        /// What is still to come, where the length is known.
        left: Option<u64>,
    },
}

/// A body of several stretches, sent one after the other.
pub(crate) struct Pieces(VecDeque<Piece>);

impl From<Vec<Piece>> for Pieces {
    fn from(pieces: Vec<Piece>) -> Self {
        Self(pieces.into())
    }
}

impl Pieces {
    /// Bytes alone become a body that can be sent again.
    pub(crate) fn into_body(mut self) -> reqwest::Body {
        if let (Some(Piece::Bytes(bytes)), 1) = (self.0.front(), self.0.len()) {
            return bytes.clone().into();
        }
        if self.0.iter().all(|it| matches!(it, Piece::Bytes(_))) {
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
                Piece::Reader { reader, left } => {
                    let reader = reader.get_mut().unwrap_or_else(PoisonError::into_inner);
                    ready!(read(reader, left, context))?
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
            Piece::Reader { left, .. } => sum.checked_add((*left)?),
        });
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The next bytes of a reader; none at its end.
fn read(
    reader: &mut Reader,
    left: &mut Option<u64>,
    context: &mut Context<'_>,
) -> Poll<Result<Bytes, Error>> {
    const ROOM: usize = 16 * 1024;
    let mut bytes = vec![0; ROOM];
    let mut buffer = ReadBuf::new(&mut bytes);
    ready!(reader.as_mut().poll_read(context, &mut buffer))?;
    let count = buffer.filled().len();
    bytes.truncate(count);
    if let Some(left) = left {
        match left.checked_sub(count as u64) {
            Some(rest) if count > 0 || rest == 0 => *left = rest,
            Some(_) => return Poll::Ready(Err(ErrorKind::UnexpectedEof.into())),
            None => return Poll::Ready(Err(ErrorKind::InvalidData.into())),
        }
    }
    Poll::Ready(Ok(bytes.into()))
}

//! The texts that go in: the document, its overlay, its packaging.

/// Which input a text is. Findings name it, the lock file records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The OpenAPI document (the stored slice, or any full document).
    Document,
    /// The OpenAPI Overlay with our corrections to the document.
    Overlay,
    /// The packaging of the client (`client.yaml`).
    Config,
}

/// An input text with the name it is shown by.
///
/// Bytes and not `str`: that a file is not UTF-8 is a finding like any other.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which input this is.
    pub input: Input,
    /// How findings name it: a path with forward slashes, relative to where the user stands.
    pub name: String,
    /// The file's content, unchanged.
    pub bytes: Vec<u8>,
}

impl Source {
    /// An input with its shown name and content.
    pub fn new(input: Input, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            input,
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

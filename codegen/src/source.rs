//! The texts that go in: the document, its overlay, its packaging, and what people wrote about it.

/// Which input a text is. Diagnostics name it, the lock file records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The OpenAPI document (the stored slice, or any full document).
    Document,
    /// The OpenAPI Overlay with our corrections to the document.
    Overlay,
    /// The packaging of the client (`client.yaml`).
    Config,
    /// What the crate's front page says beyond the document (`guide.md`).
    Guide,
    /// A program that shows how the client is used (`examples/NAME.rs`).
    Example,
}

/// An input text with the name it is shown by.
///
/// Bytes and not `str`: that a file is not UTF-8 is a diagnostic like any other.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which input this is.
    pub input: Input,
    /// How diagnostics name it: a path with forward slashes, relative to where the user stands.
    pub name: String,
    /// The file's content, unchanged.
    pub bytes: Vec<u8>,
}

impl Source {
    /// The most bytes that an input may have.
    pub const MOST: usize = crate::bounds::BYTES;

    /// The last part of its name.
    pub fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// What the lock file calls it: its role, and its file where there may be several of that role.
    pub fn role(&self) -> String {
        match self.input {
            Input::Document => "document".to_owned(),
            Input::Overlay => "overlay".to_owned(),
            Input::Config => "config".to_owned(),
            Input::Guide => "guide".to_owned(),
            Input::Example => format!("examples/{}", self.file_name()),
        }
    }

    /// An input with its shown name and content.
    pub fn new(input: Input, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            input,
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

//! The inputs: the document, its overlay, its packaging, the guide and the examples.

/// The role of an input, which diagnostics and the lock file refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The OpenAPI document (the stored slice, or any full document).
    Document,
    /// The OpenAPI Overlay with corrections to the document.
    Overlay,
    /// The packaging of the client (`client.yaml`).
    Config,
    /// The guide for the crate's front page (`guide.md`).
    Guide,
    /// An example program (`examples/NAME.rs`).
    Example,
}

/// An input with its display name.
///
/// The content is bytes, so that invalid UTF-8 is reported as a diagnostic.
#[derive(Clone, Debug)]
pub struct Source {
    /// Role of the input.
    pub input: Input,
    /// Display name: a path with forward slashes, relative to the current folder.
    pub name: String,
    /// The file's content, unchanged.
    pub bytes: Vec<u8>,
}

impl Source {
    /// Maximum size of an input in bytes.
    pub const MAX_BYTES: usize = crate::bounds::BYTES;

    /// Returns the last part of the name.
    pub fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// Returns the key in the lock file: the role, and the file if there may be several.
    pub fn role(&self) -> String {
        match self.input {
            Input::Document => "document".to_owned(),
            Input::Overlay => "overlay".to_owned(),
            Input::Config => "config".to_owned(),
            Input::Guide => "guide".to_owned(),
            Input::Example => format!("examples/{}", self.file_name()),
        }
    }

    /// Creates an input.
    pub fn new(input: Input, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            input,
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

//! First stage: bytes to a tree.

mod document;
mod object;
#[cfg(test)]
mod tests;
mod tree;
mod version;
mod write;

pub use document::{Parsed, document};
pub(crate) use object::tree;
pub use tree::DEPTH;
pub use version::Version;
pub(crate) use write::to_text;

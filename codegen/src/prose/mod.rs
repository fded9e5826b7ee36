//! Documentation of the generated crate, in which nothing of the document has an effect.

mod address;
mod blocks;
mod characters;
mod containers;
mod doc;
mod inline;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use doc::Doc;
pub(crate) use words::{Words, one_line, span};

//! Second stage: corrections to the document, written as an OpenAPI Overlay 1.0.

mod action;
mod apply;
mod limits;
mod read;
mod removal;
#[cfg(test)]
mod tests;
mod touched;
mod work;

pub use apply::{Corrected, apply};
pub(crate) use touched::{Touched, touched};

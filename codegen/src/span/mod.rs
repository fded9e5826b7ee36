//! Where in a text a node stands.

mod json;
mod node;
mod positions;
#[cfg(test)]
mod tests;
mod yaml;

pub use positions::{Position, Positions};
pub(crate) use yaml::{deeper_than, node, second_document};

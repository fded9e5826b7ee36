//! Positions of nodes in the text of an input.

mod json;
mod node;
mod positions;
#[cfg(test)]
mod tests;
mod yaml;

pub use positions::{Position, Positions};
pub(crate) use yaml::{deeper_than, nth_node, second_document};

//! Third stage: the chosen operations and everything they use, nothing else.

mod anchors;
mod closure;
mod dropped;
mod path_items;
mod selected;
mod selector;
#[cfg(test)]
mod tests;

pub(crate) use closure::COPIES;
pub(crate) use dropped::RULES as LEFT_BEHIND;
pub(crate) use path_items::{METHODS, resolve as resolve_items};
pub use selected::{Selected, operations, select};
pub use selector::Selectors;

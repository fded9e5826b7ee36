//! Finds types that were renamed: by where they are declared and used, or else by their shape.

mod branches;
mod candidates;
mod search;
mod similarity;
mod use_walk;

pub(super) use search::type_renames;

//! Formats the emitted tokens as source files, with a pinned formatter.

mod escape;
mod files;
mod header;
mod invisible;
mod items;
mod macro_table;
mod module;
mod parallel;
mod spacing;

pub(crate) use files::print;
pub(crate) use header::header;
pub(crate) use invisible::{is_unseen, line};
pub(crate) use module::{Module, Part};

//! Renders reports as Markdown and for terminals.

mod details;
mod lists;
mod markdown;
mod terminal;
mod wording;

pub use markdown::markdown;
pub use terminal::human;

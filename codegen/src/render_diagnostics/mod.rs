//! Diagnostics as text for people and as records for programs.

mod excerpt;
mod lines;
mod location;
mod record;
mod render;
mod texts;

pub use location::{Location, locate, locations};
pub use record::{Record, records};
pub use render::{Style, render};

//! The report on a client: its data, ready to be rendered, and how it is built.

mod build;
mod data;
mod inputs;
mod known_items;
mod locate;

pub(super) use build::{build, build_alone};
pub use data::{DiffReport, DocumentChange, InputChange, ReportedChange};

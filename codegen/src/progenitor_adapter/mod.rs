//! Runs progenitor on a document made from the model, and gives the types that it declares.
//!
//! What is kept of progenitor's output: the declarations of structs and newtypes, and the Rust type
//! of every parameter, body, response and branch (see `type_probe`). Requests are written from the
//! model (`emit::request`): progenitor's methods have no place for our encoders, media types and
//! optional bodies, so every statement of them would be replaced.

mod catch_panic;
mod document;
mod module_items;
mod run;
#[cfg(test)]
mod tests;
mod type_probe;

pub(crate) use catch_panic::beside;
pub use catch_panic::{THREAD, isolated};
pub(crate) use document::emitted_by_us;
pub(crate) use module_items::Items;
pub use run::document_of;
pub(crate) use run::run;
pub(crate) use type_probe::{ProbeNames, ProbeProperty, ProbeSchema};

//! Fifth stage: everything that is wrong with a document, reported at once.

mod checked;
mod client;
mod context;
mod http_syntax;
mod operations;
mod parameters;
mod path_template;
mod reference_chain;
mod references;
mod security;
mod servers;
mod structure;

pub use checked::{Checked, check};

//! Fifth stage: everything that is wrong with a document, reported at once, and repaired where the
//! rest of the document does not depend on it.

mod apply_edits;
mod checked;
mod client;
mod context;
mod coverage;
mod http_syntax;
mod missing_member;
mod operations;
mod parameters;
mod path_template;
mod reference_chain;
mod references;
mod repair;
mod security;
mod servers;
mod stand_ins;
mod structure;
mod uses;
mod wrong_type;

pub use checked::{Checked, check};
pub use coverage::Coverage;

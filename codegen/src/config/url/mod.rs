//! URLs of servers and of full documents.

mod checks;
mod punycode;
mod syntax;

pub(super) use checks::check;
pub use checks::check_source;
pub(crate) use checks::{is_base_url, malformed};

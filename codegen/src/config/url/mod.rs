//! URLs of servers and of full documents.

mod checks;
// The rules are those of the runtime, to which the URLs are given.
#[path = "../../../runtime/src/url_syntax/mod.rs"]
mod syntax;

pub(super) use checks::check;
pub use checks::check_source;
pub(crate) use checks::{is_base_url, malformed};

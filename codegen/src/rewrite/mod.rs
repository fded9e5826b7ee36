//! Rewrites the declarations of types that progenitor makes: our attributes and documentation, short
//! paths, and only the `impl`s that a newtype needs.

mod paths;
mod rewritten;
mod types;

pub(crate) use paths::localise;
pub(crate) use rewritten::{Rewritten, rewrite};
pub(crate) use types::{is_patch, member_doc, option_inner, redacted_debug, type_doc};

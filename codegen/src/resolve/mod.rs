//! Sixth stage: every reference of a document is followed once.
//!
//! References to parameters, bodies, responses and path items are replaced by what they lead to.
//! References to schemas stay, since schemas may contain themselves: `References` has what each
//! of them leads to.

mod operations;
mod references;
mod resolved;

pub(crate) use operations::{Located, ResolvedOperation};
pub(crate) use references::References;
pub use resolved::{Resolved, resolve};

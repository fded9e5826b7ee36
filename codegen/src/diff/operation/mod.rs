//! Compares operations: added, removed or renamed; their paths, methods, deprecation and security.

mod compare;
mod identity;
mod security;

pub(super) use compare::compare;

//! Shared parts of the black-box proofs.

pub mod digest;
pub mod server;
pub mod workspace;

/// The README's examples, compiled as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

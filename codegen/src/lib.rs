//! Turns an OpenAPI document into the source of a Rust client.
//!
//! Text in, text and findings out: this crate reads no file, clock or environment and prints
//! nothing. [`pipeline::generate`] is the table of contents; each stage is a module with a type
//! of its own, so that none can be skipped.

mod backend;
pub mod build;
pub mod config;
mod emit;
pub mod finding;
pub mod lower;
pub mod model;
pub mod name;
pub mod pipeline;
pub mod pointer;
mod print;
pub mod report;
mod rewrite;
pub mod source;
pub mod upstream;

//! Turns an OpenAPI document into the source of a Rust client.
//!
//! Text in, text and findings out: this crate reads no file, clock or environment and prints
//! nothing. [`pipeline::generate`] is the table of contents; each stage is a module with a type
//! of its own, so that none can be skipped.

mod backend;
pub mod bounds;
pub mod build;
pub mod canonical;
pub mod check;
pub mod config;
mod culprit;
pub mod diff;
pub mod digest;
mod emit;
pub mod finding;
mod grammar;
pub mod inert;
pub mod kinds;
pub mod lock;
pub mod lower;
pub mod model;
pub mod name;
pub mod overlay;
mod packaging;
pub mod parse;
pub mod pipeline;
pub mod pointer;
pub mod position;
mod print;
mod prose;
pub mod render;
pub mod report;
mod rewrite;
pub mod runtime_sources;
pub mod select;
pub mod slice;
pub mod source;
pub mod upstream;

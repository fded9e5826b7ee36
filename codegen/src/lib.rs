//! Turns an OpenAPI document into the source of a Rust client.
//!
//! Text in, text and diagnostics out: this crate reads no file, clock or environment and prints
//! nothing. [`pipeline::generate`] is the table of contents; each stage is a module with a type
//! of its own, so that none can be skipped.

pub mod api_listing;
mod backend;
mod bisect;
pub mod bounds;
pub mod build;
pub mod canonical;
pub mod check;
mod check_package;
pub mod config;
mod decode;
pub mod diagnostic;
pub mod diagnostics;
pub mod diff;
mod emit;
mod faults;
pub mod inert;
mod keywords;
pub mod lock;
pub mod lower;
pub mod model;
pub mod name;
mod objects;
mod origins;
pub mod overlay;
pub mod parse;
pub mod pipeline;
pub mod pointer;
mod print;
pub mod progenitor_adapter;
mod prose;
pub mod render_diagnostics;
pub mod report;
pub mod resolve;
mod rewrite;
pub mod runtime_sources;
pub mod select;
mod server_url;
pub mod slice;
pub mod source;
pub mod span;
mod suggest;
mod swagger;

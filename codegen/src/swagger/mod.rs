//! Between the first and the second stage: a document in Swagger 2.0 becomes one in OpenAPI 3.0.
//!
//! `parse` calls it, so every later stage, overlays and slices among them, sees OpenAPI 3 only. Each
//! node that moves is recorded with its place in the text, where diagnostics show it. A value of a
//! wrong type is left to the check, at the place to which a right one would have moved.

mod body;
mod conversion;
mod conversion_rules;
mod document;
mod form;
mod list_format;
mod media_types;
mod operation;
mod parameter;
mod path_item;
mod references;
mod response;
mod schema;
mod security;
mod servers;
mod spot;
#[cfg(test)]
mod tests;

pub(crate) use conversion_rules::rules;
pub(crate) use document::convert;

//! Seventh stage: OpenAPI 3.0 and 3.1 become one small set of types that every later stage works
//! with.
//!
//! First the rules for operations are applied to every operation (`operation_rules`), then the rules
//! for schemas to every schema, outermost first (`schema_rules`, `walk`). Each application is logged
//! with its place and what is lost by it. What Rust does not express is moved into descriptions.

mod additional_properties;
mod bodies;
mod branch_names;
mod combination;
mod composed;
mod composition;
mod context;
mod discriminators;
mod documented;
mod form_parts;
mod hoist;
mod lowered;
mod media_types;
mod members;
mod narrowing;
mod operation;
mod operation_draft;
mod operation_ids;
mod operation_rule;
mod operation_rules;
mod overlap;
mod own_server;
mod parameters;
mod paths;
mod responses;
mod rule;
mod scalars;
mod schema;
mod schema_ids;
mod schema_rules;
mod secret_taint;
mod servers;
mod sorted;
mod stage;
mod union_of_constants;
mod union_of_objects;
mod unsupported;
mod walk;

pub(crate) use branch_names::is_branch_name;
pub use lowered::Lowered;
pub(crate) use lowered::{NamedSchema, SecurityScheme, Server};
pub(crate) use media_types::{BodyUse, kind_of};
pub(crate) use operation::{Content, FilePart, FormPart, Operation, Parameter, Response};
pub(crate) use scalars::is_typed_by_examples;
pub(crate) use schema::Discriminator;
pub(crate) use schema::{Branch, Kind, Object, Schema, SchemaId, Union, Width};
pub(crate) use sorted::sorted;
pub use stage::{lower, rules, rules_for_operations, rules_for_schemas};

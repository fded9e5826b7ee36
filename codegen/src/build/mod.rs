//! Ninth stage: the [`Model`](crate::model::Model) is filled from the lowered document.

mod client_facts;
mod discriminators;
mod encoding;
mod enum_values;
mod operation;
mod read_write_only;
mod recursion;
mod stage;
mod token_source;
mod types;
mod usage;

pub(crate) use client_facts::is_environment_name;
pub use stage::model;
pub(crate) use stage::rules;

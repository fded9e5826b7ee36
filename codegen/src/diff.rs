//! What a change of the inputs does to those who call the client: two models compared.
//!
//! Each difference is a row: a rule of the table, the place in the document, the Rust items
//! that it touches. What the documents say and no row is about, and what Rust shows and no row
//! explains, is told as well, so that nothing is passed over in silence.

mod about;
mod arguments;
mod body;
mod call;
mod causes;
mod client;
mod discriminator;
mod document;
mod features;
mod fold;
mod news;
mod operation;
mod page;
mod pair;
mod parameter;
mod renames;
mod resolve;
mod response;
mod row;
mod rules;
mod rust;
mod schema;
mod server;
mod show;
mod successors;
mod terminal;
mod types;
mod unexplained;
mod version;
mod words;

use std::collections::BTreeMap;

use crate::pipeline::Modelled;
use crate::source::Source;

pub use causes::{Cause, Part};
pub use news::{News, added};
pub use page::{Change, Moved, Page, Quiet};
pub use rules::{ALL, Level, Rule};
pub use show::markdown;
pub use terminal::human;

use pair::Pair;
use row::Rows;

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// The model, and the document that it was made from.
    pub modelled: &'a Modelled,
    /// The inputs.
    pub sources: Vec<&'a Source>,
    /// The public API of the crate, as [`crate::api_listing`] has it.
    pub api: Vec<String>,
    /// The public API of the crate that today's generator makes of the same inputs, if it is known.
    pub today: Option<Vec<String>>,
    /// The exact version of each tool that made the crate.
    pub tools: BTreeMap<String, String>,
    /// The operations of the full document, a line each, where they were recorded.
    pub offered: Option<String>,
    /// The rules applied, as `lowering.log` has them.
    pub log: String,
}

/// Compares two sides of a client.
pub fn compare(client: &str, old: &Side<'_>, new: &Side<'_>) -> Page {
    let pair = Pair::new(&old.modelled.model, &new.modelled.model);
    let mut rows = Rows::default();
    client::compare(&pair, &mut rows);
    server::compare(&pair, &mut rows);
    features::compare(&pair, &mut rows);
    operation::compare(&pair, &mut rows);
    types::compare(&pair, &mut rows);
    let leaves = document::leaves(old.modelled, new.modelled, &pair);
    let leaves = document::bounds(leaves, &pair, &mut rows);
    let rows = rows.resolved(old.modelled.document.root(), new.modelled.document.root());
    let mut leaves = document::unnamed(leaves, &rows);
    // No client makes these calls, so no row is about them.
    leaves.extend(document::calls_back(old.modelled, new.modelled, &pair));
    let unexplained = unexplained::lines(old, new, &pair, &rows);
    page::page(client, old, new, rows, leaves, unexplained)
}

/// A client that only one side has.
pub fn alone(client: &str, name: &str, version: &str, added: bool) -> Page {
    page::alone(client, name, version, added)
}

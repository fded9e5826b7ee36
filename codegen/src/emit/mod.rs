//! What progenitor does not make: the client, each operation's face, its errors and decoding,
//! enums, unions, secrets, constructors.

mod client;
mod constructor;
pub(crate) mod doc;
mod enumeration;
mod library;
pub(crate) mod manifest;
mod module;
mod operation;
mod responses;
mod types;
mod union;

use std::collections::BTreeMap;

use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::model::Model;
use crate::rewrite::Rewritten;
pub(crate) use constructor::POSITIONAL;
pub(crate) use enumeration::unknown_variant;
pub(crate) use union::unknown_branch;

/// The crate's modules as tokens, by path relative to `src/`.
pub(crate) struct Emitted {
    /// One module each.
    pub(crate) modules: BTreeMap<String, Module>,
}

/// A source file before it is printed.
pub(crate) struct Module {
    /// The `//!` lines at its head.
    pub(crate) doc: String,
    /// What goes for the whole file.
    pub(crate) attributes: Vec<syn::Attribute>,
    /// Its items, in order.
    pub(crate) parts: Vec<Part>,
}

/// Items of a source file.
pub(crate) struct Part {
    /// When they are compiled, unless always.
    pub(crate) condition: Option<syn::Attribute>,
    /// The items.
    pub(crate) items: TokenStream,
}

impl Part {
    /// Items that are always there.
    fn always(items: TokenStream) -> Self {
        Self {
            condition: None,
            items,
        }
    }
}

/// Emits every module.
///
/// # Errors
///
/// A name that is no identifier or a slot that progenitor did not type: a defect of a stage
/// before.
pub(crate) fn emit(rewritten: &Rewritten, model: &Model) -> Result<Emitted, String> {
    let mut modules = BTreeMap::new();
    modules.insert("lib.rs".to_owned(), library::library(model));
    modules.insert("client.rs".to_owned(), client::client(rewritten, model)?);
    if !model.types.is_empty() {
        modules.insert("types.rs".to_owned(), types::types(rewritten, model)?);
    }
    for name in module::modules(model) {
        let module = module::module(&name, rewritten, model)?;
        modules.insert(format!("{name}.rs"), module);
    }
    Ok(Emitted { modules })
}

/// Whether a path in the tokens begins with a name, so that the name has to be imported.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let colon = |token: &TokenTree| match token {
        TokenTree::Punct(punct) if punct.as_char() == ':' => Some(punct.spacing()),
        _ => None,
    };
    let quoted = format!("\"{name}::");
    let mut colons = 0;
    let mut rest = tokens.clone().into_iter().peekable();
    while let Some(token) = rest.next() {
        let begins = colons < 2 && rest.peek().and_then(colon) == Some(Spacing::Joint);
        colons = colon(&token).map_or(0, |_| colons + 1);
        match token {
            TokenTree::Group(group) if mentions(&group.stream(), name) => return true,
            TokenTree::Ident(ident) if begins && ident == name => return true,
            // serde is given paths as text.
            TokenTree::Literal(text) if text.to_string().starts_with(&quoted) => return true,
            _ => {}
        }
    }
    false
}

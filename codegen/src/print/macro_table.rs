//! Prints calls of the macros of the runtime, with one table row per line.
//!
//! The formatter would fill the lines, and a new row would move all later ones.

use proc_macro2::{TokenStream, TokenTree};

/// Prints a macro call. A call without a table is printed on one line.
pub(super) fn print_macro(mut call: syn::ItemMacro) -> String {
    let tokens = std::mem::take(&mut call.mac.tokens);
    let empty = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![syn::Item::Macro(call)],
    };
    let mut text = prettyplease::unparse(&empty);
    text.truncate(text.trim_end().trim_end_matches(");").len());
    for token in tokens {
        match token {
            TokenTree::Group(table) => {
                text.push_str(" {");
                text.push_str(&rows(table.stream()));
                text.push_str("\n}");
            }
            word => {
                if !text.ends_with('(') {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
    text.push_str(");\n");
    text
}

/// Prints the rows of a table, each on its own line.
fn rows(rows: TokenStream) -> String {
    let mut text = String::new();
    let mut starts_row = true;
    for token in rows {
        let word = token.to_string();
        let joins =
            matches!(token, TokenTree::Group(_)) || matches!(word.as_str(), "," | ":" | ".");
        if starts_row {
            text.push_str("\n    ");
        } else if !joins && !text.ends_with("..") {
            text.push(' ');
        }
        text.push_str(&word);
        starts_row = word == ",";
    }
    text
}

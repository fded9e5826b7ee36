//! The items of a module, parsed one after the other.
//!
//! A syntax tree takes many times the memory of its tokens, and most of what typify makes is
//! dropped at once.

use proc_macro2::{Delimiter, TokenStream, TokenTree, token_stream};

/// The items of a module that are still to be parsed.
pub(crate) struct Items(token_stream::IntoIter);

impl Items {
    /// The items of the module `types` of progenitor's output.
    pub(super) fn of_types(file: TokenStream) -> Option<Self> {
        let mut tokens = file.into_iter();
        while let Some(token) = tokens.next() {
            let TokenTree::Ident(word) = token else {
                continue;
            };
            if word != "mod" {
                continue;
            }
            if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(content))) =
                (tokens.next(), tokens.next())
                && name == "types"
            {
                let content = {
                    let group = content;
                    group.stream()
                };
                // Tokens that nothing else holds go as they are parsed; others would be copied.
                drop(tokens);
                return Some(Self(content.into_iter()));
            }
        }
        None
    }
}

impl Iterator for Items {
    type Item = Result<syn::Item, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut tokens = Vec::new();
        for token in self.0.by_ref() {
            let ends = match &token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(sign) => sign.as_char() == ';',
                _ => false,
            };
            tokens.push(token);
            if ends {
                break;
            }
        }
        if tokens.is_empty() {
            return None;
        }
        let item = syn::parse2(tokens.into_iter().collect());
        Some(item.map_err(|error| error.to_string()))
    }
}

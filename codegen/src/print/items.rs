//! Prints items, with an empty line before each.

use super::macro_table::print_macro;
use super::spacing::add_empty_lines;

/// Prints items. Imports and module declarations form blocks without empty lines.
pub(super) fn print_items(items: Vec<syn::Item>) -> String {
    let mut text = String::new();
    let mut after_import = false;
    for item in items {
        let is_import = matches!(&item, syn::Item::Use(_));
        if !(is_import && after_import) {
            text.push('\n');
        }
        after_import = is_import;
        if let syn::Item::Macro(call) = item {
            text.push_str(&print_macro(call));
            continue;
        }
        let single = syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        };
        text.push_str(&add_empty_lines(&prettyplease::unparse(&single)));
    }
    text
}

/// Adds a `cfg` attribute to items, after their documentation.
pub(super) fn set_condition(items: &mut [syn::Item], condition: &syn::Attribute) {
    for item in items {
        if let Some(attributes) = attributes(item) {
            let docs = attributes
                .iter()
                .take_while(|attribute| attribute.path().is_ident("doc"));
            attributes.insert(docs.count(), condition.clone());
        }
    }
}

/// Returns the attributes of an item of the module of types.
fn attributes(item: &mut syn::Item) -> Option<&mut Vec<syn::Attribute>> {
    match item {
        syn::Item::Const(item) => Some(&mut item.attrs),
        syn::Item::Enum(item) => Some(&mut item.attrs),
        syn::Item::Fn(item) => Some(&mut item.attrs),
        syn::Item::Impl(item) => Some(&mut item.attrs),
        syn::Item::Macro(item) => Some(&mut item.attrs),
        syn::Item::Struct(item) => Some(&mut item.attrs),
        syn::Item::Type(item) => Some(&mut item.attrs),
        _ => None,
    }
}

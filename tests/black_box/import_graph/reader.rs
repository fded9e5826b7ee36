//! Reads the names that an item defines, imports and uses.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// One name that a `use` brings into a module.
#[derive(Clone)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// The name in the module; `*` where all names of a module are imported.
    pub(super) name: String,
}

/// Collects the names of one item.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) items: Vec<String>,
    pub(super) imports: Vec<Import>,
    pub(super) paths: Vec<Vec<String>>,
    /// Modules by name, with their items where they are written inline.
    pub(super) modules: Vec<(String, Option<Vec<Item>>)>,
}

impl Visit<'_> for Reader {
    fn visit_item(&mut self, item: &Item) {
        if attributes(item).iter().any(is_test) {
            return;
        }
        match item {
            // Its file is in another crate, which imports nothing of this one.
            Item::Mod(module)
                if module
                    .attrs
                    .iter()
                    .any(|attribute| attribute.path().is_ident("path")) =>
            {
                self.items.push(module.ident.to_string());
            }
            Item::Mod(module) => {
                let content = module.content.as_ref().map(|(_, items)| items.clone());
                return self.modules.push((module.ident.to_string(), content));
            }
            Item::Use(item) => return self.tree(&item.tree, Vec::new()),
            item => self.items.extend(name(item)),
        }
        visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let segments = path.segments.iter();
        let path_of = segments.map(|segment| segment.ident.to_string()).collect();
        self.paths.push(path_of);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &syn::Macro) {
        visit::visit_path(self, &called.path);
        // The paths in there are those of the code that is generated.
        let quotes = ["quote", "quote_spanned", "parse_quote"];
        let name = called
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string());
        if name.is_none_or(|name| !quotes.contains(&name.as_str())) {
            self.tokens(called.tokens.clone());
        }
    }
}

impl Reader {
    fn tree(&mut self, tree: &UseTree, mut path: Vec<String>) {
        match tree {
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.tree(&inner.tree, path);
            }
            UseTree::Group(group) => {
                let trees = group.items.iter();
                trees.for_each(|inner| self.tree(inner, path.clone()));
            }
            UseTree::Name(name) if name.ident == "self" => {
                let name = path.last().cloned().unwrap_or_default();
                self.imports.push(Import { path, name });
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                path.push(name.clone());
                self.imports.push(Import { path, name });
            }
            UseTree::Rename(renamed) => {
                if renamed.ident != "self" {
                    path.push(renamed.ident.to_string());
                }
                let name = renamed.rename.to_string();
                self.imports.push(Import { path, name });
            }
            UseTree::Glob(_) => {
                let name = "*".to_owned();
                self.imports.push(Import { path, name });
            }
        }
    }

    /// The paths in a macro's tokens, which are no syntax yet.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.paths.push(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.paths.push(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.paths.push(path);
        self.paths.retain(|path| path.len() > 1);
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_test(attribute: &Attribute) -> bool {
    let list = attribute.meta.require_list();
    list.is_ok_and(|list| list.path.is_ident("cfg") && list.tokens.to_string() == "test")
}

fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

//! Tokens become files: formatted by a pinned library, with an empty line between items.

mod mention;
mod press;
mod unseen;

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};

use crate::config::{Job, Layout};
use crate::emit::Module;
use crate::inert::visible;
pub(crate) use unseen::{is_unseen, line};

/// The first line of every generated file: the command and the input, and nothing that varies.
/// What varies stands in the lock file.
pub(crate) fn header(job: &Job<'_>) -> String {
    let shown = job.document.name.as_str();
    let (input, command) = match job.layout {
        Layout::Member => (shown, "regenerate"),
        // Where the document lies is the user's affair.
        Layout::Standalone => (shown.rsplit('/').next().unwrap_or(shown), "generate"),
    };
    let input = visible(input);
    format!("Generated from {input} by `cargo xtask {command}`. Do not edit.")
}

/// A part of a source file as it is printed.
pub(crate) struct Printed {
    /// Whether some builds leave it out.
    pub(crate) conditional: bool,
    text: String,
}

impl Printed {
    /// Whether a path in the code begins with a name, so that the name has to be imported.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        mention::mentions(&self.text, name)
    }
}

/// Whether a path in any of the parts begins with a name.
pub(crate) fn mentioned(printed: &[Printed], name: &str) -> bool {
    printed.iter().any(|it| it.mentions(name))
}

/// Prints every module that `emit` hands over, by path in the crate.
///
/// # Errors
///
/// A module that is not Rust: a defect of a stage before. The first error of `emit` as well.
pub(crate) fn print(
    header: &str,
    emit: impl FnOnce(&mut dyn FnMut(Module<'_>) -> Result<(), String>) -> Result<(), String>,
) -> Result<BTreeMap<String, String>, String> {
    let mut heads = Vec::new();
    let printed = press::press(|press| {
        emit(&mut |module: Module<'_>| {
            let file = heads.len();
            heads.push(Head {
                path: format!("src/{}", module.path),
                text: head(&module, header),
                imports: module.imports,
            });
            let mut parts = module.parts;
            parts.try_for_each(|part| press.take(file, part?))
        })
    })?;
    let mut printed = printed.into_iter().peekable();
    let mut files = BTreeMap::new();
    for (file, head) in heads.into_iter().enumerate() {
        let path = head.path.clone();
        let mut parts = Vec::new();
        while let Some((_, part)) = printed.next_if(|(of, _)| *of == file) {
            parts.push(part.map_err(|error| format!("{path}: {error}"))?);
        }
        let text = head
            .whole(parts)
            .map_err(|error| format!("{path}: {error}"))?;
        files.insert(path, text);
    }
    Ok(files)
}

/// A source file whose parts are being printed.
struct Head {
    path: String,
    text: String,
    imports: fn(&[Printed]) -> TokenStream,
}

impl Head {
    fn whole(self, parts: Vec<Printed>) -> Result<String, String> {
        let mut text = self.text;
        let imports = syn::parse2((self.imports)(&parts));
        let imports: syn::File = imports.map_err(|error: syn::Error| error.to_string())?;
        text.push_str(&items(imports.items));
        text.reserve_exact(parts.iter().map(|part| part.text.len()).sum());
        // Each part is dropped as soon as it is copied.
        for part in parts {
            text.push_str(&part.text);
        }
        unseen::source(text)
    }
}

/// What stands above the items of a file.
fn head(module: &Module, header: &str) -> String {
    let head = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: [module.doc.inner_attributes(), module.attributes.clone()].concat(),
        items: Vec::new(),
    };
    format!("// {header}\n\n{}", prettyplease::unparse(&head))
}

/// Prints items, with an empty line before each.
fn items(items: Vec<syn::Item>) -> String {
    let mut text = String::new();
    let mut previous_use = false;
    for item in items {
        // Imports and module declarations stand in blocks.
        let grouped = matches!(&item, syn::Item::Use(_));
        if !(grouped && previous_use) {
            text.push('\n');
        }
        previous_use = grouped;
        if let syn::Item::Macro(table) = item {
            text.push_str(&rows(table));
            continue;
        }
        let single = syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        };
        text.push_str(&spaced(&prettyplease::unparse(&single)));
    }
    text
}

/// Prints a macro's table with one row on each line: the formatter would fill the lines, and a new
/// row would move all that follow. A macro without a table stands on a line.
fn rows(mut table: syn::ItemMacro) -> String {
    let tokens = std::mem::take(&mut table.mac.tokens);
    let empty = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![syn::Item::Macro(table)],
    };
    let mut text = prettyplease::unparse(&empty);
    text.truncate(text.trim_end().trim_end_matches(");").len());
    for token in tokens {
        match token {
            TokenTree::Group(table) => {
                text.push_str(" {");
                text.push_str(&lines(table.stream()));
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

/// The rows of a table, each on a line of its own.
fn lines(rows: TokenStream) -> String {
    let mut text = String::new();
    let mut begins = true;
    for token in rows {
        let word = token.to_string();
        let joins =
            matches!(token, TokenTree::Group(_)) || matches!(word.as_str(), "," | ":" | ".");
        if begins {
            text.push_str("\n    ");
        } else if !joins && !text.ends_with("..") {
            text.push(' ');
        }
        text.push_str(&word);
        begins = word == ",";
    }
    text
}

/// Has items compiled only under a condition, which is said after their documentation.
fn set_condition(items: &mut [syn::Item], condition: &syn::Attribute) {
    for item in items {
        if let Some(attributes) = attributes(item) {
            let docs = attributes.iter().take_while(|it| it.path().is_ident("doc"));
            attributes.insert(docs.count(), condition.clone());
        }
    }
}

/// The attributes of what types are made of.
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

/// The formatter sets the functions of an `impl` close together; a person would not.
fn spaced(text: &str) -> String {
    const STARTS: &[&str] = &[
        "///", "#[", "pub ", "pub(", "fn ", "async ", "type ", "const ",
    ];
    let mut out = String::with_capacity(text.len());
    // Where the previous line ended an item, and how: by a brace or, for `type`, a semicolon.
    let mut ended: Option<(usize, bool)> = None;
    for line in text.lines() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let starts = STARTS.iter().any(|start| bare.starts_with(start));
        let after_block = ended == Some((indent, true)) && starts;
        let after_type = ended == Some((indent, false)) && bare.starts_with("fn ");
        if after_block || after_type {
            out.push('\n');
        }
        ended = match bare {
            "}" | "};" => Some((indent, bare == "}")),
            _ if bare.ends_with(';') && indent == 4 => Some((indent, false)),
            _ => None,
        };
        out.push_str(line);
        out.push('\n');
    }
    out
}

//! Tokens become files: formatted by a pinned library, with an empty line between items.

use crate::config::{Job, Layout};
use crate::emit::doc;
use crate::emit::{Emitted, Module, Part};

/// The first line of every generated file: the command and the input, and nothing that varies.
/// What varies stands in the lock file.
pub(crate) fn header(job: &Job<'_>) -> String {
    let shown = job.document.name.as_str();
    let (input, command) = match job.layout {
        Layout::Member => (shown, "regenerate"),
        // Where the document lies is the user's affair.
        Layout::Standalone => (shown.rsplit('/').next().unwrap_or(shown), "generate"),
    };
    let input = input.replace(char::is_control, " ");
    format!("Generated from {input} by `cargo xtask {command}`. Do not edit.")
}

/// Prints every module.
///
/// # Errors
///
/// A module that is not Rust: a defect of a stage before.
pub(crate) fn print(emitted: Emitted, header: &str) -> Result<Vec<(String, String)>, String> {
    emitted
        .modules
        .into_iter()
        .map(|(path, module)| {
            let text = source(module, header).map_err(|error| format!("src/{path}: {error}"))?;
            Ok((format!("src/{path}"), text))
        })
        .collect()
}

fn source(module: Module, header: &str) -> Result<String, syn::Error> {
    let mut items = Vec::new();
    for Part {
        condition,
        items: part,
    } in module.parts
    {
        let mut file: syn::File = syn::parse2(part)?;
        for item in &mut file.items {
            if let (Some(condition), Some(attributes)) = (&condition, attributes(item)) {
                let docs = attributes.iter().take_while(|it| it.path().is_ident("doc"));
                attributes.insert(docs.count(), condition.clone());
            }
        }
        items.extend(file.items);
    }
    let head = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: [doc::inner_attributes(&module.doc), module.attributes].concat(),
        items: Vec::new(),
    };
    let mut text = format!("// {header}\n\n{}", prettyplease::unparse(&head));
    let mut previous_use = false;
    for item in items {
        // Imports and module declarations stand in blocks.
        let grouped = matches!(&item, syn::Item::Use(_));
        if !(grouped && previous_use) {
            text.push('\n');
        }
        previous_use = grouped;
        let single = syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        };
        text.push_str(&spaced(&prettyplease::unparse(&single)));
    }
    Ok(text)
}

/// The attributes of what types are made of.
fn attributes(item: &mut syn::Item) -> Option<&mut Vec<syn::Attribute>> {
    match item {
        syn::Item::Const(item) => Some(&mut item.attrs),
        syn::Item::Enum(item) => Some(&mut item.attrs),
        syn::Item::Fn(item) => Some(&mut item.attrs),
        syn::Item::Impl(item) => Some(&mut item.attrs),
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

//! Tokens become files: formatted by a pinned library, with an empty line between items.

use crate::emit::doc;
use crate::emit::{Emitted, Module};

/// The first lines of every generated file.
///
/// It names the command and the input's role only: what varies stands in the lock file.
pub(crate) const HEADER: &str =
    "Generated from the OpenAPI document by `cargo xtask regenerate`. Do not edit.";

/// Prints every module.
///
/// # Errors
///
/// A module that is not Rust: a defect of a stage before.
pub(crate) fn print(emitted: Emitted) -> Result<Vec<(String, String)>, String> {
    emitted
        .modules
        .into_iter()
        .map(|(path, module)| {
            let text = source(module).map_err(|error| format!("src/{path}: {error}"))?;
            Ok((format!("src/{path}"), text))
        })
        .collect()
}

fn source(module: Module) -> Result<String, syn::Error> {
    let file: syn::File = syn::parse2(module.items)?;
    let head = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: [doc::inner_attributes(&module.doc), module.attributes].concat(),
        items: Vec::new(),
    };
    let mut text = format!("// {HEADER}\n\n{}", prettyplease::unparse(&head));
    let mut previous_use = false;
    for item in file.items {
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

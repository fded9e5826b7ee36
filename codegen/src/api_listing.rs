//! Lists the public API of a generated crate, one line per item.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{ImplItem, Item, Visibility};

/// Returns the listing of a crate whose files are given by path, its lines sorted.
///
/// # Errors
///
/// The path of a file that is not valid Rust, and the syntax error.
pub fn lines(files: &BTreeMap<String, String>) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    for (path, text) in files {
        let name = path.strip_prefix("src/");
        let Some(name) = name.and_then(|name| name.strip_suffix(".rs")) else {
            continue;
        };
        let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        // `client` is a private module whose items are re-exported at the root.
        let prefix = match name {
            "lib" | "client" => String::new(),
            other => format!("{other}::"),
        };
        for item in &file.items {
            lines.extend(item_lines(&prefix, item));
        }
    }
    lines.sort();
    Ok(lines)
}

fn item_lines(prefix: &str, item: &Item) -> Vec<String> {
    match item {
        Item::Struct(item) if is_public(&item.vis) => structure(prefix, item),
        Item::Enum(item) if is_public(&item.vis) => {
            let head = format!("{prefix}{}: enum{}", item.ident, derives(&item.attrs));
            let variants = item.variants.iter().map(|variant| {
                format!(
                    "{prefix}{}::{}{}",
                    item.ident,
                    variant.ident,
                    text(&variant.fields)
                )
            });
            std::iter::once(head).chain(variants).collect()
        }
        Item::Impl(item) => implementation(prefix, item),
        Item::Macro(item) => generated_by_macro(prefix, &item.mac),
        Item::Use(item) if is_public(&item.vis) => vec![format!("{prefix}{}", text(&item.tree))],
        _ => Vec::new(),
    }
}

fn structure(prefix: &str, item: &syn::ItemStruct) -> Vec<String> {
    let head = format!("{prefix}{}: struct{}", item.ident, derives(&item.attrs));
    let fields = item
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| is_public(&field.vis));
    let fields = fields.map(|(index, field)| {
        let name = field
            .ident
            .as_ref()
            .map_or(index.to_string(), ToString::to_string);
        format!("{prefix}{}.{name}: {}", item.ident, text(&field.ty))
    });
    std::iter::once(head).chain(fields).collect()
}

fn implementation(prefix: &str, item: &syn::ItemImpl) -> Vec<String> {
    let owner = text(&item.self_ty);
    if let Some((name, _)) = &item.trait_ {
        return vec![format!("{prefix}{owner}: {}", text(name))];
    }
    // `Client` is at the root, in whichever file its methods are written.
    let prefix = if owner == "Client" { "" } else { prefix };
    let functions = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_public(&function.vis) => {
            let signature = text(&function.sig);
            let signature = signature.replacen(&format!("fn {}", function.sig.ident), "fn", 1);
            Some(format!(
                "{prefix}{owner}::{}: {signature}",
                function.sig.ident
            ))
        }
        _ => None,
    });
    functions.collect()
}

/// The public items that each macro of the runtime generates for a type.
const MACROS: &[(&str, &[&str])] = &[
    ("object", JSON),
    ("union", JSON),
    ("tagged", JSON),
    ("best_match", JSON),
    (
        "strings",
        &[
            ": Eq",
            ": From<&str>",
            ": From<String>",
            ": Ord",
            ": PartialEq",
            ": PartialOrd",
            ": serde::Deserialize<'de>",
            ": serde::Serialize",
            ": std::hash::Hash",
            "::as_str: fn(&self) -> &str",
        ],
    ),
];

const JSON: &[&str] = &[": serde::Deserialize<'de>", ": serde::Serialize"];

fn generated_by_macro(prefix: &str, item: &syn::Macro) -> Vec<String> {
    let name = item.path.segments.last().map(|segment| &segment.ident);
    let generated = MACROS
        .iter()
        .find(|(known, _)| name.is_some_and(|name| name == known));
    let owner = item.tokens.clone().into_iter().next();
    let (Some((_, generated)), Some(owner)) = (generated, owner) else {
        return Vec::new();
    };
    generated
        .iter()
        .map(|line| format!("{prefix}{owner}{line}"))
        .collect()
}

/// Returns the traits that a type derives, which are part of its API.
fn derives(attributes: &[syn::Attribute]) -> String {
    let derives = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    let derives: Vec<String> = derives
        .filter_map(|attribute| {
            attribute
                .meta
                .require_list()
                .ok()
                .map(|list| text(&list.tokens))
        })
        .collect();
    if derives.is_empty() {
        String::new()
    } else {
        format!(" deriving {}", derives.join(", "))
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Formats tokens with the spacing that people use.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        (" (", "("),
        ("& ", "&"),
        (" :", ":"),
        ("-> ", " -> "),
        ("  ->", " ->"),
        (" - > ", " -> "),
        (",)", ")"),
        (", >", ">"),
    ] {
        text = text.replace(from, to);
    }
    text
}

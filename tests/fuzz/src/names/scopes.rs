//! What must be true of the names of a crate, whatever its document says.

use std::collections::{BTreeMap, BTreeSet};

use syn::{FnArg, ImplItem, Item, Pat, Type};

/// What can follow the name of a file while it is written, and its ending.
const LONGEST_FILE: usize = 100;

/// File names that Windows has of its own, whatever follows their dot.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// Whether every name is alone in its scope, and every file can lie on any disk.
pub(super) fn sound(files: &BTreeMap<String, String>) -> Result<(), String> {
    let mut crate_wide = Scopes::default();
    let mut paths = BTreeSet::new();
    for (path, text) in files {
        portable(path)?;
        if !paths.insert(path.to_lowercase()) {
            return Err(format!("`{path}` is two files"));
        }
        if path.ends_with(".rs") || path == "Cargo.toml" {
            seen(path, text)?;
        }
        if path.ends_with(".rs") {
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
            let mut scopes = Scopes::default();
            for item in &file.items {
                scopes.item(path, item, &mut crate_wide)?;
            }
        }
    }
    Ok(())
}

/// Whether a path can lie on any disk.
fn portable(path: &str) -> Result<(), String> {
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or_default();
        let numbered = |device: &str| {
            let rest = stem.strip_prefix(device).unwrap_or_default();
            rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
        };
        let device = DEVICES.contains(&stem) || numbered("com") || numbered("lpt");
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let odd = stem.is_empty() || part.ends_with('.') || !part.chars().all(plain);
        if device || odd || part.len() > LONGEST_FILE {
            return Err(format!("`{path}` cannot lie on any disk"));
        }
    }
    match path {
        "src/main.rs" | "build.rs" => Err(format!("`{path}` is a program to Cargo")),
        _ => Ok(()),
    }
}

/// Whether everything in a text is seen.
fn seen(path: &str, text: &str) -> Result<(), String> {
    let acts = |c: &char| {
        (c.is_control() && !"\n\t".contains(*c))
            || matches!(
                *c,
                '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            )
            || ('\u{2028}'..='\u{202e}').contains(c)
            || ('\u{2060}'..='\u{206f}').contains(c)
    };
    match text.chars().find(acts) {
        Some(c) => Err(format!("{path} has the character {}", c.escape_unicode())),
        None => Ok(()),
    }
}

/// Names by their scope.
#[derive(Default)]
struct Scopes(BTreeSet<(String, String)>);

impl Scopes {
    fn add(&mut self, scope: String, name: &impl ToString) -> Result<(), String> {
        let name = name.to_string();
        if name == "gen" || syn::parse_str::<syn::Ident>(&name).is_err() {
            return Err(format!("`{name}` in {scope} is no name"));
        }
        if self.0.insert((scope.clone(), name.clone())) {
            Ok(())
        } else {
            Err(format!("`{name}` is twice in {scope}"))
        }
    }

    /// An item of a file. The methods of the client stand in many files.
    fn item(&mut self, path: &str, item: &Item, crate_wide: &mut Self) -> Result<(), String> {
        match item {
            Item::Struct(item) => {
                self.add(path.to_owned(), &item.ident)?;
                for ident in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                    self.add(format!("{path}, the members of {}", item.ident), ident)?;
                }
            }
            Item::Enum(item) => {
                self.add(path.to_owned(), &item.ident)?;
                for variant in &item.variants {
                    let scope = format!("{path}, the variants of {}", item.ident);
                    self.add(scope, &variant.ident)?;
                }
            }
            Item::Mod(item) => self.add(path.to_owned(), &item.ident)?,
            Item::Impl(item) => {
                let owner = owner(&item.self_ty);
                let holder = if owner == "Client" { crate_wide } else { self };
                let file = if owner == "Client" { "" } else { path };
                for inner in &item.items {
                    if let (ImplItem::Fn(function), None) = (inner, &item.trait_) {
                        let scope = format!("{file} the methods of {owner}");
                        holder.add(scope, &function.sig.ident)?;
                        arguments(&owner, &function.sig)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn arguments(owner: &str, signature: &syn::Signature) -> Result<(), String> {
    let mut scopes = Scopes::default();
    for argument in &signature.inputs {
        let FnArg::Typed(argument) = argument else {
            continue;
        };
        if let Pat::Ident(pattern) = argument.pat.as_ref() {
            let scope = format!("the arguments of {owner}::{}", signature.ident);
            scopes.add(scope, &pattern.ident)?;
        }
    }
    Ok(())
}

fn owner(ty: &Type) -> String {
    match ty {
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.map(|segment| segment.ident.to_string())
                .unwrap_or_default()
        }
        _ => String::new(),
    }
}

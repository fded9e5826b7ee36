//! What the functions of a generated crate take and give, read from its source.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{Expr, Fields, FnArg, ImplItem, Item, ReturnType, Type};

/// The crate, as its callers import it.
pub const NAME: &str = "judged_client";

/// A function of a type.
pub struct Function {
    /// The types of what it takes, beside the receiver.
    pub takes: Vec<String>,
    /// The type that it gives, where it is one of the crate's own.
    pub gives: Option<String>,
}

/// The functions, fields and variants of a crate by the names of their types.
#[derive(Default)]
pub struct Index {
    manifest: String,
    modules: Vec<String>,
    functions: BTreeMap<(String, String), Function>,
    fields: BTreeMap<(String, String), String>,
    /// By the name in lower case without underscores.
    types: BTreeMap<String, String>,
}

impl Index {
    /// Reads the source files of a crate.
    ///
    /// # Errors
    ///
    /// Where one is not Rust.
    pub fn of(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut index = Self::default();
        for (path, text) in files {
            if path == "Cargo.toml" {
                index.manifest.clone_from(text);
            }
            let Some(module) = path
                .strip_prefix("src/")
                .and_then(|it| it.strip_suffix(".rs"))
            else {
                continue;
            };
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
            file.items.iter().for_each(|item| index.item(item));
            // The client's own items stand at the root of the crate.
            if !["lib", "client"].contains(&module) {
                index.modules.push(module.to_owned());
            }
        }
        Ok(index)
    }

    /// Whether the crate names a dependency.
    pub fn depends_on(&self, name: &str) -> bool {
        let line = format!("{name} = ");
        self.manifest.lines().any(|it| it.starts_with(&line))
    }

    /// The modules, beside the root.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(String::as_str)
    }

    /// A function of a type.
    pub fn function(&self, of: &str, name: &str) -> Option<&Function> {
        self.functions.get(&(of.to_owned(), name.to_owned()))
    }

    /// The type of a field.
    pub fn field(&self, of: &str, name: &str) -> Option<&str> {
        let ty = self.fields.get(&(of.to_owned(), name.to_owned()));
        ty.map(String::as_str)
    }

    /// Whether a type of the crate has this name.
    pub fn is_type(&self, name: &str) -> bool {
        self.types
            .get(&plain(name))
            .is_some_and(|known| known == name)
    }

    /// A type of the errors that an operation declares.
    pub fn declared_error(&self) -> Option<String> {
        let mut types = self.types.values();
        types.find(|it| it.ends_with("Error")).cloned()
    }

    /// The type of a value that notes call by the name of its type: `client`, `builder`, `new_pet`.
    pub fn receiver(&self, name: &str) -> Option<String> {
        let plain = match name {
            "builder" => "clientbuilder".to_owned(),
            _ => plain(name),
        };
        self.types.get(&plain).cloned()
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => {
                let of = item.ident.to_string();
                for field in &item.fields {
                    if let Some(name) = &field.ident {
                        let key = (of.clone(), name.to_string());
                        self.fields.insert(key, shown(&field.ty));
                    }
                }
                self.types.insert(plain(&of), of);
            }
            Item::Enum(item) => {
                let of = item.ident.to_string();
                for variant in &item.variants {
                    let Fields::Unnamed(fields) = &variant.fields else {
                        continue;
                    };
                    let takes = fields.unnamed.iter().map(|it| shown(&it.ty)).collect();
                    let gives = Some(of.clone());
                    let key = (of.clone(), variant.ident.to_string());
                    self.functions.insert(key, Function { takes, gives });
                }
                self.types.insert(plain(&of), of);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let Some(of) = last(&item.self_ty) else {
                    return;
                };
                for inner in &item.items {
                    if let ImplItem::Fn(function) = inner {
                        let key = (of.clone(), function.sig.ident.to_string());
                        self.functions
                            .insert(key, self::function(&function.sig, &of));
                    }
                }
            }
            _ => {}
        }
    }
}

fn function(signature: &syn::Signature, of: &str) -> Function {
    let takes = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(input) => Some(shown(&input.ty)),
        FnArg::Receiver(_) => None,
    });
    let gives = match &signature.output {
        ReturnType::Type(_, ty) => last(ty),
        ReturnType::Default => None,
    };
    Function {
        takes: takes.collect(),
        gives: gives.map(|it| if it == "Self" { of.to_owned() } else { it }),
    }
}

/// The type that a caller may give: `String` for `impl Into<String>`.
fn shown(ty: &Type) -> String {
    let text = match ty {
        Type::ImplTrait(bounds) => bounds.bounds.to_token_stream().to_string(),
        _ => ty.to_token_stream().to_string(),
    };
    let text = text.replace(' ', "");
    let inner = text
        .strip_prefix("Into<")
        .and_then(|it| it.strip_suffix('>'));
    inner.unwrap_or(&text).replace("&str", "&'static str")
}

/// The last name in a type's path; that of what a `Result` holds.
fn last(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else {
        return None;
    };
    let segment = path.path.segments.last()?;
    if segment.ident == "Result"
        && let syn::PathArguments::AngleBracketed(inner) = &segment.arguments
        && let Some(syn::GenericArgument::Type(inner)) = inner.args.first()
    {
        return last(inner);
    }
    Some(segment.ident.to_string())
}

/// The type and the name of a function that is called by its path.
pub fn called(expr: &Expr) -> Option<(String, String)> {
    let Expr::Path(path) = expr else {
        return None;
    };
    let mut names = path
        .path
        .segments
        .iter()
        .rev()
        .map(|it| it.ident.to_string());
    let name = names.next()?;
    Some((names.next()?, name))
}

fn plain(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

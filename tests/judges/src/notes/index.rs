//! The parameters and return types of the functions of a generated crate, read from its source.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{Expr, Fields, FnArg, ImplItem, Item, ReturnType, Type};

/// The crate, as its callers import it.
pub const NAME: &str = "judged_client";

/// A function of a type.
pub struct Function {
    /// The types of its parameters without the receiver.
    pub parameters: Vec<String>,
    /// The return type, if it is a type of the crate.
    pub returns: Option<String>,
}

/// The functions, fields and variants of a crate by the names of their types.
#[derive(Default)]
pub struct Index {
    manifest: String,
    modules: Vec<String>,
    functions: BTreeMap<(String, String), Function>,
    fields: BTreeMap<(String, String), String>,
    /// Type names, by the name in lower case without underscores.
    types: BTreeMap<String, String>,
}

impl Index {
    /// Reads the source files of a crate.
    ///
    /// # Errors
    ///
    /// If a file is not Rust.
    pub fn of(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut index = Self::default();
        for (path, text) in files {
            if path == "Cargo.toml" {
                index.manifest.clone_from(text);
            }
            let Some(module) = path
                .strip_prefix("src/")
                .and_then(|path| path.strip_suffix(".rs"))
            else {
                continue;
            };
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
            file.items.iter().for_each(|item| index.item(item));
            // The items of the client are at the root of the crate.
            if !["lib", "client"].contains(&module) {
                index.modules.push(module.to_owned());
            }
        }
        Ok(index)
    }

    /// Whether the crate names a dependency.
    pub fn depends_on(&self, name: &str) -> bool {
        let line = format!("{name} = ");
        self.manifest.lines().any(|entry| entry.starts_with(&line))
    }

    /// Iterates over the modules other than the root.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(String::as_str)
    }

    /// Returns a function of a type.
    pub fn function(&self, of: &str, name: &str) -> Option<&Function> {
        self.functions.get(&(of.to_owned(), name.to_owned()))
    }

    /// Returns the type of a field.
    pub fn field(&self, of: &str, name: &str) -> Option<&str> {
        let ty = self.fields.get(&(of.to_owned(), name.to_owned()));
        ty.map(String::as_str)
    }

    /// Whether a type of the crate has this name.
    pub fn is_type(&self, name: &str) -> bool {
        self.types
            .get(&normalized(name))
            .is_some_and(|known| known == name)
    }

    /// Returns an error type of an operation.
    pub fn declared_error(&self) -> Option<String> {
        let mut types = self.types.values();
        types.find(|name| name.ends_with("Error")).cloned()
    }

    /// Returns the type of a value that is named after it: `client`, `builder`, `new_pet`.
    pub fn receiver(&self, name: &str) -> Option<String> {
        let key = match name {
            "builder" => "clientbuilder".to_owned(),
            _ => normalized(name),
        };
        self.types.get(&key).cloned()
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => {
                let of = item.ident.to_string();
                for field in &item.fields {
                    if let Some(name) = &field.ident {
                        let key = (of.clone(), name.to_string());
                        self.fields.insert(key, accepted_type(&field.ty));
                    }
                }
                self.types.insert(normalized(&of), of);
            }
            Item::Enum(item) => {
                let of = item.ident.to_string();
                for variant in &item.variants {
                    let Fields::Unnamed(fields) = &variant.fields else {
                        continue;
                    };
                    let fields = fields.unnamed.iter();
                    let parameters = fields.map(|field| accepted_type(&field.ty)).collect();
                    let returns = Some(of.clone());
                    let key = (of.clone(), variant.ident.to_string());
                    self.functions.insert(
                        key,
                        Function {
                            parameters,
                            returns,
                        },
                    );
                }
                self.types.insert(normalized(&of), of);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let Some(of) = last_segment(&item.self_ty) else {
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
    let parameters = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(input) => Some(accepted_type(&input.ty)),
        FnArg::Receiver(_) => None,
    });
    let returns = match &signature.output {
        ReturnType::Type(_, ty) => last_segment(ty),
        ReturnType::Default => None,
    };
    Function {
        parameters: parameters.collect(),
        returns: returns.map(|name| if name == "Self" { of.to_owned() } else { name }),
    }
}

/// Returns the type that a caller can give: `String` for `impl Into<String>`.
fn accepted_type(ty: &Type) -> String {
    let text = match ty {
        Type::ImplTrait(bounds) => bounds.bounds.to_token_stream().to_string(),
        _ => ty.to_token_stream().to_string(),
    };
    let text = text.replace(' ', "");
    let inner = text
        .strip_prefix("Into<")
        .and_then(|inner| inner.strip_suffix('>'));
    inner.unwrap_or(&text).replace("&str", "&'static str")
}

/// Returns the last segment of the path of a type, or of the type inside a `Result`.
fn last_segment(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else {
        return None;
    };
    let segment = path.path.segments.last()?;
    if segment.ident == "Result"
        && let syn::PathArguments::AngleBracketed(inner) = &segment.arguments
        && let Some(syn::GenericArgument::Type(inner)) = inner.args.first()
    {
        return last_segment(inner);
    }
    Some(segment.ident.to_string())
}

/// Returns the type and the name of a function that is called by its path.
pub fn called_function(expr: &Expr) -> Option<(String, String)> {
    let Expr::Path(path) = expr else {
        return None;
    };
    let mut names = path
        .path
        .segments
        .iter()
        .rev()
        .map(|segment| segment.ident.to_string());
    let name = names.next()?;
    Some((names.next()?, name))
}

fn normalized(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

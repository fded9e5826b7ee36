//! progenitor alone, as a build script would use it.

use std::fs;
use std::path::Path;

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};

/// Reads a document and writes the client that progenitor makes of it.
pub(crate) fn generate(document: &Path, out: &Path) -> Result<(), String> {
    let text = fs::read_to_string(document).map_err(|error| error.to_string())?;
    let json = document.extension().is_some_and(|other| other == "json");
    let document: OpenAPI = match json {
        true => serde_json::from_str(&text).map_err(|error| error.to_string())?,
        false => serde_yaml::from_str(&text).map_err(|error| error.to_string())?,
    };
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional);
    let tokens = Generator::new(&settings).generate_tokens(&document);
    let tokens = tokens.map_err(|error| error.to_string())?;
    let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let client = prettyplease::unparse(&file);
    fs::create_dir_all(out).map_err(|error| error.to_string())?;
    fs::write(out.join("lib.rs"), client).map_err(|error| error.to_string())
}

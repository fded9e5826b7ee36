//! Runs progenitor: its settings, and what is read from its result.

use std::collections::BTreeMap;

use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use typify::{TypeDetails, TypeSpace};

use super::document::{self, emitted_by_us};
use super::module_items::Items;
use super::type_probe::{ProbeNames, ProbeProperty};
use crate::model::Model;

/// The types that progenitor made of a model.
pub(crate) struct DeclaredTypes {
    /// The module `types`, item by item.
    pub(crate) types: Items,
    /// The Rust type of each property of each probe.
    pub(crate) probed: BTreeMap<ProbeProperty, syn::Type>,
    /// The names by which probes are recognised among the types.
    pub(crate) names: ProbeNames,
}

/// The document that progenitor is given: OpenAPI 3.0 with the types of the model.
pub fn document_of(model: &Model) -> serde_json::Value {
    document::document(model, &ProbeNames::new(model))
}

/// Runs progenitor on the types of a model.
///
/// # Errors
///
/// The message of progenitor or typify where they refuse what the model says: a defect of the
/// stages before this one.
pub(crate) fn run(model: &Model) -> Result<DeclaredTypes, String> {
    #[cfg(test)]
    super::tests::panic_over(model);
    let names = ProbeNames::new(model);
    let document: openapiv3::OpenAPI =
        serde_json::from_value(document::document(model, &names)).map_err(message)?;
    let mut generator = Generator::new(&settings(model)?);
    let tokens = generator.generate_tokens(&document).map_err(message)?;
    let probed = probed(generator.get_type_space(), &names).map_err(message)?;
    let types = Items::of_types(tokens).ok_or("no module `types`")?;
    Ok(DeclaredTypes {
        types,
        probed,
        names,
    })
}

fn message(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Types that we emit ourselves are replaced by their final path, so that typify neither declares
/// nor analyses them.
fn settings(model: &Model) -> Result<GenerationSettings, String> {
    let secret = serde_json::json!({ "type": "string", "format": "password" });
    let secret = serde_json::from_value(secret).map_err(message)?;
    let file = serde_json::json!({ "type": "string", "format": "binary" });
    let file = serde_json::from_value(file).map_err(message)?;
    let concealed = serde_json::from_value(document::concealed());
    let concealed = concealed.map_err(message)?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap")
        .with_conversion(secret, "::openapi_client_runtime::Secret", no_impls())
        .with_conversion(file, "::openapi_client_runtime::File", no_impls())
        .with_conversion(
            concealed,
            "::openapi_client_runtime::json::RawJson",
            no_impls(),
        );
    let ours = model.types.iter();
    let ours = ours.filter(|(_, definition)| emitted_by_us(&definition.shape));
    for (name, _) in ours {
        settings.with_replacement(name, format!("types::{name}"), no_impls());
    }
    Ok(settings)
}

fn no_impls() -> impl Iterator<Item = TypeImpl> {
    std::iter::empty()
}

fn probed(
    types: &TypeSpace,
    names: &ProbeNames,
) -> Result<BTreeMap<ProbeProperty, syn::Type>, Box<dyn std::error::Error>> {
    let mut probed = BTreeMap::new();
    for declared in types.iter_types() {
        let TypeDetails::Struct(details) = declared.details() else {
            continue;
        };
        let Some(probe) = names.probe(&declared.name()) else {
            continue;
        };
        for property in details.properties_info() {
            let tokens = types.get_type(&property.type_id)?.ident();
            probed.insert(probe.property(property.name), syn::parse2(tokens)?);
        }
    }
    Ok(probed)
}

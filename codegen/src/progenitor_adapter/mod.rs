//! progenitor's part: types, and the code that builds each request.
//!
//! It is handed a document made from the [`Model`] that has nothing left to trip over, and its
//! answer is taken apart again by the rewrite. Operations enter as `o0`, `o1`…, parameters as
//! `p0`, `p1`…: the names that users see are ours.
//!
//! What stands in no struct is typed by *carriers*: components which nothing references, one per
//! operation and union, with a property for each parameter, body, response or branch. Every
//! component gets a type, so the type of each property can be asked for without reading tokens.

mod carrier;
mod document;
mod isolate;
mod items;

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use typify::{TypeDetails, TypeSpace};

use crate::model::{Model, Shape};

pub(crate) use carrier::{Carrier, CarrierNames, Slot};
pub(crate) use isolate::beside;
pub use isolate::{THREAD, isolated};
pub(crate) use items::Items;

/// What progenitor made of the model.
pub(crate) struct Upstream {
    /// The module `types`, item by item.
    pub(crate) types: Items,
    /// The Rust type in each slot of each carrier.
    pub(crate) slots: BTreeMap<Slot, syn::Type>,
    /// How the carriers among the types are told from types.
    pub(crate) names: CarrierNames,
}

/// What is done with the code for some operations.
type Take<'a> = &'a mut dyn FnMut(Range<usize>, &syn::File) -> Result<(), String>;

/// How many operations progenitor is handed at once. Its output for one is a hundred times what
/// is kept of it, so the output for all of them would be most of the memory of a run.
const AT_ONCE: usize = 200;

/// The document that progenitor is handed: OpenAPI 3.0 with nothing of responses in it. It is
/// handed over in parts: the types, then some operations after the others.
pub fn document_of(model: &Model) -> serde_json::Value {
    document::whole(model, &CarrierNames::new(model))
}

/// Runs progenitor on the model. `take` is given the code for some operations, and the index of
/// the first of them.
///
/// # Errors
///
/// The message of progenitor or typify, where they refuse what the model says; that is a defect
/// of the stages before this one. The first error of `take` as well.
pub(crate) fn run(model: &Model, take: Take<'_>) -> Result<Upstream, String> {
    #[cfg(test)]
    tests::panic_over(model);
    let names = CarrierNames::new(model);
    let mut slots = BTreeMap::new();
    let count = model.operations.len();
    for first in (0..count).step_by(AT_ONCE) {
        let some = first..count.min(first + AT_ONCE);
        let (document, named) = document::operations(model, &names, some.clone());
        let tokens = generated(document, named.into_iter(), &names, &mut slots)?;
        let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
        take(some, &file)?;
    }
    let types = model.types.iter();
    let ours = types.filter(|(_, definition)| emitted_by_us(&definition.shape));
    let ours = ours.map(|(name, _)| name.as_str());
    let tokens = generated(document::types(model, &names), ours, &names, &mut slots)?;
    let types = Items::of_types(tokens).ok_or("no module `types`")?;
    Ok(Upstream {
        types,
        slots,
        names,
    })
}

/// What progenitor makes of a document, in which the types that are `replaced` are not declared.
fn generated<'a>(
    document: serde_json::Value,
    replaced: impl Iterator<Item = &'a str>,
    names: &CarrierNames,
    all: &mut BTreeMap<Slot, syn::Type>,
) -> Result<TokenStream, String> {
    let document: openapiv3::OpenAPI =
        serde_json::from_value(document).map_err(|error| error.to_string())?;
    let mut generator = Generator::new(&settings(replaced)?);
    let tokens = generator
        .generate_tokens(&document)
        .map_err(|error| error.to_string())?;
    let slots = slots(generator.get_type_space(), names);
    all.extend(slots.map_err(|error| error.to_string())?);
    Ok(tokens)
}

/// Types that we emit ourselves, or that another document declares, are replaced by their final
/// path, so that typify neither declares nor analyses them.
fn settings<'a>(replaced: impl Iterator<Item = &'a str>) -> Result<GenerationSettings, String> {
    let secret = serde_json::json!({ "type": "string", "format": "password" });
    let secret = serde_json::from_value(secret).map_err(|error| error.to_string())?;
    let file = serde_json::json!({ "type": "string", "format": "binary" });
    let file = serde_json::from_value(file).map_err(|error| error.to_string())?;
    let concealed = serde_json::from_value(document::concealed());
    let concealed = concealed.map_err(|error| error.to_string())?;
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
    for name in replaced {
        settings.with_replacement(name, format!("types::{name}"), no_impls());
    }
    Ok(settings)
}

fn no_impls() -> impl Iterator<Item = TypeImpl> {
    std::iter::empty()
}

/// Whether the emitter declares a shape, and not typify.
pub(crate) fn emitted_by_us(shape: &Shape) -> bool {
    match shape {
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Secret => true,
        Shape::Struct { .. } | Shape::Alias(_) => false,
    }
}

fn slots(
    types: &TypeSpace,
    names: &CarrierNames,
) -> Result<BTreeMap<Slot, syn::Type>, Box<dyn std::error::Error>> {
    let mut slots = BTreeMap::new();
    for declared in types.iter_types() {
        let TypeDetails::Struct(details) = declared.details() else {
            continue;
        };
        let Some(carrier) = names.carrier(&declared.name()) else {
            continue;
        };
        for property in details.properties_info() {
            let tokens = types.get_type(&property.type_id)?.ident();
            slots.insert(carrier.slot(property.name), syn::parse2(tokens)?);
        }
    }
    Ok(slots)
}

#[cfg(test)]
mod tests {
    use crate::config::Job;
    use crate::diagnostics;
    use crate::model::Model;
    use crate::pipeline::generate;
    use crate::source::{Input, Source};

    /// Stands for what no document is known to do: it makes a library panic.
    pub(super) fn panic_over(model: &Model) {
        let panics = |name: &str| model.types.contains_key(name);
        assert!(!panics("PanicsAlone"), "alone");
        assert!(!(panics("PanicsA") && panics("PanicsB")), "together");
    }

    /// A diagnostic's place and message, for operations each of which has a body of one type.
    fn found(types: &[&str]) -> (String, String) {
        let mut text = String::from("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n");
        for (at, name) in types.iter().enumerate() {
            text.push_str(&format!(
                "  /a/{at}:\n    post:\n      operationId: o{at}\n      requestBody: {{content: \
                 {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}\n      \
                 responses: {{'204': {{description: D}}}}\n"
            ));
        }
        text.push_str("components:\n  schemas:\n");
        for name in types {
            text.push_str(&format!(
                "    {name}: {{type: object, properties: {{a: {{type: string}}}}}}\n"
            ));
        }
        let output = generate(&Job::of(&Source::new(Input::Document, "a.yaml", text)));
        assert!(output.made.is_none());
        let mut diagnostics = output.report.diagnostics.into_iter();
        let diagnostic = diagnostics.find(|it| it.kind == &diagnostics::GENERATOR_PANIC);
        let diagnostic = diagnostic.expect("it panics");
        (format!("{:?}", diagnostic.place), diagnostic.message)
    }

    #[test]
    fn a_panic_is_traced_to_its_operation() {
        let (place, message) = found(&["One", "Two", "PanicsAlone", "Four", "Five"]);
        assert!(place.contains("\"/a/2\", \"post\""), "{place}");
        assert_eq!(message, "alone; `POST /a/2` alone makes it");
    }

    #[test]
    fn a_panic_over_two_operations_names_both() {
        let (_, message) = found(&["PanicsA", "One", "PanicsB", "Four"]);
        let both = "`POST /a/0`, `POST /a/1`, `POST /a/2`, `POST /a/3` make it together";
        assert_eq!(message, format!("together; {both}"));
    }
}

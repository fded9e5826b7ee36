//! The root of a document (Swagger 2.0 "Swagger Object").

use serde_json::{Map, Value};

use super::conversion::Conversion;
use super::media_types::Defaults;
use super::spot::Spot;
use super::{body, parameter, path_item, references, response, schema, security, servers};
use crate::origins::Origins;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};

/// The version that a converted document declares.
const VERSION: &str = "3.0.3";

/// The members of the root that are converted, and those of OpenAPI 3.0 with another meaning. All
/// others are kept where they are.
const CONVERTED: [&str; 13] = [
    "swagger",
    "openapi",
    "servers",
    "components",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
];

/// Converts a document in Swagger 2.0 to OpenAPI 3.0. Returns also where its nodes come from.
///
/// # Errors
///
/// [`Stop`] if more is copied than any document needs.
pub(crate) fn convert(old: &Value, report: &mut Report) -> Result<(Value, Origins), Stop> {
    let mut conversion = Conversion::new(old, report);
    let conversion = &mut conversion;
    let mut root = Map::new();
    root.insert("openapi".to_owned(), VERSION.into());
    conversion.derive(&at("swagger", &["openapi"]));
    let Value::Object(members) = old else {
        return Err(Stop);
    };
    let defaults = Defaults::of(members);
    if let Some(servers) = servers::of_document(conversion) {
        root.insert("servers".to_owned(), servers);
    }
    let components = components(conversion, members, &defaults);
    if !components.is_empty() {
        root.insert("components".to_owned(), Value::Object(components));
    }
    for (name, member) in members {
        let member = match (name.as_str(), member) {
            ("paths", Value::Object(items)) => paths(conversion, items, &defaults),
            (name, _) if CONVERTED.contains(&name) => continue,
            _ => member.clone(),
        };
        root.insert(name.clone(), member);
    }
    let mut root = Value::Object(root);
    references::rewrite(conversion, &mut root, &defaults);
    if conversion.is_full() {
        return Err(Stop);
    }
    Ok((root, std::mem::take(&mut conversion.origins)))
}

/// The path items. Extensions among them are kept.
fn paths(
    conversion: &mut Conversion<'_>,
    items: &Map<String, Value>,
    defaults: &Defaults,
) -> Value {
    let place = at("paths", &["paths"]);
    let items = items.iter().map(|(path, item)| {
        let converted = if path.starts_with("x-") {
            item.clone()
        } else {
            path_item::convert(conversion, item, defaults, &place.child(path))
        };
        (path.clone(), converted)
    });
    Value::Object(items.collect())
}

/// What operations share (OpenAPI 3.0 "Components Object").
fn components(
    conversion: &mut Conversion<'_>,
    root: &Map<String, Value>,
    defaults: &Defaults,
) -> Map<String, Value> {
    let mut components = Map::new();
    for (old, new) in [
        ("definitions", "schemas"),
        ("responses", "responses"),
        ("securityDefinitions", "securitySchemes"),
    ] {
        let spot = at(old, &["components", new]);
        let group = match root.get(old) {
            None => continue,
            Some(Value::Object(group)) => group,
            Some(wrong) => {
                let wrong = conversion.copy(wrong, &spot);
                components.insert(new.to_owned(), wrong);
                continue;
            }
        };
        conversion.record(&spot);
        let converted = group.iter().map(|(name, value)| {
            let spot = spot.child(name);
            let converted = match old {
                _ if name.starts_with("x-") && !value.is_object() => value.clone(),
                "definitions" => {
                    let mut schema = value.clone();
                    schema::convert(conversion, &mut schema, &spot);
                    schema
                }
                "responses" => {
                    response::convert(conversion, value, &defaults.produces, defaults, &spot)
                }
                _ => security::convert(conversion, value, &spot),
            };
            (name.clone(), converted)
        });
        let converted = Value::Object(converted.collect());
        components.insert(new.to_owned(), converted);
    }
    parameters(
        conversion,
        root.get("parameters"),
        defaults,
        &mut components,
    );
    components
}

/// The shared parameters: bodies, and those that are neither body nor form. The fields of a form are
/// copied to the operations that use them, because a form is one body.
fn parameters(
    conversion: &mut Conversion<'_>,
    shared: Option<&Value>,
    defaults: &Defaults,
    components: &mut Map<String, Value>,
) {
    let spot = at("parameters", &["components", "parameters"]);
    let group = match shared {
        None => return,
        Some(Value::Object(group)) => group,
        Some(wrong) => {
            let wrong = conversion.copy(wrong, &spot);
            components.insert("parameters".to_owned(), wrong);
            return;
        }
    };
    conversion.record(&spot);
    let (mut bodies, mut others) = (Map::new(), Map::new());
    for (name, parameter) in group {
        let spot = spot.child(name);
        let resolved = conversion.resolve(spot.from.clone());
        let location = resolved
            .as_ref()
            .and_then(|(_, found)| found.get("in")?.as_str());
        match (location, &resolved) {
            (Some("body"), Some((from, found))) => {
                let to = Pointer::root().join(["components", "requestBodies", name]);
                conversion.record(&spot.to(to.clone()));
                let spot = Spot {
                    from: from.clone(),
                    to,
                };
                let body = body::convert(conversion, found, &defaults.consumes, &spot);
                bodies.insert(name.clone(), body);
            }
            (Some("formData"), _) => {}
            _ => {
                let parameter = parameter::convert(conversion, parameter, &spot);
                others.insert(name.clone(), parameter);
            }
        }
    }
    for (name, group) in [("parameters", others), ("requestBodies", bodies)] {
        if !group.is_empty() {
            components.insert(name.to_owned(), Value::Object(group));
        }
    }
}

fn at(from: &str, to: &[&str]) -> Spot {
    Spot {
        from: Pointer::root().child(from),
        to: Pointer::root().join(to),
    }
}

//! Checks parameters, also against the path template.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::context::Context;
use super::repair::{Edit, Repair};
use super::{http_syntax, missing_member, path_template};
use crate::diagnostics;
use crate::keywords::{self, Class};
use crate::objects::At;
use crate::pointer::Pointer;

/// A parameter of an operation, with its references resolved.
struct ListedParameter<'a> {
    /// The entry in the list of the operation or path item.
    place: Pointer,
    name: &'a str,
    location: &'a str,
}

/// Checks a Parameter Object on its own.
pub(super) fn object(context: &mut Context<'_>, members: &Map<String, Value>, at: &At<'_>) {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let pointer = at.pointer();
    let name = text("name").unwrap_or_default();
    match text("in") {
        Some("path") if members.get("required") != Some(&Value::Bool(true)) => {
            let message = format!("the path parameter `{name}` is not `required: true`");
            context.diagnose(&diagnostics::OPTIONAL_PATH_PARAMETER, &pointer, message);
        }
        Some("header") if !http_syntax::is_token(name) => {
            let message = format!("`{name}` is not a valid header name");
            let place = pointer.child("name");
            let repair = match http_syntax::trimmed_name(name) {
                Some(trimmed) => {
                    Repair::mended(format!("read as `{trimmed}`")).put(place.clone(), trimmed)
                }
                None => missing_member::parameter(members, &pointer),
            };
            context.fault(&diagnostics::INVALID_HEADER_NAME, &place, message, repair);
        }
        Some("path" | "query" | "header" | "cookie") | None => {}
        Some(other) => {
            let message = format!("`{other}` is not a parameter location");
            let repair = missing_member::parameter(members, &pointer);
            let place = pointer.child("in");
            context.fault(&diagnostics::INVALID_LOCATION, &place, message, repair);
        }
    }
    let contents = members.get("content").and_then(Value::as_object);
    if !members.contains_key("schema") && contents.is_none_or(Map::is_empty) {
        let message = format!("the parameter `{name}` has neither `schema` nor `content`");
        let repair = without_schema(members, &pointer);
        context.fault(
            &diagnostics::PARAMETER_WITHOUT_SCHEMA,
            &pointer,
            message,
            repair,
        );
    }
    secret(context, &pointer, name, text("in"));
}

/// What is done about a parameter without a schema. Swagger 2.0 has the keywords of the schema
/// beside `name` and `in`.
fn without_schema(members: &Map<String, Value>, pointer: &Pointer) -> Repair {
    let place = pointer.child("schema");
    if !members.contains_key("type") {
        return Repair::lost("read as a string").put(place, json!({ "type": "string" }));
    }
    let keywords = members.iter().filter(|(name, _)| {
        let keyword = keywords::find(name);
        keyword.is_some_and(|keyword| matches!(keyword.class, Class::Shapes | Class::Constrains))
            && *name != "required"
    });
    let schema: Map<String, Value> = keywords
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let schema = Value::Object(schema);
    Repair::mended("its members are read as those of the schema").put(place, schema)
}

fn secret(context: &mut Context<'_>, pointer: &Pointer, name: &str, location: Option<&str>) {
    let (Some(location @ ("path" | "query")), Some((_, schema))) =
        (location, context.resolve(pointer.child("schema")))
    else {
        return;
    };
    if schema.get("format").and_then(Value::as_str) == Some("password") {
        let message = format!("the {location} parameter `{name}` is a secret");
        context.diagnose(&diagnostics::SECRET_IN_URL, pointer, message);
    }
}

/// Checks the parameters of an operation, and those of its path item, against the path.
pub(super) fn operation(
    context: &mut Context<'_>,
    path: &str,
    item: &Pointer,
    operation: &Pointer,
    expressions: &[&str],
) {
    let shared = listed(context, item);
    let own = listed(context, operation);
    unique(context, &own);
    let declared = |name: &str| {
        let mut all = own.iter().chain(&shared);
        all.any(|parameter| parameter.location == "path" && parameter.name == name)
    };
    for name in expressions.iter().filter(|name| !declared(name)) {
        let message = format!("`{{{name}}}` of `{path}` is not declared");
        let declared = json!({
            "in": "path", "name": name, "required": true, "schema": { "type": "string" },
        });
        let repair = Repair::lost("read as a required string")
            .with(Edit::Append(operation.child("parameters"), declared));
        context.fault(
            &diagnostics::UNDECLARED_PATH_PARAMETER,
            operation,
            message,
            repair,
        );
    }
    unused(context, path, &own, expressions);
}

/// Checks the parameters of a path item on their own.
pub(super) fn item(context: &mut Context<'_>, path: &str, item: &Pointer, expressions: &[&str]) {
    let shared = listed(context, item);
    unique(context, &shared);
    unused(context, path, &shared, expressions);
}

fn listed<'a>(context: &Context<'a>, holder: &Pointer) -> Vec<ListedParameter<'a>> {
    let parameters = holder.child("parameters");
    let length = parameters
        .get(context.root)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    (0..length)
        .filter_map(|index| {
            let entry = parameters.child(index);
            let (_, parameter) = context.resolve(entry.clone())?;
            Some(ListedParameter {
                place: entry,
                name: parameter.get("name")?.as_str()?,
                location: parameter.get("in")?.as_str()?,
            })
        })
        .collect()
}

fn unique(context: &mut Context<'_>, parameters: &[ListedParameter<'_>]) {
    let mut seen = BTreeMap::new();
    for parameter in parameters {
        // Names of headers are compared without case (RFC 9110 section 5.1).
        let name = match parameter.location {
            "header" => parameter.name.to_ascii_lowercase(),
            _ => parameter.name.to_owned(),
        };
        if let Some(first) = seen.insert((parameter.location, name), &parameter.place) {
            let (location, name) = (parameter.location, parameter.name);
            let message = format!("the {location} parameter `{name}` is already at `{first}`");
            let repair = Repair::mended("the first one counts").remove(parameter.place.clone());
            context.fault(
                &diagnostics::DUPLICATE_PARAMETER,
                &parameter.place,
                message,
                repair,
            );
        }
    }
}

fn unused(
    context: &mut Context<'_>,
    path: &str,
    parameters: &[ListedParameter<'_>],
    expressions: &[&str],
) {
    for parameter in parameters {
        if parameter.location == "path" && !expressions.contains(&parameter.name) {
            let message = format!("`{path}` has no expression `{{{}}}`", parameter.name);
            let repair =
                Repair::mended("the client has no such argument").remove(parameter.place.clone());
            context.fault(
                &diagnostics::UNUSED_PATH_PARAMETER,
                &parameter.place,
                message,
                repair,
            );
        }
    }
}

/// Returns the expressions of a path, each once: OpenAPI 3.0 and 3.1 allow an expression to occur
/// several times. Reports an invalid path and returns `None` for it.
pub(super) fn expressions<'a>(
    context: &mut Context<'_>,
    path: &'a str,
    pointer: &Pointer,
) -> Option<Vec<&'a str>> {
    let problem = match path_template::expressions(path) {
        _ if !path.starts_with('/') => "does not start with `/`",
        None => "has braces that are not paired",
        Some(names) => {
            let mut seen = BTreeSet::new();
            return Some(
                names
                    .into_iter()
                    .filter(|name| seen.insert(*name))
                    .collect(),
            );
        }
    };
    let rooted = format!("/{path}");
    let repair = if !path.starts_with('/') && path_template::expressions(&rooted).is_some() {
        Repair::mended(format!("read as `{rooted}`")).with(Edit::Rename(pointer.clone(), rooted))
    } else {
        Repair::left_out(pointer)
    };
    let message = format!("`{path}` {problem}");
    context.fault(&diagnostics::INVALID_PATH, pointer, message, repair);
    None
}

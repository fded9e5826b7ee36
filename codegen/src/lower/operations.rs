//! Operations in one form: references resolved, one media type per body, an id of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::internal::ORIGIN;
use super::{Context, LoweredOperation, Lowering, media, parts, servers, sorted, unsaid};
use crate::bounds::weight;
use crate::name::Numbers;
use crate::pointer::Pointer;
use crate::report::{Loss, Report, Rule};

/// The fixed order of methods.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

macro_rules! rules {
    ($($name:ident: $id:literal, $does:literal, $loss:expr;)*) => {
        $(static $name: Rule = Rule { id: $id, does: $does, loss: $loss };)*

        /// Every rule for operations.
        pub(super) static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    MISSING_ID: "missing-operation-id", "an operation without id is named by method and path", None;
    DUPLICATE_ID: "duplicate-operation-id", "a repeated id is extended by method and path", None;
    PATH_REQUIRED: "path-parameter-required", "a path parameter is required, whatever it says", None;
    IGNORED: "ignored-header", "a header that OpenAPI keeps to itself is no parameter", None;
    SEVERAL_REQUESTS: "several-request-media-types", "one media type of a request body is taken",
        Some(Loss::Unexpressed("the other media types"));
    SEVERAL_RESPONSES: "several-response-media-types", "one media type of a response is taken",
        Some(Loss::Unexpressed("the other media types"));
    ENCODED_BY_CALLER: "body-of-bytes", "a body of this media type is bytes",
        Some(Loss::Unexpressed("the caller encodes it"));
    SEVERAL_ERRORS: "several-error-bodies", "errors are told apart by status", None;
    SEVERAL_SUCCESSES: "several-success-bodies", "successes are told apart by status", None;
    DEFAULT_RESPONSE: "default-response", "`default` stands for every status not declared", None;
    PATH_FRAGMENT: "path-fragment", "the fragment of a path tells operations apart and is not sent", None;
    DEEP_REFERENCE: "deep-reference", "a reference into a schema names a copy of what is there", None;
}

/// Every operation of the document.
pub(super) fn collect(root: &Value, report: &mut Report) -> Vec<LoweredOperation> {
    let context = Context::new(root);
    let inherited = root.get("security").map(weight).unwrap_or_default();
    let of_api = servers::of_api(root);
    let before = report.log.len();
    let mut operations = Vec::new();
    let Some(Value::Object(paths)) = root.get("paths") else {
        return operations;
    };
    for (path, item) in sorted(paths) {
        let place = Pointer::root().child("paths").child(path);
        let Some(item) = context.resolve(item) else {
            continue;
        };
        for method in METHODS {
            let Some(Value::Object(object)) = item.get(method) else {
                continue;
            };
            let pointer = place.child(method);
            let of_all = if object.contains_key("security") {
                0
            } else {
                inherited
            };
            if !report.copy(of_all + pointer.size(), &pointer) {
                return operations;
            }
            let mut object = object.clone();
            let since = report.log.len();
            parameters(&context, item, &mut object, &place, &pointer, report);
            body(&context, &mut object, &pointer, report);
            responses(&context, &mut object, &pointer, report);
            let path = match fragment(path) {
                Some((before, fragment)) => {
                    report.apply(&PATH_FRAGMENT, &pointer, format!("#{fragment}"));
                    keep_path_parameters(&mut object, before);
                    before.to_owned()
                }
                None => path.clone(),
            };
            let mut operation = LoweredOperation {
                path,
                method: method.to_owned(),
                object,
                pointer,
            };
            servers::own(&of_api, item, &place, &mut operation, report);
            unsaid::note(&operation, report);
            unsaid::document(&mut operation, before, since, report);
            operations.push(operation);
        }
    }
    identify(&mut operations, report);
    operations
}

/// A path without its fragment, and that; in an expression the sign begins none.
fn fragment(path: &str) -> Option<(&str, &str)> {
    let mut inside = false;
    let at = path.find(|c: char| {
        inside = (inside || c == '{') && c != '}';
        c == '#' && !inside
    })?;
    let (before, rest) = path.split_at_checked(at)?;
    Some((before, rest.strip_prefix('#')?))
}

/// Takes out path parameters that a path no longer has.
fn keep_path_parameters(object: &mut Map<String, Value>, path: &str) {
    let Some(Value::Array(parameters)) = object.get_mut("parameters") else {
        return;
    };
    parameters.retain(|parameter| {
        let text = |key: &str| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        text("in") != "path" || path.contains(&format!("{{{}}}", text("name")))
    });
}

/// Every operation gets an id that no other has.
fn identify(operations: &mut [LoweredOperation], report: &mut Report) {
    let given = |operation: &LoweredOperation| {
        let id = operation.object.get("operationId");
        id.and_then(Value::as_str).map(str::to_owned)
    };
    let all_given: BTreeSet<String> = operations.iter().filter_map(given).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut numbers = Numbers::default();
    for operation in operations {
        let derived = || {
            let words = format!("{} {}", operation.method, operation.path);
            let words = words.replace(|c: char| !c.is_alphanumeric(), " ");
            words.split_whitespace().collect::<Vec<_>>().join("_")
        };
        let (mut id, rule) = match given(operation) {
            Some(id) if !taken.contains(&id) => (id, None),
            Some(id) => (format!("{id}_{}", derived()), Some(&DUPLICATE_ID)),
            None => (derived(), Some(&MISSING_ID)),
        };
        if let Some(rule) = rule {
            let known = |id: &str| taken.contains(id) || all_given.contains(id);
            if known(&id) {
                let numbered = |number| format!("{id}_{number}");
                id = numbers.free(&id, numbered, known);
            }
            report.apply(rule, &operation.pointer, id.as_str());
        }
        taken.insert(id.clone());
        operation.object.insert("operationId".to_owned(), json!(id));
    }
}

/// The path item's parameters and the operation's own, which go before them.
fn parameters(
    context: &Context<'_>,
    item: &Value,
    object: &mut Map<String, Value>,
    place: &Pointer,
    pointer: &Pointer,
    report: &mut Report,
) {
    let mut kept: BTreeMap<(String, String), Value> = BTreeMap::new();
    let own = object.get("parameters").cloned();
    for (list, place) in [(item.get("parameters"), place), (own.as_ref(), pointer)] {
        for (index, given) in list
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let place = place.child("parameters").child(index);
            let Some((mut parameter, origin)) = resolved(context, given, place, report) else {
                continue;
            };
            let text = |key: &str| {
                parameter
                    .get(key)
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            };
            let (Some(location), Some(name)) = (text("in"), text("name")) else {
                continue;
            };
            let ignored = ["accept", "content-type", "authorization"];
            if location == "header" && ignored.contains(&name.to_ascii_lowercase().as_str()) {
                report.apply(&IGNORED, &origin, name);
                continue;
            }
            if location == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
                report.apply(&PATH_REQUIRED, &origin, name.as_str());
                parameter.insert("required".to_owned(), Value::Bool(true));
            }
            kept.insert((location, name), Value::Object(parameter));
        }
    }
    object.insert("parameters".to_owned(), kept.into_values().collect());
}

/// What a reference ends in, with the place where that stands.
fn resolved(
    context: &Context<'_>,
    given: &Value,
    place: Pointer,
    report: &mut Report,
) -> Option<(Map<String, Value>, Pointer)> {
    let mut origin = place.clone();
    let mut node = given;
    for _ in 0..64 {
        let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
            break;
        };
        origin = Pointer::parse(reference)?;
        node = origin.get(context.root)?;
    }
    // A list of a path item is taken over by each of its operations.
    if !report.copy(weight(node) + origin.size(), &place) {
        return None;
    }
    let mut object = node.as_object()?.clone();
    object.insert(ORIGIN.to_owned(), json!(origin.to_string()));
    Some((object, origin))
}

fn body(
    context: &Context<'_>,
    object: &mut Map<String, Value>,
    pointer: &Pointer,
    report: &mut Report,
) {
    let Some(given) = object.remove("requestBody") else {
        return;
    };
    let place = pointer.child("requestBody");
    let Some((mut body, origin)) = resolved(context, &given, place, report) else {
        return;
    };
    if let Some(name) = only(&mut body, &origin, &SEVERAL_REQUESTS, report) {
        let bytes = media::kind(&name) == crate::model::BodyKind::Bytes;
        if bytes && !media::is_opaque(&name) {
            report.apply(&ENCODED_BY_CALLER, &origin, name.as_str());
        }
        if let Some(media_type) = body.get_mut("content").and_then(|it| it.get_mut(&name)) {
            parts::note(context, &name, media_type);
        }
        object.insert("requestBody".to_owned(), Value::Object(body));
    }
}

fn responses(
    context: &Context<'_>,
    object: &mut Map<String, Value>,
    pointer: &Pointer,
    report: &mut Report,
) {
    let place = pointer.child("responses");
    let given = object.remove("responses").unwrap_or_default();
    let mut kept = Map::new();
    for (status, response) in given.as_object().map(sorted).unwrap_or_default() {
        if status.starts_with("x-") {
            continue;
        }
        let place = place.child(status);
        let Some((mut response, origin)) = resolved(context, response, place, report) else {
            continue;
        };
        only(&mut response, &origin, &SEVERAL_RESPONSES, report);
        kept.insert(status.clone(), Value::Object(response));
    }
    tell(&kept, &place, report);
    object.insert("responses".to_owned(), Value::Object(kept));
}

/// Keeps one media type of a `content` map.
fn only(
    object: &mut Map<String, Value>,
    origin: &Pointer,
    several: &'static Rule,
    report: &mut Report,
) -> Option<String> {
    let (name, others) = media::choose(object.get("content")?)?;
    if !others.is_empty() {
        report.apply(
            several,
            origin,
            format!("{name}, not {}", others.join(", ")),
        );
    }
    if let Some(Value::Object(content)) = object.get_mut("content") {
        content.retain(|key, _| *key == name);
    }
    Some(name)
}

/// Notes what progenitor alone would not survive.
fn tell(responses: &Map<String, Value>, place: &Pointer, report: &mut Report) {
    let bodies = |wanted: &dyn Fn(&str) -> bool| {
        let bodies = responses.iter().filter(|(status, _)| wanted(status));
        let bodies = bodies.map(|(_, response)| {
            let content = response.get("content").and_then(Value::as_object);
            content
                .and_then(|it| it.values().next())
                .map(ToString::to_string)
        });
        bodies.collect::<BTreeSet<_>>().len()
    };
    let statuses = |wanted: &dyn Fn(&str) -> bool| {
        let statuses = responses
            .keys()
            .filter(|status| wanted(status))
            .map(String::as_str);
        statuses
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
            .join(", ")
    };
    let success = |status: &str| status.starts_with('2');
    let error = |status: &str| !status.starts_with('2');
    if bodies(&error) > 1 {
        report.apply(&SEVERAL_ERRORS, place, statuses(&error));
    }
    if bodies(&success) > 1 {
        report.apply(&SEVERAL_SUCCESSES, place, statuses(&success));
    }
    if responses.contains_key("default") {
        report.apply(&DEFAULT_RESPONSE, place, "");
    }
}

/// Visits every schema of an operation with its place.
pub(crate) fn schemas(
    object: &mut Map<String, Value>,
    pointer: &Pointer,
    visit: &mut dyn FnMut(&mut Value, &Pointer),
) {
    let mut holders: Vec<&mut Value> = Vec::new();
    for (key, value) in object.iter_mut() {
        match (key.as_str(), value) {
            ("parameters", Value::Array(parameters)) => holders.extend(parameters.iter_mut()),
            ("requestBody", body) => holders.push(body),
            ("responses", Value::Object(responses)) => holders.extend(responses.values_mut()),
            _ => {}
        }
    }
    for holder in holders {
        let origin = holder
            .get(ORIGIN)
            .and_then(Value::as_str)
            .and_then(Pointer::parse);
        let origin = origin.unwrap_or_else(|| pointer.clone());
        if let Some(schema) = holder.get_mut("schema") {
            visit(schema, &origin.child("schema"));
        }
        let Some(Value::Object(content)) = holder.get_mut("content") else {
            continue;
        };
        for (name, media_type) in content.iter_mut() {
            if let Some(schema) = media_type.get_mut("schema") {
                visit(schema, &origin.child("content").child(name).child("schema"));
            }
        }
    }
}

/// Gives what deep references point to a name, until every reference is to a named schema.
pub(super) fn deep_references(
    lowering: &mut Lowering<'_>,
    operations: &mut [LoweredOperation],
    schemas_by_name: &mut BTreeMap<String, Value>,
    report: &mut Report,
) {
    let mut copies: BTreeMap<Pointer, String> = BTreeMap::new();
    let mut taken: BTreeSet<String> = schemas_by_name.keys().cloned().collect();
    let mut numbers = Numbers::default();
    let mut queue = Vec::new();
    let mut visit = |schema: &mut Value, queue: &mut Vec<(Pointer, String)>| {
        redirect(schema, &mut |target| {
            let known = copies.entry(target.clone()).or_insert_with(|| {
                let name = copy_name(&target, &taken, &mut numbers);
                taken.insert(name.clone());
                queue.push((target.clone(), name.clone()));
                name
            });
            known.clone()
        });
    };
    for schema in schemas_by_name.values_mut() {
        visit(schema, &mut queue);
    }
    for operation in operations {
        let pointer = operation.pointer.clone();
        schemas(&mut operation.object, &pointer, &mut |schema, _| {
            visit(schema, &mut queue)
        });
    }
    while let Some((target, name)) = queue.pop() {
        let mut copy = lowering.target(&target);
        if !report.copy(weight(&copy), &target) {
            return;
        }
        report.apply(&DEEP_REFERENCE, &target, name.as_str());
        lowering.schema(&mut copy, &target, report);
        visit(&mut copy, &mut queue);
        schemas_by_name.insert(name, copy);
    }
}

/// Turns every reference below a schema into the bare name of a schema.
fn redirect(schema: &mut Value, name: &mut dyn FnMut(Pointer) -> String) {
    let Value::Object(map) = schema else { return };
    if let Some(Value::String(reference)) = map.get_mut("$ref") {
        let target = Pointer::parse(reference).unwrap_or_default();
        let tokens: Vec<&str> = target.tokens().iter().map(String::as_str).collect();
        *reference = match tokens.as_slice() {
            ["components", "schemas", name] => (*name).to_owned(),
            _ => name(target),
        };
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = map.get_mut(keyword) {
            redirect(inner, name);
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(Value::Array(branches)) = map.get_mut(keyword) {
            branches
                .iter_mut()
                .for_each(|branch| redirect(branch, name));
        }
    }
    if let Some(Value::Object(members)) = map.get_mut("properties") {
        members
            .values_mut()
            .for_each(|member| redirect(member, name));
    }
}

/// A name from the words of a pointer: `Pet/properties/owner` is `PetOwner`.
fn copy_name(target: &Pointer, taken: &BTreeSet<String>, numbers: &mut Numbers) -> String {
    const STRUCTURE: &[&str] = &[
        crate::select::COPIES,
        "components",
        "schemas",
        "paths",
        "properties",
        "content",
        "schema",
        "definitions",
    ];
    let tokens = target.tokens().iter().map(String::as_str);
    let words: Vec<&str> = tokens.filter(|token| !STRUCTURE.contains(token)).collect();
    let name = words.join("-");
    if !taken.contains(&name) {
        return name;
    }
    // The second is `-copy`, and the third `-copy-3`.
    let numbered = |number| match number {
        2 => format!("{name}-copy"),
        _ => format!("{name}-copy-{number}"),
    };
    numbers.free(&name, numbered, |it| taken.contains(it))
}

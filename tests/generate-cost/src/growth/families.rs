//! Documents that were made to take more than their share, each of any size.

use serde_json::{Map, Value, json};

use super::document::{self, components, get, object, operation, reference, schemas, text};

/// Documents of one kind.
pub(super) struct Family {
    /// What it is called in the table.
    pub(super) name: &'static str,
    /// The smallest size that is measured; each of the others is twice the one before.
    pub(super) least: usize,
    /// The inputs of a size.
    pub(super) make: fn(usize) -> Inputs,
}

/// What a command is given.
pub(super) struct Inputs {
    pub(super) document: String,
    pub(super) overlay: Option<String>,
    pub(super) command: Subcommand,
}

/// What is done with a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subcommand {
    /// `generate`.
    Generate,
    /// `slice`, of all operations.
    Slice,
    /// `diff`, from the document to another one with other text everywhere.
    Diff,
}

impl Inputs {
    fn of(document: Value) -> Self {
        Self::text(document.to_string())
    }

    fn text(document: String) -> Self {
        Self {
            document,
            overlay: None,
            command: Subcommand::Generate,
        }
    }

    fn corrected(document: Value, actions: Value) -> Self {
        let overlay = json!({ "overlay": "1.0.0", "info": { "title": "T", "version": "1" }, "actions": actions });
        Self {
            overlay: Some(overlay.to_string()),
            ..Self::of(document)
        }
    }
}

macro_rules! families {
    ($($name:literal from $least:literal: |$n:ident| $make:expr;)*) => {
        /// Every family.
        pub(super) static ALL: &[Family] = &[$(Family {
            name: $name,
            least: $least,
            make: |$n: usize| $make,
        }),*];
    };
}

families! {
    "ordinary: operations, types, prose" from 250: |n| Inputs::of(document::ordinary(n));
    "operations without anything" from 500: |n| Inputs::of(paths(n, |_| operation()));
    "operations of one id" from 500: |n| Inputs::of(paths(n, |_| with(operation(), "operationId", json!("same"))));
    "operations, a tag each" from 500: |n| Inputs::of(paths(n, |i| with(operation(), "tags", json!([format!("T{i}")]))));
    "tags of one name in Rust" from 500: |n| Inputs::of(paths(n, |i| with(operation(), "tags", json!([same(i)]))));
    "tags that share a chain of types" from 250: |n| Inputs::of(shared_types(n));
    "operations for all security alternatives" from 20: |n| Inputs::of(secured(n));
    "security schemes" from 1000: |n| Inputs::of(schemes(n));
    "responses of an operation" from 50: |n| Inputs::of(responses(n));
    "media types of a body" from 5000: |n| Inputs::of(media_types(n));
    "parameters of an operation" from 1000: |n| Inputs::of(get(json!({ "parameters": parameters(n) })));
    "parameters of one name in Rust" from 1000: |n| Inputs::of(get(json!({ "parameters": all(n, |i| parameter(&same(i), "query")) })));
    "parameters of a path item" from 250: |n| Inputs::of(of_path_item(n));
    "parameters in a path" from 500: |n| Inputs::of(in_path(n));
    "parameters shared by operations" from 40: |n| Inputs::of(shared_parameters(n));
    "path items that refer to one" from 1000: |n| Inputs::of(path_items(n));
    "a long description, shared" from 1000: |n| Inputs::of(shared_prose(n));
    "a schema in a shared response" from 1000: |n| Inputs::of(shared_response(n));
    "a long path" from 2500: |n| Inputs::of(long_path(n));
    "members" from 1200: |n| Inputs::of(schemas([("E", object(all_named(n, "v", |_| text())))]));
    "members of one name in Rust" from 1200: |n| Inputs::of(schemas([("E", object((0..n).map(|i| (same(i), text())).collect()))]));
    "required members" from 1200: |n| Inputs::of(schemas([("E", required(n))]));
    "types" from 1000: |n| Inputs::of(types(n, |_| object(all_named(1, "a", |_| text()))));
    "types of one name in Rust" from 1000: |n| Inputs::of(colliding_types(n));
    "a chain of references" from 1000: |n| Inputs::of(types(n, |i| object(one("n", reference((i + 1) % n)))));
    "references to references" from 2500: |n| Inputs::of(types(n, |i| if i + 1 < n { reference(i + 1) } else { text() }));
    "values of an enum" from 1200: |n| Inputs::of(schemas([("E", json!({ "type": "string", "enum": all(n, |i| json!(format!("v{i}"))) }))]));
    "members of one type, too many" from 10000: |n| Inputs::of(schemas([("E", object(all_named(n, "v", |_| text())))]));
    "values of one name in Rust" from 1200: |n| Inputs::of(schemas([("E", json!({ "type": "string", "enum": all(n, |i| json!(same(i))) }))]));
    "branches that a mapping tells apart" from 500: |n| Inputs::of(told_apart(n, true));
    "branches that values tell apart" from 500: |n| Inputs::of(told_apart(n, false));
    "branches of an anyOf" from 500: |n| Inputs::of(branches(n));
    "unions inside of each other" from 500: |n| Inputs::of(types(n, |i| json!({ "oneOf": [reference((i + 1) % n), text(), { "type": "object", "properties": { "m": reference((i + 2) % n) } }] })));
    "types beside members" from 1000: |n| Inputs::of(schemas([("E", beside(n))]));
    "a union beside members" from 500: |n| Inputs::of(schemas([("E", with(beside(n), "oneOf", all(n, |i| json!({ "required": [format!("m{i}")], "title": format!("B{i}"), "minProperties": 1 }))))]));
    "parts of an allOf" from 1200: |n| Inputs::of(schemas([("E", json!({ "allOf": all(n, |i| object(one(&format!("v{i}"), text()))) }))]));
    "parts that declare one member" from 1200: |n| Inputs::of(schemas([("E", json!({ "allOf": all(n, |i| object(one("x", object(one(&format!("v{i}"), text()))))) }))]));
    "a chain of allOf" from 1000: |n| Inputs::of(types(n, |i| json!({ "allOf": [reference((i + 1).min(n - 1)), object(one(&format!("v{i}"), text()))] })));
    "allOf of one wide schema" from 1000: |n| Inputs::of(wide(n));
    "diagnostics of one kind" from 10000: |n| Inputs::of(paths(n, |_| with(operation(), "parameters", json!([{ "name": "x" }]))));
    "diagnostics in a long line of YAML" from 10000: |n| Inputs::text(format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{{}}}\n", (0..n).map(|i| format!("/{i}: 1")).collect::<Vec<_>>().join(", ")));
    "repeated keys" from 10000: |n| Inputs::text(format!("{{{}\"z\": 0}}", "\"a\": 0, ".repeat(n)));
    "a long text of prose" from 50000: |n| Inputs::of(get(json!({ "description": "* a `b` [c](d)\n".repeat(n) })));
    "prose" from 50: |n| Inputs::of(schemas([("E", object(all_named(n, "v", |_| with(text(), "description", json!("* a `b` [c](d)\n".repeat(1000))))))]));
    "prose of one character" from 50: |n| Inputs::of(schemas([("E", object(all_named(n, "v", |i| with(text(), "description", json!(&"[`*_<&"[i % 6..][..1].repeat(16_000))))))]));
    "YAML of short lines" from 100000: |n| Inputs::text(yaml(n, |i| format!("  k{i}: word\n")));
    "YAML of single letters" from 100000: |n| Inputs::text(yaml(1, |_| format!("  k: [{}a]\n", "a,".repeat(n))));
    "JSON of single digits" from 500000: |n| Inputs::text(format!("{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"x-a\": [{}0]}}", "0,".repeat(n)));
    "aliases of a long text" from 1000: |n| Inputs::text(yaml(n, |i| if i == 0 { format!("  k: &a '{}'\n", "x".repeat(200 * n)) } else { format!("  k{i}: *a\n") }));
    "aliases of aliases" from 20: |n| Inputs::text(yaml(n, |i| format!("  k{i}: &a{i} [{}]\n", if i == 0 { "x".to_owned() } else { format!("*a{p}, *a{p}", p = i - 1) })));
    "an update at many places" from 1000: |n| Inputs::corrected(paths(n, |_| operation()), all(40, |i| json!({ "target": "$.paths[*].get", "update": { format!("x-{i}"): "word ".repeat(n) } })));
    "actions with a name each" from 1000: |n| Inputs::corrected(paths(n, |_| operation()), all(n, |i| json!({ "target": format!("$.paths['/p{i}'].get"), "update": { "summary": "S" } })));
    "actions for every node" from 1000: |n| Inputs::corrected(paths(n, |_| operation()), all(n, |_| json!({ "target": "$..responses", "update": { "x-a": 1 } })));
    "filters inside of filters" from 4: |n| Inputs::corrected(paths(100, |_| operation()), json!([{ "target": format!("$.paths{}{}", "[?@.get".repeat(n), "]".repeat(n)), "remove": true }]));
    "descents" from 2: |n| Inputs::corrected(json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {}, "x-a": deep(100) }), json!([{ "target": format!("${}", "..*".repeat(n)), "remove": true }]));
    "entries removed from a list" from 1200: |n| Inputs::corrected(schemas([("E", json!({ "type": "string", "enum": all(n, |i| json!(format!("v{i}"))) }))]), json!([{ "target": "$.components.schemas.E.enum[::2]", "remove": true }]));
    "a slice" from 1000: |n| Inputs { command: Subcommand::Slice, ..Inputs::of(document::ordinary(n)) };
    "a diff" from 250: |n| Inputs { command: Subcommand::Diff, ..Inputs::of(document::ordinary(n)) };
}

/// Texts of about the same length that differ in nothing that a name in Rust can hold.
fn same(index: usize) -> String {
    let bits = (0..20).map(|bit| if index >> bit & 1 == 1 { '-' } else { '.' });
    std::iter::once('a').chain(bits).collect()
}

fn all(count: usize, one: impl Fn(usize) -> Value) -> Value {
    (0..count).map(one).collect()
}

fn all_named(count: usize, name: &str, one: impl Fn(usize) -> Value) -> Map<String, Value> {
    let named = |index| (format!("{name}{index}"), one(index));
    (0..count).map(named).collect()
}

fn one(name: &str, value: Value) -> Map<String, Value> {
    [(name.to_owned(), value)].into_iter().collect()
}

fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

fn paths(count: usize, of: impl Fn(usize) -> Value) -> Value {
    let path = |index: usize| (format!("/p{index}"), json!({ "get": of(index) }));
    document::of((0..count).map(path).collect())
}

/// Types of which the first leads to the others, and the operation to all.
fn types(count: usize, of: impl Fn(usize) -> Value) -> Value {
    let all = object(all_named(count, "x", reference));
    let mut named = all_named(count, "S", of);
    named.insert("All".to_owned(), all);
    let document = get(document::answer(
        json!({ "$ref": "#/components/schemas/All" }),
    ));
    components(document, "schemas", named)
}

fn colliding_types(count: usize) -> Value {
    let named = |index| (same(index), object(one("a", text())));
    let named: Map<String, Value> = (0..count).map(named).collect();
    let refer = |index| {
        (
            format!("x{index}"),
            json!({ "$ref": format!("#/components/schemas/{}", same(index)) }),
        )
    };
    let all = object((0..count).map(refer).collect());
    components(get(document::answer(all)), "schemas", named)
}

fn shared_types(count: usize) -> Value {
    let answers = |_| document::answer(reference(0));
    let tagged = paths(count, |i| {
        with(answers(i), "tags", json!([format!("T{i}")]))
    });
    let chain = |i| object(one("a", reference((i + 1) % count)));
    components(tagged, "schemas", all_named(count, "S", chain))
}

/// So many operations that inherit the alternatives of `n` schemes, two of them each.
fn secured(count: usize) -> Value {
    let pair =
        |at: usize| json!({ format!("s{}", at / count): [], format!("s{}", at % count): [] });
    let document = with(
        paths(1200, |_| operation()),
        "security",
        all(count * count, pair),
    );
    components(document, "securitySchemes", all_named(count, "s", scheme))
}

fn scheme(index: usize) -> Value {
    json!({ "type": "apiKey", "in": "header", "name": format!("k{index}") })
}

fn schemes(count: usize) -> Value {
    let all = all(count, |index| json!({ format!("s{index}"): [] }));
    let document = with(get(operation()), "security", all);
    components(document, "securitySchemes", all_named(count, "s", scheme))
}

fn responses(count: usize) -> Value {
    let response = |index: usize| {
        (
            (100 + index).to_string(),
            json!({ "description": "D", "content": { "application/json": { "schema": object(one("a", text())) } } }),
        )
    };
    let responses: Map<String, Value> = (0..count.min(500)).map(response).collect();
    get(json!({ "responses": responses }))
}

fn media_types(count: usize) -> Value {
    let content: Map<String, Value> = (0..count)
        .map(|index| {
            (
                format!("application/x{index}+json"),
                json!({ "schema": text() }),
            )
        })
        .collect();
    get(with(
        operation(),
        "requestBody",
        json!({ "content": content }),
    ))
}

fn parameter(name: &str, place: &str) -> Value {
    json!({ "name": name, "in": place, "required": place == "path", "schema": text() })
}

fn parameters(count: usize) -> Value {
    all(count, |index| parameter(&format!("v{index}"), "query"))
}

fn of_path_item(count: usize) -> Value {
    let mut item = one("parameters", parameters(count));
    for method in [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ] {
        item.insert(method.to_owned(), operation());
    }
    document::of(one("/a", Value::Object(item)))
}

fn in_path(count: usize) -> Value {
    let path: String = (0..count).map(|index| format!("/{{p{index}}}")).collect();
    let parameters = all(count, |index| parameter(&format!("p{index}"), "path"));
    let operation = with(operation(), "parameters", parameters);
    document::of(one(&path, json!({ "get": operation })))
}

fn shared_parameters(count: usize) -> Value {
    let refer = |index: usize| json!({ "$ref": format!("#/components/parameters/v{index}") });
    let shared = with(operation(), "parameters", all(count, refer));
    let document = paths(count, |_| shared.clone());
    let named = all_named(count, "v", |index| parameter(&format!("v{index}"), "query"));
    components(document, "parameters", named)
}

fn path_items(count: usize) -> Value {
    let item = json!({ "get": operation(), "parameters": parameters(count) });
    let refer = |index: usize| {
        (
            format!("/p{index}"),
            json!({ "$ref": "#/components/pathItems/v" }),
        )
    };
    components(
        document::of((0..count).map(refer).collect()),
        "pathItems",
        one("v", item),
    )
}

fn shared_prose(count: usize) -> Value {
    let refer = json!([{ "$ref": "#/components/parameters/v" }]);
    let document = paths(count, |_| with(operation(), "parameters", refer.clone()));
    let long = with(
        parameter("v", "query"),
        "description",
        json!("word ".repeat(20 * count)),
    );
    components(document, "parameters", one("v", long))
}

fn shared_response(count: usize) -> Value {
    let refer = json!({ "responses": { "200": { "$ref": "#/components/responses/v" } } });
    let document = paths(count, |_| refer.clone());
    let answer = document::answer(object(all_named(count, "v", |_| text())));
    components(
        document,
        "responses",
        one("v", answer["responses"]["200"].clone()),
    )
}

fn long_path(count: usize) -> Value {
    let operation = with(operation(), "parameters", parameters(count));
    document::of(one(
        &format!("/{}", "x".repeat(10 * count)),
        json!({ "get": operation }),
    ))
}

fn required(count: usize) -> Value {
    let names = all(count, |index| json!(format!("v{index}")));
    with(object(all_named(count, "v", |_| text())), "required", names)
}

fn told_apart(count: usize, mapped: bool) -> Value {
    let branch = |index: usize| {
        let kind = json!({ "type": "string", "enum": [format!("k{index}")] });
        with(object(one("k", kind)), "required", json!(["k"]))
    };
    let mut union = json!({ "oneOf": all(count, reference) });
    if mapped {
        let mapping = all_named(count, "k", |index| reference(index)["$ref"].clone());
        union["discriminator"] = json!({ "propertyName": "k", "mapping": mapping });
    }
    components(
        get(document::answer(union)),
        "schemas",
        all_named(count, "S", branch),
    )
}

fn branches(count: usize) -> Value {
    let union = json!({ "anyOf": all(count, reference) });
    let branch = |_| object(one("k", text()));
    components(
        get(document::answer(union)),
        "schemas",
        all_named(count, "S", branch),
    )
}

/// Members, and types of which some have none.
fn beside(count: usize) -> Value {
    let mut schema = object(all_named(count, "m", |_| text()));
    schema["type"] = all(count, |index| {
        json!(["object", "string", "integer", "boolean"][index % 4])
    });
    schema
}

fn wide(count: usize) -> Value {
    let mut named = all_named(
        count,
        "S",
        |index| json!({ "allOf": [{ "$ref": "#/components/schemas/Base" }, object(one(&format!("w{index}"), text()))] }),
    );
    named.insert("Base".to_owned(), object(all_named(count, "v", |_| text())));
    let all = object(all_named(count, "x", reference));
    components(get(document::answer(all)), "schemas", named)
}

fn deep(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inner, _| json!({ "a": inner }))
}

/// A YAML document with lines below a member of its own.
fn yaml(count: usize, line: impl Fn(usize) -> String) -> String {
    let lines: String = (0..count).map(line).collect();
    format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-a:\n{lines}")
}

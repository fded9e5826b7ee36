//! Names that Rust, Cargo or a disk has a use of its own for, and characters that act: the crate
//! compiles, without a warning.

use std::collections::BTreeSet;

use codegen::config::Job;
use codegen::pipeline::model;
use codegen::source::{Input, Source};
use monite_client::runtime::BaseUrl;
use serde_json::{Map, Value, json};
use tests::project::Project;
use tests::workspace::Workspace;

/// Tags, which become modules, files and features.
const TAGS: &[&str] = &[
    "Main",
    "lib",
    "mod",
    "build",
    "bin",
    "client",
    "types",
    "runtime",
    "std",
    "core",
    "serde",
    "openapi-client-runtime",
    "rustfmt",
    "clippy",
    "con",
    "aux.txt",
    "Com1",
    "nul ",
    "Pets",
    "pets",
    "pe-ts",
    "default",
    "default operations",
    "rustls",
    "native-tls",
    "tracing",
    "self",
    "crate",
    "漢字",
    "🚀",
    "_",
    "#",
];

/// Words that stand for operations, parameters, members, values, schemas and security schemes.
const WORDS: &[&str] = &[
    "new",
    "default",
    "build",
    "builder",
    "clone",
    "transport",
    "token_source",
    "client",
    "options",
    "request",
    "send",
    "stream",
    "with",
    "into_future",
    "extra",
    "self",
    "Self",
    "super",
    "crate",
    "_",
    "",
    "gen",
    "async",
    "try",
    "union",
    "r#type",
    "Option",
    "Result",
    "String",
    "Some",
    "Client",
    "Environment",
    "Unknown",
    "UnknownValue",
    "Custom",
    "a",
    "а",
    "café",
    "cafe\u{301}",
    "ŉ",
    "ΰ",
    "İ",
    "a\u{202e}b",
    "a\u{200b}b",
    "a\rb",
    "a\nb",
    "\0",
    "\u{feff}",
    "types::Pet",
    "runtime::json",
    "*/",
    "\"\\",
    "${x}",
    "1",
    "+1",
    "-1",
    "2fa",
];

fn text() -> Value {
    json!({ "type": "string" })
}

fn words() -> impl Iterator<Item = String> + Clone {
    let long = ["a", "b"].map(|end| format!("{}{end}", "Long".repeat(90)));
    WORDS.iter().map(|word| (*word).to_owned()).chain(long)
}

/// A reference to a schema.
fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{}", name.replace('/', "~1")) })
}

/// An object that has each of the words for the type of a member.
fn types() -> Value {
    let names = words().filter(|word| !word.is_empty()).enumerate();
    let members: Map<String, Value> = names
        .map(|(index, word)| (format!("m{index}"), reference(&word)))
        .collect();
    json!({ "type": "object", "properties": members })
}

/// An object whose members are all the words; more of them are required than a constructor takes.
fn object() -> Value {
    let members: Map<String, Value> = words()
        .map(|word| {
            let member = json!({ "type": ["string", "null"], "description": word });
            (word, member)
        })
        .collect();
    let required: Vec<String> = words().step_by(3).collect();
    json!({ "type": "object", "properties": members, "required": required })
}

fn operation(index: usize, tag: &str, word: &str) -> (String, Value) {
    let mut parameters: Vec<Value> = words()
        .filter(|name| index == 0 || name == word)
        .map(|name| json!({ "name": name, "in": "query", "schema": text(), "description": name }))
        .collect();
    parameters.push(json!({ "name": "#", "in": "path", "required": true, "schema": text() }));
    let content = |schema: Value| json!({ "application/json": { "schema": schema } });
    let operation = json!({
        "operationId": word,
        "tags": [tag],
        "parameters": parameters,
        "requestBody": { "content": content(reference("All")) },
        "responses": {
            "200": { "description": word, "content": content(reference("Value")) },
            "404": { "description": word, "content": content(reference("AllRequired")) },
            "409": { "description": word, "content": content(reference("Types")) },
        },
    });
    (format!("/o{index}/{{#}}"), json!({ "post": operation }))
}

fn document() -> Value {
    let tags = TAGS.iter().map(|tag| (*tag).to_owned());
    let tags: Vec<String> = tags.chain(["a".repeat(300), "a".repeat(301)]).collect();
    let count = tags.len().max(words().count());
    let paths: Map<String, Value> = words()
        .cycle()
        .zip(tags.iter().cycle())
        .take(count)
        .enumerate()
        .map(|(index, (word, tag))| operation(index, tag, &word))
        .collect();
    let mut schemas: Map<String, Value> = words()
        .filter(|word| !word.is_empty())
        .map(|word| {
            (
                word,
                json!({ "type": "object", "properties": { "a": text() } }),
            )
        })
        .collect();
    schemas.insert("All".to_owned(), object());
    schemas.insert("AllRequired".to_owned(), object());
    schemas.insert("Types".to_owned(), types());
    schemas.insert(
        "Value".to_owned(),
        json!({ "type": "string", "enum": words().collect::<Vec<_>>() }),
    );
    let key = |(index, word)| {
        let scheme = json!({ "type": "apiKey", "in": "header", "name": format!("X-{index}") });
        (word, scheme)
    };
    let schemes: Map<String, Value> = words().enumerate().map(key).collect();
    let server =
        |(index, word)| json!({ "url": format!("https://a{index}.example"), "description": word });
    let servers: Vec<Value> = words().enumerate().map(server).collect();
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets\0 \u{202e}", "version": "1\r", "description": "Use `a\rb`." },
        "servers": servers,
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": schemes },
    })
}

#[test]
fn a_crate_of_names_that_are_taken_compiles() {
    let project = Project::of("taken.json", &document().to_string());
    let sources = project.sources();
    let sources: Vec<&str> = sources
        .keys()
        .filter_map(|path| path.strip_prefix("src/"))
        .collect();
    insta::assert_snapshot!("names_of_files", sources.join("\n"));
    let folded: BTreeSet<String> = sources.iter().map(|path| path.to_lowercase()).collect();
    assert_eq!(folded.len(), sources.len(), "no disk takes two for one");
    project.compiles(&[]);
}

/// A client of one server, and the ids of what was found.
fn served(url: &str) -> (Option<String>, Vec<&'static str>) {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": url }],
        "paths": { "/a": { "get": { "responses": { "200": { "description": "" } } } } },
    });
    let source = Source::new(Input::Document, "document", document.to_string());
    let (modelled, report) = model(&Job::of(&source));
    let environments = modelled
        .map(|value| value.model.environments)
        .unwrap_or_default();
    let url = environments.into_iter().next().map(|value| value.url);
    (
        url,
        report
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.kind.id)
            .collect(),
    )
}

/// A client that can be told an environment can be built.
#[test]
fn the_url_of_each_environment_is_one_to_the_runtime() {
    let hosts = [
        "a.example",
        "A.example",
        "a.example.",
        "a..example",
        "a_b",
        "-a-",
        "localhost",
        "1.2.3.4",
        "1.2.3.256",
        "1.2.3",
        "1.2.3.4.",
        "0x7f.1",
        "a.1",
        "a.0x",
        "a.0x1g",
        "1",
        "[::1]",
        "[::1",
        "::1]",
        "[::g]",
        "[1.2.3.4]",
        "[::ffff:1.2.3.4]",
        "[fe80::1%25a]",
        "xn--mller-kva.example",
        "xn--a.example",
        "xn--.example",
        "XN--MLLER-KVA",
        "xn--a-.example",
        "xn--99999999.example",
        "a%2eb",
        "a%b",
        "a b",
        "a\tb",
        "",
        ".",
        "..",
        "u@a",
        "u:p@a",
        "a\\b",
        "a|b",
        "a^b",
        "ü.example",
    ];
    let ports = [
        "", ":", ":0", ":443", ":65535", ":65536", ":99999", ":8a", ":-1", ":+1", ": 1", ":1:2",
    ];
    let paths = [
        "",
        "/",
        "/v1",
        "/v1/",
        "//",
        "/%41",
        "/%4",
        "/%",
        "/%zz",
        "/a b",
        "/a\u{202e}b",
        "/ü",
        "?a",
        "/v1?a",
        "#a",
        "/v1#a",
        "/[a]",
        "/a|b",
        "/a\"b",
        "/a\\b",
        "/a:b@c",
        "\n",
        " ",
        "/{a}",
        "/<a>",
    ];
    let (mut taken, mut found) = (0, 0);
    for host in hosts {
        for port in ports {
            for path in paths {
                let url = format!("https://{host}{port}{path}");
                let (environment, ids) = served(&url);
                if let Some(url) = &environment {
                    assert!(BaseUrl::parse(url).is_ok(), "{url:?} is taken");
                    taken += 1;
                }
                found += usize::from(ids == ["invalid-server-url"]);
            }
        }
    }
    assert!(taken > 300 && found > 5000, "{taken} taken, {found} found");
}

#[test]
fn a_server_that_is_no_url_is_found_at_its_url() {
    for url in [
        "https://b.example:99999",
        "https://b.example/%zz",
        "https:///v1",
        "https://[::1",
        "https://b example",
        "https://b.example/\u{200b}\r",
    ] {
        assert_eq!(served(url), (None, vec!["invalid-server-url"]), "{url:?}");
    }
    for url in [
        "/v1",
        "https://",
        "https://{region}.b.example",
        "http://b.example",
        "https://b.example?a",
    ] {
        assert_eq!(served(url), (None, Vec::new()), "{url:?}");
    }
    let workspace = Workspace::with_pets();
    workspace.edit(
        "openapi/pets/openapi.yaml",
        "pets.example/v1",
        "pets.example:{port}\n    variables: {port: {default: '99999'}}",
    );
    let ran = workspace.xtask(&["regenerate"]);
    insta::assert_snapshot!("names_server_url", ran.transcript());
}

/// An expression whose name has the sign that begins a fragment is an expression.
#[test]
fn a_number_sign_in_an_expression_begins_no_fragment() {
    let path = |path: &str, name: &str| {
        let parameter = json!({ "name": name, "in": "path", "required": true, "schema": text() });
        let operation = json!({
            "parameters": [parameter], "responses": { "200": { "description": "" } },
        });
        let document = json!({
            "openapi": "3.1.0",
            "info": { "title": "T", "version": "1" },
            "paths": { path: { "get": operation } },
        });
        let source = Source::new(Input::Document, "document", document.to_string());
        let operations = model(&Job::of(&source))
            .0
            .expect("it is sound")
            .model
            .operations;
        let operation = operations.into_iter().next().expect("there is one");
        (operation.path, operation.parameters.len())
    };
    assert_eq!(path("/x/{#}", "#"), ("/x/{#}".to_owned(), 1));
    assert_eq!(path("/x/{a#b}#c", "a#b"), ("/x/{a#b}".to_owned(), 1));
    assert_eq!(path("/x#{a}", "a"), ("/x".to_owned(), 0));
}

/// A client that is given the key of such a scheme could never be built.
#[test]
fn a_cookie_that_has_no_name_is_found() {
    let scheme = json!({ "type": "apiKey", "in": "cookie", "name": "a b" });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "security": [{ "key": [] }],
        "paths": { "/a": { "get": { "responses": { "200": { "description": "" } } } } },
        "components": { "securitySchemes": { "key": scheme } },
    });
    let source = Source::new(Input::Document, "document", document.to_string());
    let (_, report) = model(&Job::of(&source));
    let found: Vec<&str> = report
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.kind.id)
        .collect();
    assert_eq!(found, ["invalid-security-scheme"]);
}

//! Every kind of diagnostic: the smallest input that has it, and what a person reads.

use codegen::config::Job;
use codegen::diagnostics;
use codegen::pipeline::generate;
use codegen::render_diagnostics::{Style, render};
use codegen::source::{Input, Source};

/// What is wrong, and with which input. Inputs that are not named are sound.
struct Fixture {
    id: &'static str,
    document: Option<Vec<u8>>,
    overlay: Option<&'static str>,
    config: Option<&'static str>,
    operations: &'static [&'static str],
}

/// A sound document, which the fixtures about other inputs go with.
const SOUND: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    get:
      operationId: get_pet
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: Found.}}
";

fn document(id: &'static str, text: impl Into<Vec<u8>>) -> Fixture {
    Fixture {
        id,
        document: Some(text.into()),
        overlay: None,
        config: None,
        operations: &[],
    }
}

fn overlay(id: &'static str, text: &'static str) -> Fixture {
    Fixture {
        id,
        document: None,
        overlay: Some(text),
        config: None,
        operations: &[],
    }
}

fn config(id: &'static str, text: &'static str) -> Fixture {
    Fixture {
        id,
        document: None,
        overlay: None,
        config: Some(text),
        operations: &[],
    }
}

/// The sound document with one text replaced.
fn sound_but(id: &'static str, from: &str, to: &str) -> Fixture {
    assert!(SOUND.contains(from), "{id}: the sound document has {from}");
    document(id, SOUND.replace(from, to))
}

/// The sound document with components.
fn with_components(id: &'static str, components: &str) -> Fixture {
    document(id, format!("{SOUND}components:\n{components}"))
}

const RESPONSES: &str = "responses: {'200': {description: Found.}}";
const PARAMETER: &str = "{name: id, in: path, required: true, schema: {type: string}}";

fn answering(id: &'static str, responses: &str) -> Fixture {
    sound_but(id, RESPONSES, &format!("responses: {responses}"))
}

/// The sound document with a second parameter.
fn taking(id: &'static str, parameter: &str) -> Fixture {
    sound_but(
        id,
        PARAMETER,
        &format!("{PARAMETER}\n        - {parameter}"),
    )
}

fn texts() -> Vec<Fixture> {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n\
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n\
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n\
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n\
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n\
                f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n\
                g: [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]\n";
    vec![
        document("empty-input", " \n"),
        document("too-large", " ".repeat((64 << 20) + 1)),
        document("not-text", b"PK\x03\x04\x00\x00\xff\xfe".to_vec()),
        document("syntax", "{\"openapi\": \"3.1.0\", \"paths\": {"),
        document(
            "duplicate-key",
            "{\"openapi\": \"3.1.0\", \"info\": {}, \"openapi\": \"3.0.3\"}",
        ),
        document(
            "too-deep",
            format!("{{\"openapi\": \"3.1.0\", \"x\": {deep}}}"),
        ),
        document("alias-expansion", format!("openapi: 3.1.0\n{bomb}")),
        document("yaml-key", "openapi: 3.1.0\n? [a, b]\n: c\n"),
        document("yaml-tag", "openapi: 3.1.0\ninfo: !thing {title: x}\n"),
        document("yaml-number", "openapi: 3.1.0\nx-limit: .inf\n"),
        document("several-documents", "openapi: 3.1.0\n---\nopenapi: 3.1.0\n"),
        document("not-an-object", "[1, 2]"),
        document(
            "missing-version",
            "info: {title: Pets, version: '1'}\npaths: {}\n",
        ),
        document(
            "unsupported-version",
            "swagger: '1.2'\ninfo: {title: Pets, version: '1'}\n",
        ),
    ]
}

fn other_inputs() -> Vec<Fixture> {
    const HEAD: &str = "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n";
    let leaked =
        |text: &str| -> &'static str { Box::leak(format!("{HEAD}{text}").into_boxed_str()) };
    let mut unselected = document("no-such-operation", SOUND);
    unselected.operations = &["GET /pet/{id}"];
    vec![
        overlay(
            "overlay-shape",
            "overlay: 1.0.0\ninfo: {title: x, version: '1'}\n",
        ),
        overlay("overlay-path", leaked("- {target: '$.[', remove: true}\n")),
        overlay(
            "overlay-no-match",
            leaked("- {target: \"$.paths['/dogs']\", remove: true}\n"),
        ),
        overlay(
            "overlay-target",
            leaked("- {target: $.info.title, update: {a: b}}\n"),
        ),
        overlay(
            "overlay-expected",
            leaked("- {target: $.info, x-expected: {title: Dogs}, update: {title: Cats}}\n"),
        ),
        {
            let tags = (0..1500).map(|value| format!("- {{name: t{value}}}\n"));
            let members = (0..1500).map(|value| format!("x-{value}: 1, "));
            let (tags, members) = (tags.collect::<String>(), members.collect::<String>());
            overlay(
                "overlay-too-large",
                leaked(&format!(
                    "- target: $\n  update:\n    tags:\n{}- {{target: '$.tags[*]', update: {{{members}}}}}\n",
                    tags.replace("- ", "    - "),
                )),
            )
        },
        unselected,
        config("config-shape", "package: {name: pets, colour: red}\n"),
        config("invalid-package", "package: {name: ../pets}\n"),
        {
            let mut wrong = taking(
                "invalid-constant",
                "{name: v, in: header, schema: {type: string, format: date}}",
            );
            wrong.config = Some("constant_headers:\n- {header: v, default: today}\n");
            wrong
        },
        config(
            "unknown-constant-header",
            "constant_headers:\n- {header: x-version}\n",
        ),
        config(
            "invalid-token-source",
            "token_source: {operation: create_token, token: access_token}\n",
        ),
        config(
            "invalid-source",
            "source: http://pets.example/openapi.yaml\n",
        ),
        config(
            "invalid-url",
            "environments:\n- {name: production, url: pets.example}\n",
        ),
        config(
            "insecure-url",
            "environments:\n- {name: production, url: http://pets.example}\n",
        ),
    ]
}

fn documents() -> Vec<Fixture> {
    let schema = |schema: &str| {
        format!(
            "{{'200': {{description: Found., content: {{application/json: {{schema: {schema}}}}}}}}}"
        )
    };
    vec![
        answering("wrong-type", &schema("{type: object, properties: [a]}")),
        sound_but("missing-member", "title: Pets, ", ""),
        answering(
            "dangling-reference",
            &schema("{$ref: '#/components/schemas/Pet'}"),
        ),
        answering("external-reference", &schema("{$ref: 'pet.yaml#/Pet'}")),
        answering("invalid-reference", &schema("{$ref: '#components'}")),
        document("wrong-reference", {
            let text = SOUND.replace(
                RESPONSES,
                "responses: {'200': {$ref: '#/components/schemas/Pet'}}",
            );
            text + "components:\n  schemas: {Pet: {type: object}}\n"
        }),
        document("reference-cycle", {
            let used = schema("{$ref: '#/components/schemas/A'}");
            let text = SOUND.replace(RESPONSES, &format!("responses: {used}"));
            text + "components:\n  schemas: {A: {$ref: '#/components/schemas/A'}}\n"
        }),
        sound_but("invalid-path", "/pets/{id}:", "pets/{id}:"),
        sound_but(
            "invalid-server-url",
            "paths:",
            "servers: [{url: 'https://pets.example:99999'}]\npaths:",
        ),
        document("equivalent-paths", {
            let again = SOUND
                .replace("{id}", "{pet}")
                .replace("name: id", "name: pet");
            let again = again.replace("get_pet", "get_pet_again");
            format!(
                "{SOUND}{}",
                again.split_once("paths:\n").map_or("", |(_, rest)| rest)
            )
        }),
        sound_but(
            "undeclared-path-parameter",
            "name: id, in: path",
            "name: id, in: query",
        ),
        taking(
            "unused-path-parameter",
            "{name: x, in: path, required: true, schema: {}}",
        ),
        sound_but(
            "optional-path-parameter",
            "in: path, required: true",
            "in: path",
        ),
        taking("duplicate-parameter", PARAMETER),
        taking("invalid-location", "{name: x, in: body, schema: {}}"),
        taking("parameter-without-schema", "{name: x, in: query}"),
        taking(
            "invalid-header-name",
            "{name: 'x y', in: header, schema: {}}",
        ),
        answering("invalid-status", "{'20O': {description: Found.}}"),
        answering(
            "invalid-media-type",
            "{'200': {description: Found., content: {json: {}}}}",
        ),
        document("duplicate-operation-id", {
            let again = SOUND.split_once("paths:\n").map_or("", |(_, rest)| rest);
            format!("{SOUND}{}", again.replace("/pets", "/dogs"))
        }),
        sound_but("unknown-security-scheme", "operationId: get_pet", {
            "security: [{token: []}]\n      operationId: get_pet"
        }),
        with_components("invalid-security-scheme", {
            "  securitySchemes: {token: {type: apiKey, in: header}}\nsecurity: [{token: []}]\n"
        }),
        with_components("unsupported-security-scheme", {
            "  securitySchemes: {token: {type: mutualTLS}}\nsecurity: [{token: []}]\n"
        }),
        taking(
            "secret-in-url",
            "{name: pin, in: query, schema: {type: string, format: password}}",
        ),
    ]
}

/// What is more than is read or made.
fn bounds() -> Vec<Fixture> {
    const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n";
    let nested = "[?@.a".repeat(9) + &"]".repeat(9);
    let target = format!(
        "overlay: 1.0.0\ninfo: {{title: x, version: '1'}}\nactions:\n- {{target: '$.paths{nested}', remove: true}}\n"
    );
    let paths = |count: usize, item: &str| -> String {
        let lines = (0..count).map(|index| format!("  /p{index}: {item}\n"));
        format!("{HEAD}paths:\n{}", lines.collect::<String>())
    };
    let names = (0..1200).map(|index| format!("{{name: p{index}, in: query, schema: {{}}}}, "));
    let shared = format!(
        "{}components:\n  pathItems:\n    shared: {{parameters: [{}]}}\n",
        paths(1200, "{$ref: '#/components/pathItems/shared'}"),
        names.collect::<String>(),
    );
    let get = "{get: {responses: {'200': {description: Found.}}}}";
    vec![
        document(
            "too-many-nodes",
            format!("{{\"x\": [{}0]}}", "0,".repeat(codegen::bounds::NODES)),
        ),
        document(
            "long-key",
            format!("{{\"{}\": 1}}", "k".repeat(codegen::bounds::KEY + 1)),
        ),
        overlay("overlay-work", Box::leak(target.into_boxed_str())),
        document("copied-too-often", shared),
        document(
            "too-many-parts",
            paths(codegen::bounds::OPERATIONS + 1, get),
        ),
    ]
}

impl Fixture {
    /// The ids that are found, and what a person reads.
    fn found(&self) -> (Vec<&'static str>, String) {
        let text = self.document.clone().unwrap_or_else(|| SOUND.into());
        let document = Source::new(Input::Document, "openapi/pets/openapi.yaml", text);
        let overlay = self
            .overlay
            .map(|text| Source::new(Input::Overlay, "openapi/pets/overlay.yaml", text));
        let config = self
            .config
            .map(|text| Source::new(Input::Config, "openapi/pets/client.yaml", text));
        let operations: Vec<String> = self
            .operations
            .iter()
            .map(|operation| (*operation).to_owned())
            .collect();
        let output = generate(&Job {
            overlay: overlay.as_ref(),
            config: config.as_ref(),
            operations: &operations,
            strict: true,
            ..Job::of(&document)
        });
        let sources: Vec<&Source> = [Some(&document), overlay.as_ref(), config.as_ref()]
            .into_iter()
            .flatten()
            .collect();
        let ids = output
            .report
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.kind.id)
            .collect();
        (
            ids,
            render(&output.report.diagnostics, &sources, Style::default()).to_string(),
        )
    }
}

#[test]
fn every_kind_of_diagnostic_is_read_by_a_person() {
    let fixtures: Vec<Fixture> = texts()
        .into_iter()
        .chain(other_inputs())
        .chain(documents())
        .chain(bounds())
        .collect();
    for fixture in &fixtures {
        let (ids, text) = fixture.found();
        assert!(
            ids.contains(&fixture.id),
            "{} is not found, but {ids:?}:\n{text}",
            fixture.id
        );
        insta::assert_snapshot!(format!("diagnostic_{}", fixture.id), text);
    }
    // A file that cannot be read is the command line's to find; a defect of this program has no
    // fixture that is not a bug.
    let mut elsewhere = vec!["unreadable-input", "generator-panic", "generator-defect"];
    // What only `slice` finds has its transcripts in slice.rs and slice_check.rs.
    elsewhere.extend(["operation-gone", "slice-differs", "slice-form"]);
    elsewhere.push("slice-unreachable");
    // The cases of faults have it: in strict mode, each fault is an error by itself.
    elsewhere.push("no-operation-left");
    let missing: Vec<&str> = diagnostics::ALL
        .iter()
        .map(|kind| kind.id)
        .filter(|id| !elsewhere.contains(id) && fixtures.iter().all(|fixture| fixture.id != *id))
        .collect();
    assert!(missing.is_empty(), "no fixture has {missing:?}");
}

#[test]
fn a_sound_document_has_no_diagnostic() {
    let (ids, text) = document("", SOUND).found();
    assert!(ids.is_empty(), "{text}");
}

#[test]
fn a_minified_document_is_shown_around_the_mark() {
    let long = "x".repeat(500);
    let text = format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"{long}\",\"version\":1}},\"paths\":{{}}}}"
    );
    let (_, text) = document("", text).found();
    insta::assert_snapshot!("diagnostic_in_a_long_line", text);
    assert!(
        text.lines().all(|line| line.chars().count() < 220),
        "{text}"
    );
}

/// The table for people is made from the table for the program.
#[test]
fn every_kind_is_in_the_docs() {
    let mut text = String::from(
        "# Diagnostics\n\nWhat can be wrong with an input. Ids are stable. An error ends the run. A \
         fault is a violation of OpenAPI: it is\nreported with what it costs, and everything else is \
         generated, unless the run is strict. This table is made from \
         `codegen/src/diagnostics.rs`;\n`INSTA_UPDATE=always cargo test -p tests diagnostics` writes it.\n\n\
         | id | level | why | what to do |\n| --- | --- | --- | --- |\n",
    );
    for kind in diagnostics::ALL {
        let level = kind.level.name();
        let cell = |text: &str| text.replace('|', "\\|");
        let (why, help) = (cell(kind.why), cell(kind.help));
        text.push_str(&format!("| `{}` | {level} | {why} | {help} |\n", kind.id));
    }
    crate::generated_docs::hold("docs/diagnostics.md", &text);
}

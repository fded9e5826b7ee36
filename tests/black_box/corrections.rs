//! Overlays and selectors: what they change, and where diagnostics about them point.

use codegen::config::Job;
use codegen::pipeline::{Output, generate};
use codegen::render_diagnostics::locate;
use codegen::source::{Input, Source};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        '200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
  /owners/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
    get:
      operationId: get_owner
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, kind: {type: string, enum: [cat]}}}
    Owner: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
";

fn sources(actions: &str) -> (Source, Source) {
    let overlay =
        format!("overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n{actions}");
    (
        Source::new(Input::Document, "openapi.yaml", DOCUMENT),
        Source::new(Input::Overlay, "overlay.yaml", overlay),
    )
}

fn run(actions: Option<&str>, operations: &[&str]) -> Output {
    let (document, overlay) = sources(actions.unwrap_or_default());
    let operations: Vec<String> = operations
        .iter()
        .map(|operation| (*operation).to_owned())
        .collect();
    generate(&Job {
        overlay: actions.map(|_| &overlay),
        operations: &operations,
        ..Job::of(&document)
    })
}

#[track_caller]
fn api(output: Output) -> String {
    let made = output
        .made
        .unwrap_or_else(|| panic!("{:?}", output.report.diagnostics));
    tests::digest::of_files(&made.files)
}

#[test]
fn updates_merge_append_and_replace() {
    let actions = "\
- {target: $.components.schemas.Pet, update: {required: [kind], properties: {age: {type: integer}}}}
- {target: '$.components.schemas.Pet.properties.kind', update: {enum: [dog]}}
- {target: '$.paths[\"/pets\"].get', update: {operationId: all_pets}}
- {target: '$.paths[\"/owners/{id}\"]', remove: true}
";
    let api = api(run(Some(actions), &[]));
    for line in [
        "Client::all_pets: fn(&self) -> AllPets",
        "types::Pet.age: Option<i64>",
        "types::Pet.kind: PetKind",
        "types::Pet.name: String",
        "types::PetKind::Cat",
        "types::PetKind::Dog",
    ] {
        assert!(api.lines().any(|other| other == line), "{line}:\n{api}");
    }
    assert!(!api.contains("Owner"), "{api}");
}

#[test]
fn a_selection_is_closed_and_minimal() {
    for selector in ["GET /pets", "/pets#GET", "list_pets"] {
        let api = api(run(None, &[selector]));
        assert!(
            api.contains("types::Pet.name") && !api.contains("Owner"),
            "{selector}: {api}"
        );
    }
    let api = api(run(None, &["get_owner"]));
    assert!(
        api.contains("types::Owner.pets") && api.contains("types::Pet.name"),
        "{api}"
    );
    assert!(!api.contains("list_pets"), "{api}");
}

#[test]
fn a_diagnostic_points_to_the_text_that_its_node_comes_from() {
    let actions = "\
- target: $.components.schemas.Pet.properties
  update:
    owner: {$ref: '#/components/schemas/Person'}
";
    let output = run(Some(actions), &[]);
    let diagnostic = output
        .report
        .diagnostics
        .first()
        .expect("the reference dangles");
    assert_eq!(diagnostic.kind.id, "dangling-reference");
    let (document, overlay) = sources(actions);
    let place = locate(diagnostic, &[&document, &overlay]).expect("it has a place");
    assert_eq!((place.file.as_str(), place.line), ("overlay.yaml", 6));
}

#[test]
fn positions_are_the_same_in_json_and_yaml() {
    let column = |text: &str| {
        let source = Source::new(Input::Document, "document", text);
        let output = generate(&Job::of(&source));
        let diagnostic = output
            .report
            .diagnostics
            .first()
            .expect("there is one")
            .clone();
        let place = locate(&diagnostic, &[&source]).expect("it has a place");
        (diagnostic.kind.id, place.line, place.column)
    };
    // The marked key stands at the fifth character of the fourth line, after one of two bytes.
    let yaml = "openapi: 3.1.0\ninfo: {title: é, version: '1'}\npaths:\n  /é: {get: {responses: {'2': {description: x}}}}\n";
    let json = "{\"openapi\": \"3.1.0\",\n\"info\": {\"title\": \"é\", \"version\": \"1\"},\n\"paths\": {\n  \"/é\": {\"get\": {\"responses\": {\"2\": {\"description\": \"x\"}}}}}}";
    assert_eq!(column(yaml), ("invalid-status", 4, 26));
    assert_eq!(column(json), ("invalid-status", 4, 32));
}

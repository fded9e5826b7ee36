//! A panic of a library becomes a diagnostic that names the operations which cause it.

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
    let diagnostic =
        diagnostics.find(|diagnostic| diagnostic.kind == &diagnostics::GENERATOR_PANIC);
    let diagnostic = diagnostic.expect("it panics");
    (format!("{:?}", diagnostic.place), diagnostic.message)
}

#[test]
fn a_panic_is_traced_to_its_operation() {
    let (place, message) = found(&["One", "Two", "PanicsAlone", "Four", "Five"]);
    assert!(place.contains("\"/a/2\", \"post\""), "{place}");
    assert_eq!(message, "alone; caused by `POST /a/2`");
}

#[test]
fn a_panic_over_two_operations_names_both() {
    let (_, message) = found(&["PanicsA", "One", "PanicsB", "Four"]);
    let both = "caused by `POST /a/0`, `POST /a/1`, `POST /a/2`, `POST /a/3` together";
    assert_eq!(message, format!("together; {both}"));
}

//! The stored document, corrected by the pipeline's own stages, and what it says of each operation.

use codegen::report::Report;
use codegen::source::{Input, Source};
use jsonschema::Validator;
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../../../openapi/monite/openapi.yaml");
const OVERLAY: &str = include_str!("../../../openapi/monite/overlay.yaml");

/// The document of Monite's API as the client is made from it: the stored slice with the overlay
/// applied.
///
/// # Panics
///
/// If the two do not fit together, which the pipeline reports as a diagnostic.
#[must_use]
pub fn corrected() -> Value {
    let mut report = Report::default();
    let document = Source::new(Input::Document, "openapi.yaml", DOCUMENT);
    let overlay = Source::new(Input::Overlay, "overlay.yaml", OVERLAY);
    let parsed = codegen::parse::document(&document, &mut report);
    let corrected = parsed
        .and_then(|parsed| codegen::overlay::apply(parsed, Some(&overlay), &mut report))
        .unwrap_or_else(|_| {
            panic!(
                "the stored document has diagnostics: {:?}",
                report.diagnostics
            )
        });
    corrected.root().clone()
}

/// An operation, as far as requests are checked against it.
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: String,
    /// In upper case.
    pub(crate) method: String,
    /// The path template, which axum writes as OpenAPI does.
    pub(crate) path: String,
    /// Whether a bearer token is required.
    pub(crate) secured: bool,
    /// The header parameters.
    pub(crate) headers: Vec<Header>,
    /// The JSON body.
    pub(crate) body: Option<Declared>,
}

/// A JSON body as it is declared.
pub(crate) struct Declared {
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// A header parameter.
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// A schema that instances are checked against.
pub(crate) struct Schema {
    pub(crate) validator: Validator,
    pub(crate) union: Option<Union>,
}

/// The branches of a schema that differ by a constant member: without choosing one by it, every
/// error would be "fits none".
pub(crate) struct Union {
    /// That member's name.
    pub(crate) tag: String,
    branches: Vec<(Value, Validator)>,
}

impl Schema {
    fn new(document: &Value, schema: &Value) -> Self {
        Self {
            validator: validator(document, schema),
            union: Union::of(document, resolved(document, schema)),
        }
    }
}

impl Union {
    fn of(document: &Value, schema: &Value) -> Option<Self> {
        let branches = schema.get("oneOf")?.as_array()?;
        let branches = branches.iter().map(|branch| resolved(document, branch));
        let tagged = branches.map(|branch| Some((constant(branch)?, branch)));
        let tagged: Vec<((&str, &Value), &Value)> = tagged.collect::<Option<_>>()?;
        let ((tag, _), _) = *tagged.first()?;
        let branches = tagged
            .iter()
            .map(|((_, value), branch)| ((*value).clone(), validator(document, branch)));
        Some(Self {
            tag: tag.to_owned(),
            branches: branches.collect(),
        })
    }

    /// The branch that a tag's value means.
    pub(crate) fn branch(&self, value: &Value) -> Option<&Validator> {
        let found = self.branches.iter().find(|(tag, _)| tag == value);
        found.map(|(_, validator)| validator)
    }
}

/// What an object is, where it may be a reference to a component.
fn resolved<'a>(document: &'a Value, object: &'a Value) -> &'a Value {
    let reference = object.get("$ref").and_then(Value::as_str);
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    let target = pointer.and_then(|pointer| document.pointer(pointer));
    target.unwrap_or(object)
}

/// The first member that can have one value only.
fn constant(schema: &Value) -> Option<(&str, &Value)> {
    let members = schema.get("properties")?.as_object()?;
    members
        .iter()
        .find_map(|(name, member)| Some((name.as_str(), member.get("const")?)))
}

/// References are to the document's components, so these stand beside the schema.
fn validator(document: &Value, schema: &Value) -> Validator {
    let rooted = json!({ "allOf": [schema], "components": document["components"] });
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&rooted)
        .expect("the pipeline has checked the document's schemas")
}

/// The members of a path that are operations; others are shared by these.
const METHODS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// Every operation of a document.
pub(crate) fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let declared = METHODS
                .into_iter()
                .filter(|method| item.get(method).is_some());
            declared.map(move |method| operation(document, path, item, method))
        })
        .collect()
}

fn operation(document: &Value, path: &str, item: &Value, method: &str) -> Operation {
    let object = &item[method];
    let body = resolved(document, &object["requestBody"]);
    let schema = body.pointer("/content/application~1json/schema");
    Operation {
        id: object["operationId"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        secured: secured(object.get("security").or(document.get("security"))),
        headers: headers(document, &object["parameters"], &item["parameters"]),
        body: schema.map(|schema| Declared {
            required: body["required"] == true,
            schema: Schema::new(document, schema),
        }),
    }
}

/// Whether credentials are required; an empty requirement among others makes them optional.
fn secured(security: Option<&Value>) -> bool {
    let requirements = security.and_then(Value::as_array);
    let empty = |value: &Value| value.as_object().is_some_and(serde_json::Map::is_empty);
    requirements.is_some_and(|value| !value.is_empty() && !value.iter().any(empty))
}

/// The header parameters of an operation, and those of its path that it does not replace.
fn headers(document: &Value, own: &Value, shared: &Value) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for parameters in [own, shared] {
        let parameters = parameters.as_array().into_iter().flatten();
        let parameters = parameters.map(|value| resolved(document, value));
        for parameter in parameters.filter(|parameter| parameter["in"] == "header") {
            let name = parameter["name"].as_str().unwrap_or_default();
            if headers
                .iter()
                .any(|header| header.name.eq_ignore_ascii_case(name))
            {
                continue;
            }
            headers.push(Header {
                name: name.to_owned(),
                required: parameter["required"] == true,
                schema: Schema::new(document, &parameter["schema"]),
            });
        }
    }
    headers
}

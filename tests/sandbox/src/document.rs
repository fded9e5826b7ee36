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
/// If the two do not fit together, which the pipeline reports as a finding.
#[must_use]
pub fn corrected() -> Value {
    let mut report = Report::default();
    let document = Source::new(Input::Document, "openapi.yaml", DOCUMENT);
    let overlay = Source::new(Input::Overlay, "overlay.yaml", OVERLAY);
    let parsed = codegen::parse::document(&document, &mut report);
    let corrected = parsed
        .and_then(|parsed| codegen::overlay::apply(parsed, Some(&overlay), &mut report))
        .unwrap_or_else(|_| panic!("the stored document has findings: {:?}", report.findings));
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
    pub(crate) body: Option<Schema>,
}

/// A header parameter.
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// A schema that instances are checked against.
pub(crate) struct Schema {
    document: Value,
    schema: Value,
    validator: Validator,
}

impl Schema {
    fn new(document: &Value, schema: &Value) -> Self {
        Self {
            document: document.clone(),
            schema: schema.clone(),
            validator: validator(document, schema),
        }
    }

    /// The branch that an instance means, where the schema is a union whose branches differ by a
    /// constant member: without this every error would be "fits none". `Err` has that member's
    /// name, where its value chooses none.
    pub(crate) fn branch(&self, instance: &Value) -> Result<Option<Self>, String> {
        let schema = self.resolved(&self.schema);
        let Some(branches) = schema.get("oneOf").and_then(Value::as_array) else {
            return Ok(None);
        };
        let branches: Vec<&Value> = branches.iter().map(|it| self.resolved(it)).collect();
        let Some(tag) = branches.first().and_then(|branch| constant(branch)) else {
            return Ok(None);
        };
        let chosen = instance.get(tag.0);
        let fits = |branch: &&&Value| constant(branch).is_some_and(|it| Some(it.1) == chosen);
        match branches.iter().find(fits) {
            Some(branch) => Ok(Some(Self::new(&self.document, branch))),
            None => Err(tag.0.to_owned()),
        }
    }

    pub(crate) fn validator(&self) -> &Validator {
        &self.validator
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
        let target = pointer.and_then(|pointer| self.document.pointer(pointer));
        target.unwrap_or(schema)
    }
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

/// Every operation of a document.
pub(crate) fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods.map(move |(method, object)| operation(document, path, method, object))
        })
        .collect()
}

fn operation(document: &Value, path: &str, method: &str, object: &Value) -> Operation {
    let parameters = object["parameters"].as_array().into_iter().flatten();
    let headers = parameters
        .filter(|it| it["in"] == "header")
        .map(|it| Header {
            name: it["name"].as_str().unwrap_or_default().to_owned(),
            required: it["required"] == true,
            schema: Schema::new(document, &it["schema"]),
        });
    let body = object.pointer("/requestBody/content/application~1json/schema");
    Operation {
        id: object["operationId"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        secured: object["security"]
            .as_array()
            .is_some_and(|it| !it.is_empty()),
        headers: headers.collect(),
        body: body.map(|schema| Schema::new(document, schema)),
    }
}

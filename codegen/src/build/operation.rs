//! An operation's arguments, body, responses and what it requires.

use serde_json::{Map, Value};

use super::client::Constants;
use super::encoding;
use super::types::{Spot, Types, doc, flag};
use crate::lower::{LoweredOperation, ORIGIN, SERVER, body_kind, is_secret, response_kind, sorted};
use crate::model::{
    Body, BodyKind, Credential, Location, Operation, Parameter, Response, ResponseBody, Schema,
    Status, Style,
};
use crate::name::{OperationNames, Scope, snake, variant};
use crate::pointer::Pointer;
use crate::report::{Report, Rule};

pub(super) static NO_CONTENT: Rule = Rule {
    id: "response-without-content",
    does: "content is ignored where HTTP has none: for HEAD, and for 1xx, 204, 205 and 304",
    loss: None,
};

/// Methods that may be repeated without further effect (RFC 9110 section 9.2.2).
const IDEMPOTENT: &[&str] = &["delete", "get", "head", "options", "put", "trace"];

/// What an operation is made from.
pub(super) struct Builder<'a> {
    pub(super) root: &'a Value,
    pub(super) lowered: &'a LoweredOperation,
    pub(super) names: OperationNames,
    pub(super) credentials: &'a [Credential],
}

impl Builder<'_> {
    pub(super) fn build(
        self,
        types: &mut Types<'_>,
        constants: &mut Constants<'_>,
        report: &mut Report,
    ) -> Operation {
        let object = &self.lowered.object;
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
        let mut scope = Scope::of_arguments();
        let body = self.body(types, &mut scope, report);
        let parameters = self.parameters(types, constants, &mut scope, report);
        let responses = self.responses(types, report);
        let declared = object.get("x-idempotent").and_then(Value::as_bool);
        let by_method = IDEMPOTENT.contains(&self.lowered.method.as_str());
        Operation {
            id: text("operationId").unwrap_or_default(),
            method: self.lowered.method.to_ascii_uppercase(),
            path: self.lowered.path.clone(),
            summary: text("summary").filter(|text| !text.trim().is_empty()),
            description: text("description").filter(|text| !text.trim().is_empty()),
            deprecated: object
                .get("deprecated")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            idempotent: declared.unwrap_or(by_method),
            parameters,
            server: text(SERVER),
            body,
            responses,
            tag: crate::name::first_tag(self.lowered).map(str::to_owned),
            security: self.security(),
            pointer: self.lowered.pointer.clone(),
            rust: self.names.method,
            type_name: self.names.request,
            error_type: self.names.error,
            success_type: self.names.success,
            module: self.names.module,
        }
    }

    fn parameters(
        &self,
        types: &mut Types<'_>,
        constants: &mut Constants<'_>,
        scope: &mut Scope,
        report: &mut Report,
    ) -> Vec<Parameter> {
        let given = self
            .lowered
            .object
            .get("parameters")
            .and_then(Value::as_array);
        let mut parameters: Vec<Parameter> = given
            .into_iter()
            .flatten()
            .filter_map(|object| self.parameter(object, types, constants, scope, report))
            .collect();
        parameters.sort_by(|one, other| {
            let key = |it: &Parameter| (!it.required, it.location);
            key(one)
                .cmp(&key(other))
                .then_with(|| one.wire.cmp(&other.wire))
        });
        parameters
    }

    fn parameter(
        &self,
        object: &Value,
        types: &mut Types<'_>,
        constants: &mut Constants<'_>,
        scope: &mut Scope,
        report: &mut Report,
    ) -> Option<Parameter> {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let wire = text("name")?.to_owned();
        let location = location(text("in")?)?;
        let pointer = origin(object, &self.lowered.pointer);
        let content = object.get("content").and_then(Value::as_object);
        let content = content.and_then(|content| content.iter().next());
        let (schema, place) = match content {
            Some((name, media_type)) => (
                media_type.get("schema"),
                pointer.child("content").child(name).child("schema"),
            ),
            None => (object.get("schema"), pointer.child("schema")),
        };
        let name = format!("{}{}", self.names.request, crate::name::pascal(&wire));
        let spot = Spot {
            name: &name,
            pointer: &place,
        };
        let schema = schema.map(|schema| (types.schema(schema, &spot, report), doc(schema)));
        let (schema, of_schema) = schema.unwrap_or((Schema::Any, None));
        let style = if content.is_some() {
            Style::Json
        } else {
            style(text("style"), location)
        };
        let explode = object.get("explode").and_then(Value::as_bool);
        let constant = match location {
            Location::Header => constants.claim(&wire, &schema, doc(object)),
            _ => None,
        };
        let rust = match constant.and_then(|index| constants.rust(index)) {
            Some(setter) => scope.add(setter, &wire, &pointer, report),
            None => scope.add(&snake(&wire), &wire, &pointer, report),
        };
        Some(Parameter {
            rust,
            location,
            style,
            explode: explode.unwrap_or(style == Style::Form),
            required: flag(object, "required"),
            doc: joined(doc(object), of_schema),
            deprecated: flag(object, "deprecated"),
            constant,
            schema,
            wire,
            pointer,
        })
    }

    fn body(&self, types: &mut Types<'_>, scope: &mut Scope, report: &mut Report) -> Option<Body> {
        let object = self.lowered.object.get("requestBody")?;
        let (media_type, content) = object.get("content")?.as_object()?.iter().next()?;
        let mut kind = body_kind(media_type);
        let pointer = origin(object, &self.lowered.pointer);
        let place = pointer.child("content").child(media_type).child("schema");
        let name = self.body_name(&pointer, "");
        let spot = Spot {
            name: &name,
            pointer: &place,
        };
        let schema = match kind {
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart => content.get("schema"),
            BodyKind::Text => content.get("schema").filter(|it| is_secret(it)),
            BodyKind::Bytes => None,
        };
        let schema = schema.map_or(Schema::Any, |schema| match kind {
            BodyKind::Multipart => types.form(schema, &encoding::files(content), &spot, report),
            _ => types.schema(schema, &spot, report),
        });
        let schema = match (kind, schema) {
            // Where there is no body there is no form, and no form is null.
            (BodyKind::Form | BodyKind::Multipart, Schema::Nullable(inner)) => *inner,
            (_, schema) => schema,
        };
        if kind == BodyKind::Form && !types.has_pairs(&schema) {
            report.apply(&encoding::FORM_OF_BYTES, &pointer, media_type.as_str());
            kind = BodyKind::Text;
        }
        if kind == BodyKind::Multipart && !types.is_structure(&schema) {
            report.apply(&encoding::FORM_OF_BYTES, &pointer, media_type.as_str());
            kind = BodyKind::Bytes;
        }
        Some(Body {
            media_type: media_type.clone(),
            kind,
            schema,
            encoding: encoding::of(content),
            rust: scope.add("body", "body", &pointer, report),
            required: flag(object, "required"),
            doc: doc(object),
            pointer,
        })
    }

    fn responses(&self, types: &mut Types<'_>, report: &mut Report) -> Vec<Response> {
        let given = self
            .lowered
            .object
            .get("responses")
            .and_then(Value::as_object);
        let mut responses: Vec<Response> = Vec::new();
        for (key, object) in given.map(sorted).unwrap_or_default() {
            let Some(status) = status(key) else { continue };
            let rust = variant(status);
            let body = if self.has_body(status) {
                self.response_body(object, &rust, types, report)
            } else {
                self.without_body(object, report)
            };
            responses.push(Response {
                status,
                rust,
                doc: doc(object),
                body,
                pointer: origin(object, &self.lowered.pointer),
            });
        }
        responses.sort_by_key(|response| response.status);
        responses
    }

    /// Whether HTTP lets a response have content (RFC 9110 sections 9.3.2, 15.3.5, 15.4.5).
    fn has_body(&self, status: Status) -> bool {
        let never = matches!(
            status,
            Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1)
        );
        self.lowered.method != "head" && !never
    }

    fn without_body(&self, object: &Value, report: &mut Report) -> Option<ResponseBody> {
        if object.get("content").is_some() {
            let pointer = origin(object, &self.lowered.pointer);
            report.apply(&NO_CONTENT, &pointer, "");
        }
        None
    }

    fn response_body(
        &self,
        object: &Value,
        variant: &str,
        types: &mut Types<'_>,
        report: &mut Report,
    ) -> Option<ResponseBody> {
        let (media_type, content) = object.get("content")?.as_object()?.iter().next()?;
        let kind = response_kind(media_type);
        let pointer = origin(object, &self.lowered.pointer);
        let place = pointer.child("content").child(media_type).child("schema");
        let name = self.body_name(&pointer, variant);
        let spot = Spot {
            name: &name,
            pointer: &place,
        };
        let schema = content.get("schema").filter(|schema| match kind {
            BodyKind::Json => true,
            BodyKind::Text => is_secret(schema),
            _ => false,
        });
        let schema = schema.map_or(Schema::Any, |schema| types.schema(schema, &spot, report));
        Some(ResponseBody {
            media_type: media_type.clone(),
            kind,
            schema,
        })
    }

    /// What a body's type is called: by the component that it stands in, which other operations
    /// may refer to as well, or by the operation.
    fn body_name(&self, pointer: &Pointer, variant: &str) -> String {
        match pointer.tokens() {
            [components, _, name] if components == "components" => format!("{name}-body"),
            _ => format!("{}{variant}Body", self.names.request),
        }
    }

    /// The operation's own requirements, or else the document's.
    fn security(&self) -> Vec<Vec<usize>> {
        let own = self.lowered.object.get("security");
        let given = own.or(self.root.get("security")).and_then(Value::as_array);
        let by_name = |name: &str| {
            let found = self
                .credentials
                .binary_search_by(|it| it.scheme.as_str().cmp(name));
            found.ok()
        };
        let alternative = |required: &Map<String, Value>| {
            sorted(required)
                .into_keys()
                .map(|name| by_name(name))
                .collect::<Option<Vec<usize>>>()
        };
        let alternatives = given.into_iter().flatten().filter_map(Value::as_object);
        alternatives.filter_map(alternative).collect()
    }
}

/// Where an object stands that may have been referred to.
fn origin(object: &Value, operation: &Pointer) -> Pointer {
    let origin = object
        .get(ORIGIN)
        .and_then(Value::as_str)
        .and_then(Pointer::parse);
    origin.unwrap_or_else(|| operation.clone())
}

fn joined(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}\n\n{other}")),
        (one, other) => one.or(other),
    }
}

fn location(text: &str) -> Option<Location> {
    match text {
        "path" => Some(Location::Path),
        "query" => Some(Location::Query),
        "header" => Some(Location::Header),
        "cookie" => Some(Location::Cookie),
        _ => None,
    }
}

/// The style, or the location's default (OpenAPI "Parameter Object", `style`).
fn style(text: Option<&str>, location: Location) -> Style {
    match (text, location) {
        (Some("label"), Location::Path) => Style::Label,
        (Some("matrix"), Location::Path) => Style::Matrix,
        (Some("spaceDelimited"), Location::Query) => Style::SpaceDelimited,
        (Some("pipeDelimited"), Location::Query) => Style::PipeDelimited,
        (Some("deepObject"), Location::Query) => Style::DeepObject,
        (_, Location::Query | Location::Cookie) => Style::Form,
        (_, Location::Path | Location::Header) => Style::Simple,
    }
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    match key.to_ascii_uppercase().strip_suffix("XX") {
        Some(digit) => Some(Status::Range(digit.parse().ok()?)),
        None => Some(Status::Code(key.parse().ok()?)),
    }
}

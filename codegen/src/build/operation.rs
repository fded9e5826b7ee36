//! An operation's arguments, body, responses and what it requires.

use super::client_facts::Constants;
use super::encoding;
use super::types::{NameHint, Types, doc};
use crate::lower::{self, BodyUse, Content, kind_of};
use crate::model::{
    Body, BodyKind, Credential, Location, Operation, Parameter, Response, ResponseBody, Schema,
    Status,
};
use crate::name::{OperationNames, Scope, pascal, snake, variant};
use crate::pointer::Pointer;
use crate::report::{Loss, Report, Rule};

pub(super) static FORM_OF_BYTES: Rule = Rule {
    id: "form-without-members",
    does: "a form that is no object with members is bytes, or text",
    loss: Some(Loss::Unexpressed(
        "the caller encodes the form, with its boundary if it has one",
    )),
};

pub(super) static NO_CONTENT: Rule = Rule {
    id: "response-without-content",
    does: "content is ignored where HTTP has none: for HEAD, and for 1xx, 204, 205 and 304",
    loss: None,
};

/// Methods that may be repeated without further effect (RFC 9110 section 9.2.2).
const IDEMPOTENT: &[&str] = &["delete", "get", "head", "options", "put", "trace"];

/// Builds an operation.
pub(super) struct Builder<'a> {
    pub(super) lowered: &'a lower::Operation,
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
        let lowered = self.lowered;
        let mut scope = Scope::of_arguments();
        let body = self.body(types, &mut scope, report);
        let parameters = self.parameters(types, constants, &mut scope, report);
        let responses = self.responses(types, report);
        let by_method = IDEMPOTENT.contains(&lowered.method);
        let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        Operation {
            id: lowered.id.clone(),
            method: lowered.method.to_ascii_uppercase(),
            path: lowered.path.clone(),
            summary: text(&lowered.summary),
            description: text(&lowered.description),
            deprecated: lowered.deprecated,
            idempotent: lowered.idempotent.unwrap_or(by_method),
            parameters,
            server: lowered.server.clone(),
            body,
            responses,
            tag: lowered.tag.clone(),
            security: self.security(),
            pointer: lowered.pointer.clone(),
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
        let given = self.lowered.parameters.iter();
        let mut parameters: Vec<Parameter> = given
            .map(|parameter| self.parameter(parameter, types, constants, scope, report))
            .collect();
        parameters.sort_by(|one, other| {
            let key = |parameter: &Parameter| (!parameter.required, parameter.location);
            key(one)
                .cmp(&key(other))
                .then_with(|| one.wire.cmp(&other.wire))
        });
        parameters
    }

    fn parameter(
        &self,
        lowered: &lower::Parameter,
        types: &mut Types<'_>,
        constants: &mut Constants<'_>,
        scope: &mut Scope,
        report: &mut Report,
    ) -> Parameter {
        let wire = &lowered.name;
        let name = format!("{}{}", self.names.request, pascal(wire));
        let hint = NameHint {
            name: &name,
            pointer: &lowered.schema_pointer,
        };
        let given = lowered.schema.as_ref();
        let schema = given.map(|schema| types.schema(schema, hint, report));
        let schema = schema.unwrap_or(Schema::Any);
        let doc_of_schema = given.and_then(|schema| doc(schema.description.as_deref()));
        let constant = match lowered.location {
            Location::Header => constants.claim(wire, &schema, lowered.description.clone()),
            _ => None,
        };
        let rust = match constant.and_then(|index| constants.rust(index)) {
            Some(setter) => scope.add(setter, wire, &lowered.pointer, report),
            None => scope.add(&snake(wire), wire, &lowered.pointer, report),
        };
        Parameter {
            rust,
            location: lowered.location,
            style: lowered.style,
            explode: lowered.explode,
            required: lowered.required,
            doc: joined(lowered.description.clone(), doc_of_schema),
            deprecated: lowered.deprecated,
            constant,
            schema,
            wire: wire.clone(),
            pointer: lowered.pointer.clone(),
        }
    }

    fn body(&self, types: &mut Types<'_>, scope: &mut Scope, report: &mut Report) -> Option<Body> {
        let lowered = self.lowered.body.as_ref()?;
        let (content, pointer) = (&lowered.content, &lowered.pointer);
        let mut kind = kind_of(&content.media_type, BodyUse::Request);
        let name = self.body_name(pointer, "");
        let hint = NameHint {
            name: &name,
            pointer: &content.schema_pointer,
        };
        let schema = match (kind, typed_schema(content, kind)) {
            (_, None) => Schema::Any,
            (BodyKind::Multipart, Some(schema)) => types.form(schema, &lowered.parts, hint, report),
            (_, Some(schema)) => types.schema(schema, hint, report),
        };
        let schema = match (kind, schema) {
            // Where there is no body there is no form, and no form is null.
            (BodyKind::Form | BodyKind::Multipart, Schema::Nullable(inner)) => *inner,
            (_, schema) => schema,
        };
        if kind == BodyKind::Form && !types.has_pairs(&schema) {
            report.apply(&FORM_OF_BYTES, pointer, content.media_type.as_str());
            kind = BodyKind::Text;
        }
        if kind == BodyKind::Multipart && !types.is_structure(&schema) {
            report.apply(&FORM_OF_BYTES, pointer, content.media_type.as_str());
            kind = BodyKind::Bytes;
        }
        Some(Body {
            media_type: content.media_type.clone(),
            kind,
            schema,
            encoding: encoding::declared(&lowered.parts),
            rust: scope.add("body", "body", pointer, report),
            required: lowered.required,
            doc: lowered.description.clone(),
            pointer: pointer.clone(),
        })
    }

    fn responses(&self, types: &mut Types<'_>, report: &mut Report) -> Vec<Response> {
        let mut responses: Vec<Response> = Vec::new();
        for lowered in &self.lowered.responses {
            let rust = variant(lowered.status);
            let body = if self.has_body(lowered.status) {
                self.response_body(lowered, &rust, types, report)
            } else {
                if lowered.content.is_some() {
                    report.apply(&NO_CONTENT, &lowered.pointer, "");
                }
                None
            };
            responses.push(Response {
                status: lowered.status,
                rust,
                doc: lowered.description.clone(),
                body,
                pointer: lowered.pointer.clone(),
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

    fn response_body(
        &self,
        lowered: &lower::Response,
        variant: &str,
        types: &mut Types<'_>,
        report: &mut Report,
    ) -> Option<ResponseBody> {
        let content = lowered.content.as_ref()?;
        let kind = kind_of(&content.media_type, BodyUse::Response);
        let name = self.body_name(&lowered.pointer, variant);
        let hint = NameHint {
            name: &name,
            pointer: &content.schema_pointer,
        };
        let schema = typed_schema(content, kind);
        let schema = schema.map_or(Schema::Any, |schema| types.schema(schema, hint, report));
        Some(ResponseBody {
            media_type: content.media_type.clone(),
            kind,
            schema,
        })
    }

    /// What a body's type is called: by the component that it is in, which other operations may
    /// refer to as well, or by the operation.
    fn body_name(&self, pointer: &Pointer, variant: &str) -> String {
        match pointer.tokens() {
            [components, _, name] if components == "components" => format!("{name}-body"),
            _ => format!("{}{variant}Body", self.names.request),
        }
    }

    /// The alternatives of which the client can serve every scheme.
    fn security(&self) -> Vec<Vec<usize>> {
        let by_name = |name: &String| {
            let credentials = self.credentials;
            let found = credentials.binary_search_by(|credential| credential.scheme.cmp(name));
            found.ok()
        };
        let alternatives = self.lowered.security.iter();
        alternatives
            .filter_map(|schemes| schemes.iter().map(by_name).collect())
            .collect()
    }
}

/// The schema of a body whose type is made of it: text and bytes have one type, unless the text is a
/// secret.
fn typed_schema(content: &Content, kind: BodyKind) -> Option<&lower::Schema> {
    let schema = content.schema.as_ref();
    schema.filter(|schema| match kind {
        BodyKind::Json | BodyKind::Form | BodyKind::Multipart => true,
        BodyKind::Text => schema.kind == lower::Kind::Secret,
        BodyKind::Bytes => false,
    })
}

fn joined(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}\n\n{other}")),
        (one, other) => one.or(other),
    }
}

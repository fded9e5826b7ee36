//! An operation while rules for operations are applied to it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::context::Context;
use super::form_parts;
use super::media_types::{self, BodyUse, kind_of};
use super::members::{is_set, text};
use super::operation::{Body, Content, FormPart, Operation, Parameter, Response};
use super::own_server::OwnServer;
use crate::model::{Location, Status, Style};
use crate::pointer::Pointer;
use crate::resolve::{Located, ResolvedOperation};

/// An operation of the document, and what has been decided about it so far.
pub(super) struct Draft<'a> {
    pub(super) resolved: ResolvedOperation<'a>,
    /// The id in the document, until `operation_ids` makes it unique.
    pub(super) id: Option<String>,
    /// The path that is sent.
    pub(super) path: String,
    /// Each once, by location, then by name.
    pub(super) parameters: Vec<ParameterDraft<'a>>,
    pub(super) body: Option<BodyDraft<'a>>,
    pub(super) responses: Vec<ResponseDraft<'a>>,
    pub(super) server: OwnServer,
}

/// A parameter.
pub(super) struct ParameterDraft<'a> {
    pub(super) located: Located<'a>,
    pub(super) name: &'a str,
    /// As the document spells it.
    pub(super) location: &'a str,
    pub(super) required: bool,
}

/// A request body.
pub(super) struct BodyDraft<'a> {
    pub(super) located: Located<'a>,
    pub(super) content: ContentDraft<'a>,
    pub(super) parts: BTreeMap<String, FormPart>,
}

/// A response.
pub(super) struct ResponseDraft<'a> {
    /// As the document spells it.
    pub(super) status: &'a str,
    pub(super) located: Located<'a>,
    pub(super) content: Option<ContentDraft<'a>>,
}

/// A `content` map.
pub(super) struct ContentDraft<'a> {
    /// The media type that was chosen.
    pub(super) media_type: &'a str,
    /// The other ones.
    pub(super) others: Vec<&'a str>,
    /// The Media Type Object of the chosen one.
    pub(super) object: &'a Value,
}

impl<'a> Draft<'a> {
    /// The draft of an operation. The operation's own parameters replace those of its path item.
    pub(super) fn of(
        context: &Context<'a>,
        resolved: ResolvedOperation<'a>,
        server: OwnServer,
    ) -> Self {
        let mut parameters: BTreeMap<(&str, &str), ParameterDraft<'a>> = BTreeMap::new();
        for located in &resolved.parameters {
            let object = located.object;
            let (Some(location), Some(name)) = (text(object, "in"), text(object, "name")) else {
                continue;
            };
            let parameter = ParameterDraft {
                located: located.clone(),
                name,
                location,
                required: is_set(object, "required"),
            };
            parameters.insert((location, name), parameter);
        }
        let responses = resolved.responses.iter();
        let responses = responses.map(|(status, located)| ResponseDraft {
            status,
            located: located.clone(),
            content: ContentDraft::of(located),
        });
        Self {
            id: text(resolved.object, "operationId").map(str::to_owned),
            path: resolved.path.to_owned(),
            parameters: parameters.into_values().collect(),
            body: BodyDraft::of(context, resolved.body.as_ref()),
            responses: responses.collect(),
            server,
            resolved,
        }
    }

    /// The place of the operation.
    pub(super) fn place(&self) -> &Pointer {
        &self.resolved.pointer
    }

    /// The finished operation. `security` is the requirement of the document, for operations that
    /// have none of their own.
    pub(super) fn finish(
        self,
        description: Option<String>,
        security: Option<&Value>,
    ) -> Operation<Value> {
        let object = self.resolved.object;
        let parameters = self.parameters.into_iter();
        let responses = self.responses.into_iter();
        Operation {
            id: self.id.unwrap_or_default(),
            path: self.path,
            method: self.resolved.method,
            summary: text(object, "summary").map(str::to_owned),
            description,
            deprecated: is_set(object, "deprecated"),
            idempotent: object.get("x-idempotent").and_then(Value::as_bool),
            tag: tag(object),
            server: self.server.into_url(),
            security: alternatives(object.get("security").or(security)),
            parameters: parameters.filter_map(ParameterDraft::finish).collect(),
            body: self.body.map(BodyDraft::finish),
            responses: responses.filter_map(ResponseDraft::finish).collect(),
            pointer: self.resolved.pointer,
        }
    }
}

impl ParameterDraft<'_> {
    fn finish(self) -> Option<Parameter<Value>> {
        let Located { object, origin } = self.located;
        let location = location(self.location)?;
        let content = ContentDraft::of_object(object);
        let (style, schema, schema_pointer) = match content {
            Some(content) => {
                let place = content.schema_place(&origin);
                (Style::Json, content.object.get("schema"), place)
            }
            None => {
                let style = style(text(object, "style"), location);
                (style, object.get("schema"), origin.child("schema"))
            }
        };
        let explode = object.get("explode").and_then(Value::as_bool);
        Some(Parameter {
            name: self.name.to_owned(),
            location,
            style,
            explode: explode.unwrap_or(style == Style::Form),
            required: self.required,
            deprecated: is_set(object, "deprecated"),
            description: description(object),
            schema: schema.cloned(),
            schema_pointer,
            pointer: origin,
        })
    }
}

impl<'a> BodyDraft<'a> {
    fn of(context: &Context<'a>, located: Option<&Located<'a>>) -> Option<Self> {
        let located = located?.clone();
        let content = ContentDraft::of(&located)?;
        let kind = kind_of(content.media_type, BodyUse::Request);
        let media_type = content.object.as_object();
        let parts = media_type.map(|media_type| form_parts::of(context, kind, media_type));
        Some(Self {
            parts: parts.unwrap_or_default(),
            located,
            content,
        })
    }

    fn finish(self) -> Body<Value> {
        let Located { object, origin } = self.located;
        Body {
            content: self.content.finish(&origin),
            parts: self.parts,
            required: is_set(object, "required"),
            description: description(object),
            pointer: origin,
        }
    }
}

impl ResponseDraft<'_> {
    fn finish(self) -> Option<Response<Value>> {
        let Located { object, origin } = self.located;
        Some(Response {
            status: status(self.status)?,
            description: description(object),
            content: self.content.map(|content| content.finish(&origin)),
            pointer: origin,
        })
    }
}

impl<'a> ContentDraft<'a> {
    fn of(located: &Located<'a>) -> Option<Self> {
        Self::of_object(located.object)
    }

    fn of_object(object: &'a Map<String, Value>) -> Option<Self> {
        let content = object.get("content")?.as_object()?;
        let mut names = media_types::ranked(content).into_iter();
        let media_type = names.next()?;
        Some(Self {
            media_type,
            others: names.collect(),
            object: content.get(media_type)?,
        })
    }

    /// The chosen media type and the others, for the log.
    pub(super) fn choice(&self) -> String {
        format!("{}, not {}", self.media_type, self.others.join(", "))
    }

    fn schema_place(&self, origin: &Pointer) -> Pointer {
        origin.join(["content", self.media_type, "schema"])
    }

    fn finish(self, origin: &Pointer) -> Content<Value> {
        Content {
            schema_pointer: self.schema_place(origin),
            media_type: self.media_type.to_owned(),
            schema: self.object.get("schema").cloned(),
        }
    }
}

/// The first tag, if it is not blank.
fn tag(object: &Map<String, Value>) -> Option<String> {
    let tags = object.get("tags").and_then(Value::as_array);
    let first = tags.and_then(|tags| tags.first()).and_then(Value::as_str);
    let first = first.filter(|tag| !tag.trim().is_empty());
    first.map(str::to_owned)
}

/// The security schemes of each alternative (OpenAPI "Security Requirement Object").
fn alternatives(security: Option<&Value>) -> Vec<Vec<String>> {
    let given = security.and_then(Value::as_array).into_iter().flatten();
    let given = given.filter_map(Value::as_object);
    given
        .map(|required| required.keys().cloned().collect())
        .collect()
}

fn location(name: &str) -> Option<Location> {
    match name {
        "path" => Some(Location::Path),
        "query" => Some(Location::Query),
        "header" => Some(Location::Header),
        "cookie" => Some(Location::Cookie),
        _ => None,
    }
}

/// The style, or the location's default (OpenAPI "Parameter Object", `style`).
fn style(name: Option<&str>, location: Location) -> Style {
    match (name, location) {
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

/// A description that is not blank.
fn description(object: &Map<String, Value>) -> Option<String> {
    let text = text(object, "description")?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

//! The lowered form of an operation.

use std::collections::BTreeMap;

use super::schema::Schema;
use crate::model::{Encoding, Location, Status, Style};
use crate::pointer::Pointer;

/// An operation in which references have been followed and one media type chosen for each body.
///
/// `S` is what its schemas are: [`Schema`], and before they are lowered a part of the document.
#[derive(Clone, Debug)]
pub(crate) struct Operation<S = Schema> {
    /// Unique; derived from method and path where the document has none.
    pub(crate) id: String,
    pub(crate) path: String,
    /// Lower-case HTTP method.
    pub(crate) method: &'static str,
    pub(crate) summary: Option<String>,
    /// Markdown, with what the method does not support.
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    /// What `x-idempotent` says.
    pub(crate) idempotent: Option<bool>,
    /// The first tag that is not blank.
    pub(crate) tag: Option<String>,
    /// The URL of its own server, where that is none of the API's.
    pub(crate) server: Option<String>,
    /// The security schemes of each alternative, the document's where the operation has none.
    pub(crate) security: Vec<Vec<String>>,
    pub(crate) parameters: Vec<Parameter<S>>,
    pub(crate) body: Option<Body<S>>,
    /// By status, as the document spells it.
    pub(crate) responses: Vec<Response<S>>,
    pub(crate) pointer: Pointer,
}

/// A parameter (OpenAPI "Parameter Object").
#[derive(Clone, Debug)]
pub(crate) struct Parameter<S = Schema> {
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) description: Option<String>,
    pub(crate) schema: Option<S>,
    /// The place of the schema, also where there is none.
    pub(crate) schema_pointer: Pointer,
    pub(crate) pointer: Pointer,
}

/// A request body.
#[derive(Clone, Debug)]
pub(crate) struct Body<S = Schema> {
    pub(crate) content: Content<S>,
    /// How the members of a form are written, by name.
    pub(crate) parts: BTreeMap<String, FormPart>,
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) pointer: Pointer,
}

/// A member of a form (OpenAPI "Encoding Object").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FormPart {
    pub(crate) encoding: Encoding,
    pub(crate) file: Option<FilePart>,
    /// Whether the document declares headers for it.
    pub(crate) has_headers: bool,
}

/// A member of a form that is a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilePart {
    One,
    List,
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Response<S = Schema> {
    pub(crate) status: Status,
    pub(crate) description: Option<String>,
    pub(crate) content: Option<Content<S>>,
    pub(crate) pointer: Pointer,
}

/// The one media type that was chosen of a `content` map.
#[derive(Clone, Debug)]
pub(crate) struct Content<S = Schema> {
    pub(crate) media_type: String,
    pub(crate) schema: Option<S>,
    /// The place of the schema, also where there is none.
    pub(crate) schema_pointer: Pointer,
}

impl<S> Operation<S> {
    /// Replaces every schema, in the order of parameters, body, responses. `lower` is given the
    /// place of each.
    pub(crate) fn map_schemas<T>(self, lower: &mut dyn FnMut(S, &Pointer) -> T) -> Operation<T> {
        let parameters = self.parameters.into_iter();
        let parameters = parameters
            .map(|parameter| parameter.map_schema(lower))
            .collect();
        let body = self.body.map(|body| Body {
            content: body.content.map_schema(lower),
            parts: body.parts,
            required: body.required,
            description: body.description,
            pointer: body.pointer,
        });
        let responses = self.responses.into_iter().map(|response| Response {
            status: response.status,
            description: response.description,
            content: response.content.map(|content| content.map_schema(lower)),
            pointer: response.pointer,
        });
        Operation {
            parameters,
            body,
            responses: responses.collect(),
            id: self.id,
            path: self.path,
            method: self.method,
            summary: self.summary,
            description: self.description,
            deprecated: self.deprecated,
            idempotent: self.idempotent,
            tag: self.tag,
            server: self.server,
            security: self.security,
            pointer: self.pointer,
        }
    }
}

impl<S> Parameter<S> {
    fn map_schema<T>(self, lower: &mut dyn FnMut(S, &Pointer) -> T) -> Parameter<T> {
        let pointer = &self.schema_pointer;
        Parameter {
            schema: self.schema.map(|schema| lower(schema, pointer)),
            name: self.name,
            location: self.location,
            style: self.style,
            explode: self.explode,
            required: self.required,
            deprecated: self.deprecated,
            description: self.description,
            schema_pointer: self.schema_pointer,
            pointer: self.pointer,
        }
    }
}

impl<S> Content<S> {
    fn map_schema<T>(self, lower: &mut dyn FnMut(S, &Pointer) -> T) -> Content<T> {
        let pointer = &self.schema_pointer;
        Content {
            schema: self.schema.map(|schema| lower(schema, pointer)),
            media_type: self.media_type,
            schema_pointer: self.schema_pointer,
        }
    }
}

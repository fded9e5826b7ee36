//! The tables of OpenAPI's objects.
//!
//! Members that nothing reads (examples, documentation, extensions) are omitted, so that they are
//! never a reason to reject a document.

use super::object::{Form, Member, Object};
use Form::{Data, Flag, List, Map, Mapping, Number, Patterned, Text, Texts};

const fn may(name: &'static str, form: Form) -> Member {
    Member {
        name,
        form,
        required: false,
    }
}

const fn must(name: &'static str, form: Form) -> Member {
    Member {
        name,
        form,
        required: true,
    }
}

const fn object(name: &'static str, section: &'static str, members: &'static [Member]) -> Object {
    Object {
        name,
        section,
        component: None,
        boolean: false,
        members,
    }
}

impl Object {
    const fn in_components(mut self, component: &'static str) -> Self {
        self.component = Some(component);
        self
    }
}

/// Returns the kind of object in a member of `components`.
pub(crate) fn component(name: &str) -> Option<&'static Object> {
    [
        &SCHEMA,
        &RESPONSE,
        &PARAMETER,
        &REQUEST_BODY,
        &HEADER,
        &SECURITY_SCHEME,
        &PATH_ITEM,
    ]
    .into_iter()
    .find(|object| object.component == Some(name))
}

pub(crate) static DOCUMENT: Form = Form::Object(&ROOT);

static ROOT: Object = object(
    "OpenAPI Object",
    "4.8.1",
    &[
        must("openapi", Text),
        must("info", Form::Object(&INFO)),
        may("servers", List(&Form::Object(&SERVER))),
        may("paths", Patterned(&Form::Object(&PATH_ITEM))),
        may("components", Form::Object(&COMPONENTS)),
        may("security", List(&REQUIREMENT)),
    ],
);

static INFO: Object = object(
    "Info Object",
    "4.8.2",
    &[
        must("title", Text),
        must("version", Text),
        may("description", Text),
    ],
);

static SERVER: Object = object(
    "Server Object",
    "4.8.5",
    &[
        must("url", Text),
        may("description", Text),
        may("variables", Map(&Form::Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: Object =
    object("Server Variable Object", "4.8.6", &[must("default", Data)]);

static COMPONENTS: Object = object(
    "Components Object",
    "4.8.7",
    &[
        may("schemas", Patterned(&Form::Object(&SCHEMA))),
        may("responses", Patterned(&Form::Object(&RESPONSE))),
        may("parameters", Patterned(&Form::Object(&PARAMETER))),
        may("requestBodies", Patterned(&Form::Object(&REQUEST_BODY))),
        may("headers", Patterned(&Form::Object(&HEADER))),
        may(
            "securitySchemes",
            Patterned(&Form::Object(&SECURITY_SCHEME)),
        ),
    ],
);

static REQUIREMENT: Form = Map(&List(&Text));

/// A path item. References to path items are resolved before the tables are used.
pub(crate) static PATH_ITEM: Object = object(
    "Path Item Object",
    "4.8.9",
    &[
        may("get", Form::Object(&OPERATION)),
        may("put", Form::Object(&OPERATION)),
        may("post", Form::Object(&OPERATION)),
        may("delete", Form::Object(&OPERATION)),
        may("options", Form::Object(&OPERATION)),
        may("head", Form::Object(&OPERATION)),
        may("patch", Form::Object(&OPERATION)),
        may("trace", Form::Object(&OPERATION)),
        may("servers", List(&Form::Object(&SERVER))),
        may("parameters", List(&Form::Object(&PARAMETER))),
    ],
)
.in_components("pathItems");

/// An operation. Callbacks are omitted, because the client does not make these calls.
pub(crate) static OPERATION: Object = object(
    "Operation Object",
    "4.8.10",
    &[
        may("tags", List(&Text)),
        may("summary", Text),
        may("description", Text),
        may("operationId", Text),
        may("parameters", List(&Form::Object(&PARAMETER))),
        may("requestBody", Form::Object(&REQUEST_BODY)),
        may("responses", Patterned(&Form::Object(&RESPONSE))),
        may("deprecated", Flag),
        may("security", List(&REQUIREMENT)),
        may("servers", List(&Form::Object(&SERVER))),
    ],
);

static PARAMETER: Object = object(
    "Parameter Object",
    "4.8.12",
    &[
        must("name", Text),
        must("in", Text),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("style", Text),
        may("explode", Flag),
        may("schema", Form::Object(&SCHEMA)),
        may("content", Map(&A_MEDIA_TYPE)),
    ],
)
.in_components("parameters");

static HEADER: Object = object(
    "Header Object",
    "4.8.21",
    &[
        may("required", Flag),
        may("schema", Form::Object(&SCHEMA)),
        may("content", Map(&A_MEDIA_TYPE)),
    ],
)
.in_components("headers");

static REQUEST_BODY: Object = object(
    "Request Body Object",
    "4.8.13",
    &[
        may("description", Text),
        must("content", Map(&A_MEDIA_TYPE)),
        may("required", Flag),
    ],
)
.in_components("requestBodies");

static RESPONSE: Object = object(
    "Response Object",
    "4.8.17",
    &[
        may("description", Text),
        may("headers", Map(&Form::Object(&HEADER))),
        may("content", Map(&A_MEDIA_TYPE)),
    ],
)
.in_components("responses");

static A_MEDIA_TYPE: Form = Form::Object(&MEDIA_TYPE);

static MEDIA_TYPE: Object = object(
    "Media Type Object",
    "4.8.14",
    &[
        may("schema", Form::Object(&SCHEMA)),
        may("encoding", Map(&Form::Object(&ENCODING))),
    ],
);

static ENCODING: Object = object(
    "Encoding Object",
    "4.8.15",
    &[
        may("contentType", Text),
        may("headers", Map(&Form::Object(&HEADER))),
        may("style", Text),
        may("explode", Flag),
    ],
);

static SECURITY_SCHEME: Object = object(
    "Security Scheme Object",
    "4.8.27",
    &[
        must("type", Text),
        may("description", Text),
        may("name", Text),
        may("in", Text),
        may("scheme", Text),
    ],
)
.in_components("securitySchemes");

/// A schema. Bounds whose type differs between 3.0 and 3.1 are omitted; lowering reads them.
pub(crate) static SCHEMA: Object = Object {
    name: "Schema Object",
    section: "4.8.24",
    component: Some("schemas"),
    boolean: true,
    members: &[
        may("type", Texts),
        may("format", Text),
        may("title", Text),
        may("description", Text),
        may("nullable", Flag),
        may("deprecated", Flag),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("enum", List(&Data)),
        may("required", List(&Text)),
        may("pattern", Text),
        may("minimum", Number),
        may("maximum", Number),
        may("multipleOf", Number),
        may("minLength", Number),
        may("maxLength", Number),
        may("minItems", Number),
        may("maxItems", Number),
        may("minProperties", Number),
        may("maxProperties", Number),
        may("uniqueItems", Flag),
        may("properties", Map(&A_SCHEMA)),
        may("patternProperties", Map(&A_SCHEMA)),
        may("dependentSchemas", Map(&A_SCHEMA)),
        may("$defs", Map(&A_SCHEMA)),
        may("definitions", Map(&A_SCHEMA)),
        may("additionalProperties", Form::Object(&SCHEMA)),
        may("unevaluatedProperties", Form::Object(&SCHEMA)),
        may("unevaluatedItems", Form::Object(&SCHEMA)),
        may("propertyNames", Form::Object(&SCHEMA)),
        may("items", Form::Object(&SCHEMA)),
        may("contains", Form::Object(&SCHEMA)),
        may("prefixItems", List(&A_SCHEMA)),
        may("allOf", List(&A_SCHEMA)),
        may("anyOf", List(&A_SCHEMA)),
        may("oneOf", List(&A_SCHEMA)),
        may("not", Form::Object(&SCHEMA)),
        may("if", Form::Object(&SCHEMA)),
        may("then", Form::Object(&SCHEMA)),
        may("else", Form::Object(&SCHEMA)),
        may("discriminator", Form::Object(&DISCRIMINATOR)),
    ],
};

/// A static, because a constant would be evaluated in a cycle.
static A_SCHEMA: Form = Form::Object(&SCHEMA);

static DISCRIMINATOR: Object = object(
    "Discriminator Object",
    "4.8.25",
    &[must("propertyName", Text), may("mapping", Map(&Mapping))],
);

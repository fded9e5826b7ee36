//! The table of diagnostics: every kind of problem, why it is one, and what to do about it.
//!
//! Ids are stable. A row about a violation of OpenAPI names the clause; what OpenAPI allows is at
//! most a warning.

use serde_json::Value;

use crate::diagnostic::{DiagnosticKind, Level};

/// Declares the rows, and [`ALL`] with every one of them.
macro_rules! kinds {
    ($($name:ident $id:literal $level:ident $why:literal $help:literal)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $why, ".")]
            pub static $name: DiagnosticKind = DiagnosticKind {
                id: $id,
                level: Level::$level,
                why: $why,
                help: $help,
            };
        )*

        /// Every row, grouped by the stage that reports it.
        pub static ALL: &[&DiagnosticKind] = &[$(&$name),*];
    };
}

kinds! {
    // Files, which only a command can read.
    UNREADABLE "unreadable-input" Error
        "every input that is named or stored must be readable"
        "check the path and its permissions"
    // This program.
    GENERATOR_PANIC "generator-panic" Error
        "internal error: progenitor or typify panicked on a document that passed every check"
        "please report it with the document; until it is fixed, omit the operation"
    GENERATOR_DEFECT "generator-defect" Error
        "internal error: a stage received output that it does not understand"
        "please report it with the document; until it is fixed, omit the operation"
    // Texts.
    EMPTY_INPUT "empty-input" Error
        "an empty text has nothing to generate from"
        "check that the file was downloaded or saved completely"
    TOO_LARGE "too-large" Error
        "inputs are limited to 64 MiB, so that no input exhausts the memory"
        "check that this is the right file, or remove what the client does not need"
    NOT_TEXT "not-text" Error
        "inputs are JSON or YAML in UTF-8 (RFC 8259 section 8.1, YAML 1.2 section 5.2)"
        "save the file as UTF-8, or unpack the archive first"
    SYNTAX "syntax" Error
        "the text is neither valid JSON (RFC 8259) nor valid YAML 1.2"
        "correct the syntax, or check that the file is complete"
    DUPLICATE_KEY "duplicate-key" Fault
        "names in an object must be unique (RFC 8259 section 4, YAML 1.2 section 3.2.1.3)"
        "remove or rename one of the two"
    TOO_DEEP "too-deep" Error
        "nesting is limited to 120 levels, so that no input exhausts the stack"
        "move inner schemas to components and reference them"
    ALIAS_EXPANSION "alias-expansion" Error
        "aliases may add 32 MiB to the written text, so that a small text does not exhaust the memory"
        "write the repeated nodes as components and reference them"
    TOO_MANY_NODES "too-many-nodes" Error
        "inputs are limited to 3,000,000 nodes with aliases expanded, so that no input exhausts the memory"
        "check that this is the right file, or remove what the client does not need"
    LONG_KEY "long-key" Error
        "keys are limited to 4 KiB, because a key is part of the pointer of every node below it"
        "shorten the key, or move its text to a value"
    YAML_KEY "yaml-key" Error
        "keys must be scalars (OpenAPI section 4.3, JSON schema ruleset of YAML)"
        "write the key as a quoted string"
    YAML_TAG "yaml-tag" Error
        "tags must be those of YAML's JSON schema ruleset (OpenAPI section 4.3)"
        "remove the tag"
    YAML_NUMBER "yaml-number" Error
        "JSON has no infinities and no NaN (RFC 8259 section 6)"
        "write a number, or quote the value if text is meant"
    SEVERAL_DOCUMENTS "several-documents" Error
        "an input has exactly one document"
        "split the file at `---` and use one of its documents"
    NOT_AN_OBJECT "not-an-object" Error
        "the root of each input is an object (OpenAPI section 4.8.1)"
        "check that this is the right file"
    MISSING_VERSION "missing-version" Error
        "the root has a required member `openapi` (OpenAPI section 4.8.1)"
        "add `openapi: 3.1.0` or whichever version the document follows, or check that this is the right file"
    UNSUPPORTED_VERSION "unsupported-version" Error
        "Swagger 2.0, OpenAPI 3.0 and OpenAPI 3.1 are supported"
        "convert the document to OpenAPI 3.0 or 3.1"

    // Overlays.
    OVERLAY_SHAPE "overlay-shape" Error
        "an overlay has `overlay: 1.0.0`, `info` and a list of `actions`, each with `target` and either `update` or `remove: true` (Overlay 1.0 section 4.4)"
        "write the overlay according to Overlay 1.0"
    OVERLAY_PATH "overlay-path" Error
        "the target of an action is a JSONPath query (RFC 9535)"
        "write names with special characters as `['/auth/revoke']`"
    OVERLAY_NO_MATCH "overlay-no-match" Error
        "an action without a match is out of date: the node that it corrected was removed or renamed"
        "correct the target, or remove the action if it is no longer needed"
    OVERLAY_TARGET "overlay-target" Error
        "an update must fit its target: an object is merged into an object, an entry is appended to a list (Overlay 1.0 section 4.4.3)"
        "target the object or list that contains the value"

    OVERLAY_EXPECTED "overlay-expected" Error
        "the document no longer has the value in `x-expected`, so the correction may be wrong now"
        "read the document at this place, then correct the action, its `x-expected`, or both"
    OVERLAY_TOO_LARGE "overlay-too-large" Error
        "an overlay may add 32 MiB, so that a small overlay does not exhaust the memory"
        "narrow the target to the nodes to change"
    OVERLAY_WORK "overlay-work" Error
        "evaluating the targets of an overlay is limited to 100,000,000 steps, so that a small overlay does not run for hours"
        "write the full path to the nodes; `..`, several selectors in one pair of brackets, and nested filters multiply the steps"

    // Selection and packaging.
    NO_SUCH_OPERATION "no-such-operation" Error
        "a selector must name an operation of the document"
        "write `POST /path`, `/path#POST` or an operationId of the document"
    CONFIG_SHAPE "config-shape" Error
        "`client.yaml` has the members `package`, `source`, `strict`, `leave_out`, `operations`, `environments`, `constant_headers`, `dev_dependencies` and `token_source`; others are rejected, so that a typing error does not go unnoticed"
        "remove the member, or correct its name or type"
    INVALID_PACKAGE "invalid-package" Error
        "the name must be valid as a folder and as a crate, and the version must follow SemVer 2.0.0, or Cargo rejects them"
        "write the name in lower-case letters, digits and hyphens, and the version like `0.1.0`"
    INVALID_SOURCE "invalid-source" Error
        "the full document is fetched from an https URL, or http on loopback, without userinfo and fragment"
        "write it like `https://api.example.com/openapi.yaml`"
    INVALID_CONSTANT "invalid-constant" Error
        "the value is sent unless the caller sets another one, so it must have the header's type"
        "write a value of the header's type"
    UNKNOWN_CONSTANT_HEADER "unknown-constant-header" Error
        "a constant header must be a header parameter of at least one chosen operation"
        "correct the header's name, or remove the entry"
    INVALID_TOKEN_SOURCE "invalid-token-source" Error
        "a token source names chosen operations by their ids, and fields of their bodies: the token, which must be a secret, and its lifetime, which must be a whole number of seconds"
        "correct the name; if the token is not a secret, give it the format `password` in the overlay"
    INVALID_URL "invalid-url" Error
        "the URL of an environment must be absolute, without userinfo, query and fragment (RFC 3986)"
        "write it like `https://api.example.com/v1`"
    INSECURE_URL "insecure-url" Error
        "plain http would send credentials unencrypted; it is allowed on loopback only"
        "write `https://`"

    // Slices.
    OPERATION_GONE "operation-gone" Error
        "every operation of a slice must be in the full document"
        "if the operation was removed, remove it from the slice and from `client.yaml`, then cut again"
    SLICE_UNREACHABLE "slice-unreachable" Error
        "a slice has only its operations and what they use"
        "cut it again: `cargo xtask slice --from DOC --into DIR`"
    SLICE_DIFFERS "slice-differs" Error
        "a slice must agree with the full document; corrections belong in `overlay.yaml`"
        "cut it again: `cargo xtask slice --from DOC --into DIR`"
    SLICE_FORM "slice-form" Error
        "only the tool writes a slice, so that every change in it is a change of the full document"
        "move notes to `overlay.yaml` or `client.yaml`, then cut it again: `cargo xtask slice --from DOC --into DIR`"

    // The document's structure.
    WRONG_TYPE "wrong-type" Fault
        "OpenAPI gives the member another type"
        "write a value of the type that the clause requires"
    MISSING_MEMBER "missing-member" Fault
        "OpenAPI requires the member"
        "add it"
    DANGLING_REFERENCE "dangling-reference" Fault
        "a reference must lead to a node of the document (OpenAPI section 4.8.23, Reference Object)"
        "add the missing component, or correct the reference"
    EXTERNAL_REFERENCE "external-reference" Fault
        "only one document is read; references into other documents are not followed"
        "bundle the documents into one, for example with `npx @redocly/cli bundle`"
    INVALID_REFERENCE "invalid-reference" Fault
        "a reference must be a URI whose fragment is a JSON Pointer (OpenAPI section 4.8.23, RFC 6901 section 6)"
        "write it like `#/components/schemas/Name`"
    WRONG_REFERENCE "wrong-reference" Fault
        "a reference must lead to an object of the kind that its place requires (OpenAPI section 4.8.23)"
        "reference a component of the required kind"
    REFERENCE_CYCLE "reference-cycle" Fault
        "a chain of references must end at an object (OpenAPI section 4.8.23)"
        "replace one of the references by the object"
    INVALID_PATH "invalid-path" Fault
        "a path must start with `/`, and its braces must be paired (OpenAPI section 4.8.8, Paths Object)"
        "correct the path"
    INVALID_SERVER_URL "invalid-server-url" Fault
        "the URL of a server must follow RFC 3986 after each variable is replaced by its default (OpenAPI section 4.8.5, Server Object)"
        "correct the URL, or the default of the variable"
    EQUIVALENT_PATHS "equivalent-paths" Warning
        "templated paths that differ only in the names of their expressions are identical (OpenAPI section 4.8.8.1)"
        "keep one of the two"
    UNDECLARED_PATH_PARAMETER "undeclared-path-parameter" Fault
        "each expression of a path template must have a path parameter (OpenAPI section 4.8.2, Path Templating)"
        "declare it under `parameters` with `in: path`"
    UNUSED_PATH_PARAMETER "unused-path-parameter" Fault
        "each path parameter must have an expression in the path template (OpenAPI section 4.8.12)"
        "add the expression to the path, or remove the parameter"
    OPTIONAL_PATH_PARAMETER "optional-path-parameter" Warning
        "a path parameter must have `required: true` (OpenAPI section 4.8.12); it is treated as required"
        "add `required: true`"
    DUPLICATE_PARAMETER "duplicate-parameter" Fault
        "the name and location of a parameter must be unique (OpenAPI section 4.8.10)"
        "remove one of the two"
    INVALID_LOCATION "invalid-location" Fault
        "a parameter must be in `path`, `query`, `header` or `cookie` (OpenAPI section 4.8.12)"
        "write one of the four; a request body belongs under `requestBody`"
    PARAMETER_WITHOUT_SCHEMA "parameter-without-schema" Fault
        "a parameter must have a `schema`, or a `content` with one media type (OpenAPI section 4.8.12)"
        "add a schema, for example `schema: {type: string}`"
    INVALID_HEADER_NAME "invalid-header-name" Fault
        "a header name must be a token (RFC 9110 section 5.1)"
        "correct the name"
    INVALID_STATUS "invalid-status" Fault
        "the key of a response must be a status from 100 to 599, a range from `1XX` to `5XX`, or `default` (OpenAPI section 4.8.16)"
        "correct the status"
    INVALID_MEDIA_TYPE "invalid-media-type" Fault
        "the keys of content must be media types or ranges of them (OpenAPI section 4.8.14, RFC 9110 section 8.3.1)"
        "write it like `application/json`"
    DUPLICATE_OPERATION_ID "duplicate-operation-id" Warning
        "operation ids must be unique in a document (OpenAPI section 4.8.10); the later operation gets a derived name"
        "give each operation its own id"
    UNKNOWN_SECURITY_SCHEME "unknown-security-scheme" Fault
        "each name in a security requirement must be a security scheme in components (OpenAPI section 4.8.30)"
        "declare the scheme under `components/securitySchemes`, or correct the name"
    INVALID_SECURITY_SCHEME "invalid-security-scheme" Fault
        "a security scheme must have the type `apiKey`, `http`, `mutualTLS`, `oauth2` or `openIdConnect`, with the members of that type (OpenAPI section 4.8.27)"
        "correct the type, or add the missing member"
    UNSUPPORTED_SECURITY_SCHEME "unsupported-security-scheme" Warning
        "the client supports bearer tokens, basic credentials and API keys; the caller must add other credentials"
        "add the credential to each request, or choose another scheme"
    NO_OPERATION_LEFT "no-operation-left" Error
        "the faults of the document cost every operation, so there is no client to generate"
        "correct the faults in an overlay, or choose other operations"
    COPIED_TOO_OFTEN "copied-too-often" Error
        "shared parts are copied to the places that use them, up to 64 MiB in total, so that a small document does not exhaust the memory"
        "reference schemas instead of copying them with `allOf`, declare fewer parameters and responses for all operations, or choose fewer operations with `--operation`"
    TOO_MANY_PARTS "too-many-parts" Error
        "a client is limited to 40,000 operations, to 500,000 operations, parameters, responses, types, fields, values and branches in total, and to 10,000 of them in one operation or type; a larger crate would take too long to compile"
        "choose fewer operations with `--operation` or `operations` in `client.yaml`"
    SECRET_IN_URL "secret-in-url" Warning
        "URLs are written to logs and histories, so a secret in a URL is exposed (RFC 9110 section 17.9)"
        "send it in a header or the body if the API allows it"
}

/// Returns the name of a value's JSON type with its article, for messages.
pub(crate) fn json_type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

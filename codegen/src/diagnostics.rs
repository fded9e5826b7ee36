//! The table of diagnostics: every kind of problem, why it is one, and what to do about it.
//!
//! Ids are stable. A row that breaks OpenAPI names the clause; what OpenAPI allows is at most a
//! warning.

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
    // Files, which only a program can look at.
    UNREADABLE "unreadable-input" Error
        "without it there is nothing to generate from"
        "check the path and its permissions"
    // This program.
    GENERATOR_PANIC "generator-panic" Error
        "a library below (progenitor or typify) gave up on what the checks had let through"
        "please report it with the document; until it is mended, leave the operation out"
    GENERATOR_DEFECT "generator-defect" Error
        "the stages rely on each other's output, and one of them was let down"
        "please report it with the document; until it is mended, leave the operation out"
    // Texts.
    EMPTY_INPUT "empty-input" Error
        "a text without content describes nothing"
        "check that the file was downloaded or written completely"
    TOO_LARGE "too-large" Error
        "inputs are read up to 64 MiB, so that no input can exhaust memory"
        "check that the file is what it should be, or take out what is not needed"
    NOT_TEXT "not-text" Error
        "inputs are JSON or YAML in UTF-8 (RFC 8259 section 8.1, YAML 1.2 section 5.2)"
        "save the file as UTF-8; an archive has to be unpacked first"
    SYNTAX "syntax" Error
        "the text is neither valid JSON (RFC 8259) nor valid YAML 1.2"
        "correct the syntax here, or check that the file is complete"
    DUPLICATE_KEY "duplicate-key" Error
        "names in an object must be unique (RFC 8259 section 4, YAML 1.2 section 3.2.1.3); which of the two is meant cannot be known"
        "remove or rename one of the two"
    TOO_DEEP "too-deep" Error
        "documents are read to a depth of 120 levels, so that no input can exhaust the stack"
        "move inner schemas to components and refer to them"
    ALIAS_EXPANSION "alias-expansion" Error
        "aliases add up to 32 MiB to what is written, so that a small text cannot exhaust memory"
        "write the repeated nodes as components and refer to them"
    TOO_MANY_NODES "too-many-nodes" Error
        "inputs are read up to 3,000,000 nodes, aliases written out, so that no input can exhaust memory"
        "check that the file is what it should be, or take out what is not needed"
    LONG_KEY "long-key" Error
        "keys have up to 4 KiB: they are part of the place of all that stands below them"
        "shorten the key; if it is prose, make it a value"
    YAML_KEY "yaml-key" Error
        "keys must be scalars (OpenAPI section 4.3, JSON schema ruleset of YAML)"
        "write the key as a quoted string"
    INTERNAL_KEY "internal-key" Error
        "keys that begin with U+0000 and `fact:` are kept for what the stages tell each other"
        "take the first character out of the key"
    YAML_TAG "yaml-tag" Error
        "tags must be those of YAML's JSON schema ruleset (OpenAPI section 4.3)"
        "remove the tag"
    YAML_NUMBER "yaml-number" Error
        "infinities and NaN have no form in JSON (RFC 8259 section 6)"
        "write a number, or quote it if text is meant"
    SEVERAL_DOCUMENTS "several-documents" Error
        "an input is one document"
        "split the file at `---` and pass one of its documents"
    NOT_AN_OBJECT "not-an-object" Error
        "the root of each input is an object (OpenAPI section 4.8.1)"
        "check that this is the right file"
    MISSING_VERSION "missing-version" Error
        "the root has a required member `openapi` (OpenAPI section 4.8.1)"
        "add `openapi: 3.1.0` or whichever version the document follows, or check that this is the right file"
    UNSUPPORTED_VERSION "unsupported-version" Error
        "versions 3.0 and 3.1 of OpenAPI are read"
        "convert the document to OpenAPI 3.0 or 3.1"

    // Overlays.
    OVERLAY_SHAPE "overlay-shape" Error
        "an overlay has `overlay: 1.0.0`, `info` and a list of `actions`, each with `target` and either `update` or `remove: true` (Overlay 1.0 section 4.4)"
        "write the overlay as Overlay 1.0 has it"
    OVERLAY_PATH "overlay-path" Error
        "the target of an action is a JSONPath query (RFC 9535)"
        "write names with special characters as `['/auth/revoke']`"
    OVERLAY_NO_MATCH "overlay-no-match" Error
        "an action that changes nothing is out of date: what it corrected is gone or was renamed"
        "correct the target, or remove the action if its reason is gone"
    OVERLAY_TARGET "overlay-target" Error
        "an update fits its target: an object is merged into an object, an entry is appended to a list (Overlay 1.0 section 4.4.3)"
        "target the object or list that holds the value"

    OVERLAY_EXPECTED "overlay-expected" Error
        "the action was written for what `x-expected` says, and the document has changed there: the correction may be wrong now"
        "look at what the document says now, then correct the action, its `x-expected`, or both"
    OVERLAY_TOO_LARGE "overlay-too-large" Error
        "an overlay adds up to 32 MiB, so that a small one cannot make a document that no memory holds"
        "narrow the target to the nodes that are meant"
    OVERLAY_WORK "overlay-work" Error
        "the targets of an overlay are found in up to 100,000,000 steps, so that a small one cannot hold a run for hours"
        "name the way to the nodes that are meant; `..`, several selectors in one pair of brackets, and filters inside of filters multiply the steps"

    // Selection and packaging.
    NO_SUCH_OPERATION "no-such-operation" Error
        "a selector chooses exactly the operations that it names"
        "write `POST /path`, `/path#POST` or an operationId of the document"
    CONFIG_SHAPE "config-shape" Error
        "the packaging has `package`, `source`, `leave_out`, `operations`, `environments`, `constant_headers`, `dev_dependencies` and `token_source`, and no other members, so that a slip is noticed"
        "remove the member or correct its name or type"
    INVALID_PACKAGE "invalid-package" Error
        "the name is a folder and a crate, the version follows SemVer 2.0.0, or Cargo takes neither"
        "write the name in lower-case letters, digits and hyphens, the version like `0.1.0`"
    INVALID_SOURCE "invalid-source" Error
        "the full document is fetched from there: an https URL, or http on loopback, without userinfo and fragment"
        "write it like `https://api.example.com/openapi.yaml`"
    INVALID_CONSTANT "invalid-constant" Error
        "the text is sent whenever the caller sets nothing, so it must be what the header takes"
        "write a value of the header's type"
    UNKNOWN_CONSTANT_HEADER "unknown-constant-header" Error
        "a constant header is a header parameter of at least one chosen operation"
        "correct the header's name, or remove the entry"
    INVALID_TOKEN_SOURCE "invalid-token-source" Error
        "a token source names chosen operations by their ids, and members of their bodies: a secret that is the token, a whole number of seconds that is its lifetime"
        "correct the name; give the token the format `password`, by the overlay if need be"
    INVALID_URL "invalid-url" Error
        "an environment is an absolute URL without userinfo, query and fragment (RFC 3986)"
        "write it like `https://api.example.com/v1`"
    INSECURE_URL "insecure-url" Error
        "credentials would travel in clear text; plain http is for loopback only"
        "write `https://`"

    // Slices.
    OPERATION_GONE "operation-gone" Error
        "a slice is cut out of one document, and this operation is no longer in it"
        "if it is gone for good, take it out of the slice and out of `client.yaml`, then cut again"
    SLICE_UNREACHABLE "slice-unreachable" Error
        "a slice holds its operations and what they use, nothing else"
        "cut it again: `cargo xtask slice --from DOC --into DIR`"
    SLICE_DIFFERS "slice-differs" Error
        "a slice says what the full document says; what is known better stands in `overlay.yaml`"
        "cut it again: `cargo xtask slice --from DOC --into DIR`"
    SLICE_FORM "slice-form" Error
        "a slice is written by the tool alone, so that each of its changes is one of the document's"
        "move notes to `overlay.yaml` or `client.yaml`, then cut it again: `cargo xtask slice --from DOC --into DIR`"

    // The document's structure.
    WRONG_TYPE "wrong-type" Error
        "the member has another type in OpenAPI"
        "write the value as the type that the clause asks for"
    MISSING_MEMBER "missing-member" Error
        "the member is required"
        "add it"
    DANGLING_REFERENCE "dangling-reference" Error
        "a reference resolves to a node of the document (OpenAPI section 4.8.23, Reference Object)"
        "add the missing component, or correct the reference"
    EXTERNAL_REFERENCE "external-reference" Error
        "one document is read, and nothing is loaded from elsewhere"
        "bundle the documents into one first, for example with `npx @redocly/cli bundle`"
    INVALID_REFERENCE "invalid-reference" Error
        "a reference is a URI whose fragment is a JSON Pointer (OpenAPI section 4.8.23, RFC 6901 section 6)"
        "write it like `#/components/schemas/Name`"
    WRONG_REFERENCE "wrong-reference" Error
        "a reference stands for an object of the kind that is expected in its place (OpenAPI section 4.8.23)"
        "refer to a component of the expected kind"
    REFERENCE_CYCLE "reference-cycle" Error
        "references that only lead back to themselves never reach an object (OpenAPI section 4.8.23)"
        "make one of them the object that is meant"
    INVALID_PATH "invalid-path" Error
        "a path starts with `/`, and its braces are paired (OpenAPI section 4.8.8, Paths Object)"
        "correct the path"
    INVALID_SERVER_URL "invalid-server-url" Error
        "a server's URL has the form of RFC 3986 once each variable is replaced by its default (OpenAPI section 4.8.5, Server Object)"
        "correct the URL, or the default of the variable"
    EQUIVALENT_PATHS "equivalent-paths" Warning
        "templated paths that differ only in the names of their expressions are identical (OpenAPI section 4.8.8.1)"
        "keep one of the two"
    UNDECLARED_PATH_PARAMETER "undeclared-path-parameter" Error
        "each expression of a path template corresponds to a path parameter (OpenAPI section 4.8.2, Path Templating)"
        "declare it under `parameters` with `in: path`"
    UNUSED_PATH_PARAMETER "unused-path-parameter" Error
        "the name of a path parameter corresponds to an expression of the path template (OpenAPI section 4.8.12)"
        "add the expression to the path, or remove the parameter"
    OPTIONAL_PATH_PARAMETER "optional-path-parameter" Warning
        "a path parameter has `required: true` (OpenAPI section 4.8.12); it is treated as required"
        "add `required: true`"
    DUPLICATE_PARAMETER "duplicate-parameter" Error
        "a parameter is unique by its name and location (OpenAPI section 4.8.10)"
        "remove one of the two"
    INVALID_LOCATION "invalid-location" Error
        "a parameter is in `path`, `query`, `header` or `cookie` (OpenAPI section 4.8.12)"
        "write one of the four; a request body stands under `requestBody`"
    PARAMETER_WITHOUT_SCHEMA "parameter-without-schema" Error
        "a parameter has a `schema`, or a `content` with one media type (OpenAPI section 4.8.12)"
        "add `schema: {type: string}` or what the parameter holds"
    INVALID_HEADER_NAME "invalid-header-name" Error
        "the name of a header is a token (RFC 9110 section 5.1)"
        "correct the name"
    INVALID_STATUS "invalid-status" Error
        "a response is for a status from 100 to 599, a range from `1XX` to `5XX`, or `default` (OpenAPI section 4.8.16)"
        "correct the status"
    INVALID_MEDIA_TYPE "invalid-media-type" Error
        "content is keyed by media types or ranges of them (OpenAPI section 4.8.14, RFC 9110 section 8.3.1)"
        "write it like `application/json`"
    DUPLICATE_OPERATION_ID "duplicate-operation-id" Warning
        "operation ids are unique in a document (OpenAPI section 4.8.10); a name is derived for the later one"
        "give each operation an id of its own"
    UNKNOWN_SECURITY_SCHEME "unknown-security-scheme" Error
        "each name in a security requirement corresponds to a security scheme in components (OpenAPI section 4.8.30)"
        "declare the scheme under `components/securitySchemes`, or correct the name"
    INVALID_SECURITY_SCHEME "invalid-security-scheme" Error
        "a security scheme is of type `apiKey`, `http`, `mutualTLS`, `oauth2` or `openIdConnect`, with the members of that type (OpenAPI section 4.8.27)"
        "correct the type, or add the missing member"
    UNSUPPORTED_SECURITY_SCHEME "unsupported-security-scheme" Warning
        "the client sends bearer tokens, basic credentials and API keys; other ways to authenticate are the caller's"
        "add the credential to each request, or choose another scheme"
    COPIED_TOO_OFTEN "copied-too-often" Error
        "what is said once is written where it is used, up to 64 MiB in all, so that a small document cannot make a crate that no memory holds"
        "refer to schemas by name instead of taking them over by `allOf`, say less for all operations at once, or choose fewer operations with `--operation`"
    TOO_MANY_PARTS "too-many-parts" Error
        "a client has up to 40,000 operations, and up to 500,000 operations, parameters, responses, types, members, values and branches in all, 10,000 of them in one operation or type; more is not compiled in any useful time"
        "choose the operations that are needed, with `--operation` or `operations` in `client.yaml`"
    SECRET_IN_URL "secret-in-url" Warning
        "URLs are written to logs and histories; a secret does not belong there (RFC 9110 section 17.9)"
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

//! The table of rules: what can change, what it asks of the version, and why.
//!
//! Levels follow what the emitters make of a change. Structs and enums of generated crates are
//! `#[non_exhaustive]`, so what is added to them is minor; members are public fields and what is
//! required is an argument, so what is taken away, retyped or newly required is major.

use serde::Serialize;

/// What a change asks of the version (SemVer 2.0.0, sections 6 to 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Code compiles and does what it did.
    Patch,
    /// Code compiles; there is more to use, or something is done differently.
    Minor,
    /// Code stops compiling, or fails where it did not.
    Major,
}

impl Level {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, kebab-case, never reused for another meaning.
    pub id: &'static str,
    /// What it asks of the version.
    pub level: Level,
    /// What changed.
    pub says: &'static str,
    /// Why it has this level, by what is emitted.
    pub why: &'static str,
    /// Where the standard, or Cargo's chapter on SemVer, has it.
    pub clause: &'static str,
}

/// Declares the rows, and [`ALL`] with every one of them.
macro_rules! rules {
    ($($name:ident $id:literal $level:ident $says:literal $why:literal $clause:literal)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $says, ".")]
            pub(super) static $name: Rule = Rule {
                id: $id,
                level: Level::$level,
                says: $says,
                why: $why,
                clause: $clause,
            };
        )*

        /// Every row, grouped by what it is about.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // The client as a whole.
    CLIENT_ADDED "client-added" Minor
        "a client was added"
        "nobody depends on it yet"
        "SemVer section 7"
    CLIENT_REMOVED "client-removed" Major
        "a client was removed"
        "its crate gets no more versions"
        "SemVer section 8"
    PACKAGE_RENAMED "package-renamed" Major
        "the crate has another name"
        "every `use` of it names the crate"
        "Cargo, SemVer: item-remove"
    ENVIRONMENT_ADDED "environment-added" Minor
        "an environment was added"
        "`Environment` is non_exhaustive and has one more variant"
        "Cargo, SemVer: enum-variant-new"
    ENVIRONMENT_REMOVED "environment-removed" Major
        "an environment was removed"
        "its variant is gone"
        "Cargo, SemVer: item-remove"
    ENVIRONMENT_RENAMED "environment-renamed" Major
        "an environment has another name"
        "its variant has another name"
        "Cargo, SemVer: item-remove"
    ENVIRONMENT_MOVED "environment-url-changed" Minor
        "an environment has another URL"
        "code compiles unchanged and sends elsewhere, credentials too"
        "OpenAPI section 4.8.5, Server Object"
    CREDENTIAL_ADDED "credential-added" Minor
        "a security scheme was added"
        "the builder has one more setter"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CREDENTIAL_REMOVED "credential-removed" Major
        "a security scheme was removed"
        "its setter on the builder is gone"
        "Cargo, SemVer: item-remove"
    CREDENTIAL_RENAMED "credential-renamed" Major
        "a security scheme's setter has another name"
        "the old setter on the builder is gone"
        "Cargo, SemVer: item-remove"
    CREDENTIAL_RETYPED "credential-kind-changed" Major
        "a security scheme is of another kind"
        "its setter takes other arguments, or what was obtained for the old kind is refused"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CREDENTIAL_MOVED "credential-moved" Patch
        "an API key travels under another name or in another place"
        "the setter stays; only the request differs"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CONSTANT_ADDED "constant-header-added" Minor
        "a header is set once per client"
        "the builder has one more setter"
        "SemVer section 7"
    CONSTANT_REMOVED "constant-header-removed" Major
        "a header is no longer set once per client"
        "its setter on the builder is gone"
        "Cargo, SemVer: item-remove"
    CONSTANT_RENAMED "constant-header-renamed" Major
        "a constant header's setter has another name"
        "the old setters on the builder and on requests are gone"
        "Cargo, SemVer: item-remove"
    CONSTANT_DEFAULT "constant-header-default-changed" Minor
        "a constant header has another default"
        "code compiles unchanged, and what does not set the header now sends something else"
        "SemVer section 7"
    CONSTANT_UNSET "constant-header-default-removed" Major
        "a constant header has no default any more"
        "code compiles unchanged, and what does not set the header no longer sends it"
        "SemVer section 8"
    TOKENS_ADDED "token-source-added" Minor
        "the client obtains tokens by itself"
        "it has `token_source`, which nobody calls yet"
        "SemVer section 7"
    TOKENS_REMOVED "token-source-removed" Major
        "the client no longer obtains tokens by itself"
        "`token_source` is gone"
        "Cargo, SemVer: item-remove"

    // Operations.
    OPERATION_ADDED "operation-added" Minor
        "an operation was added"
        "the client has one more method, with types of its own"
        "Cargo, SemVer: item-new"
    OPERATION_REMOVED "operation-removed" Major
        "an operation was removed"
        "its method and its types are gone"
        "Cargo, SemVer: item-remove"
    OPERATION_RENAMED "operation-renamed" Major
        "an operation has another id"
        "its method and its types have other names"
        "OpenAPI section 4.8.10, Operation Object, `operationId`"
    MODULE_MOVED "operation-moved" Major
        "an operation's first tag is another one"
        "its types live in another module"
        "Cargo, SemVer: item-remove"
    PATH_CHANGED "path-changed" Minor
        "an operation has another path"
        "code compiles unchanged; what matches requests, in tests or gateways, must follow"
        "OpenAPI section 4.8.8, Paths Object"
    METHOD_CHANGED "method-changed" Minor
        "an operation has another HTTP method"
        "code compiles unchanged; what matches requests, in tests or gateways, must follow"
        "RFC 9110 section 9"
    REPEATED "idempotency-changed" Minor
        "whether repeating an operation is harmless is declared otherwise"
        "code compiles unchanged; a request whose answer was lost is now repeated, or no longer"
        "RFC 9110 section 9.2.2"
    DEPRECATED "deprecated" Minor
        "something is now deprecated"
        "its Rust item is marked, and using it warns"
        "SemVer section 7"
    UNDEPRECATED "deprecation-lifted" Patch
        "something is no longer deprecated"
        "a warning goes away"
        "SemVer section 6"
    SECURITY_TIGHTENED "security-tightened" Major
        "an operation needs other credentials than before"
        "code compiles unchanged, and a call with the old credentials fails before it is sent"
        "OpenAPI section 4.8.30, Security Requirement Object"
    SECURITY_RELAXED "security-relaxed" Minor
        "an operation can be called with fewer credentials, or with others too"
        "what was enough still is"
        "OpenAPI section 4.8.30, Security Requirement Object"

    // Parameters.
    PARAMETER_ADDED_REQUIRED "required-parameter-added" Major
        "a required parameter was added"
        "the method takes one more argument"
        "Cargo, SemVer: fn-change-arity"
    PARAMETER_ADDED_OPTIONAL "optional-parameter-added" Minor
        "an optional parameter was added"
        "the request has one more setter"
        "Cargo, SemVer: item-new"
    PARAMETER_REMOVED_REQUIRED "required-parameter-removed" Major
        "a required parameter was removed"
        "the method takes one argument less"
        "Cargo, SemVer: fn-change-arity"
    PARAMETER_REMOVED_OPTIONAL "optional-parameter-removed" Major
        "an optional parameter was removed"
        "its setter on the request is gone"
        "Cargo, SemVer: item-remove"
    PARAMETER_RENAMED_REQUIRED "required-parameter-renamed" Patch
        "a required parameter has another name"
        "an argument's name means nothing to callers"
        "SemVer section 6"
    PARAMETER_RENAMED_OPTIONAL "optional-parameter-renamed" Major
        "an optional parameter has another name"
        "its setter on the request has another name"
        "Cargo, SemVer: item-remove"
    PARAMETER_MOVED "parameter-moved" Patch
        "a parameter travels elsewhere"
        "the caller gives the same value; only the request differs"
        "OpenAPI section 4.8.12, Parameter Object, `in`"
    PARAMETER_STYLE "parameter-style-changed" Patch
        "a parameter is written another way"
        "the caller gives the same value; only the request differs"
        "OpenAPI section 4.8.12, Parameter Object, `style`"
    PARAMETER_NOW_REQUIRED "parameter-now-required" Major
        "an optional parameter is now required"
        "a setter becomes an argument of the method"
        "Cargo, SemVer: fn-change-arity"
    PARAMETER_NOW_OPTIONAL "parameter-now-optional" Major
        "a required parameter is now optional"
        "an argument of the method becomes a setter"
        "Cargo, SemVer: fn-change-arity"
    CONSTANT_OPTIONALITY "constant-header-optionality" Patch
        "a constant header is required otherwise than before"
        "it is a setter either way"
        "SemVer section 6"
    PARAMETER_LIFTED "parameter-lifted" Major
        "an argument is now set once per client"
        "the method takes one argument less"
        "Cargo, SemVer: fn-change-arity"
    PARAMETER_LOWERED "parameter-lowered" Major
        "a header that was set once per client is now an argument"
        "the method takes one argument more"
        "Cargo, SemVer: fn-change-arity"
    ARGUMENTS_REORDERED "arguments-reordered" Major
        "arguments stand in another order"
        "those of one type can be swapped without the compiler's notice"
        "Cargo, SemVer: fn-change-arity"

    // Bodies.
    BODY_ADDED_REQUIRED "required-body-added" Major
        "a required body was added"
        "the method takes one more argument"
        "Cargo, SemVer: fn-change-arity"
    BODY_ADDED_OPTIONAL "optional-body-added" Minor
        "an optional body was added"
        "the request has one more setter"
        "Cargo, SemVer: item-new"
    BODY_REMOVED "body-removed" Major
        "a body was removed"
        "its argument or setter is gone"
        "Cargo, SemVer: fn-change-arity"
    BODY_NOW_REQUIRED "body-now-required" Major
        "an optional body is now required"
        "a setter becomes an argument of the method"
        "Cargo, SemVer: fn-change-arity"
    BODY_NOW_OPTIONAL "body-now-optional" Major
        "a required body is now optional"
        "an argument of the method becomes a setter"
        "Cargo, SemVer: fn-change-arity"
    BODY_WRITTEN "body-encoding-changed" Major
        "a body is written another way"
        "its argument has another type, or what the caller encodes must be encoded otherwise"
        "OpenAPI section 4.8.14, Media Type Object"
    MEDIA_TYPE "media-type-changed" Patch
        "a body is labelled with another media type"
        "it is written and read as before; only the header differs"
        "OpenAPI section 4.8.14, Media Type Object"

    // Responses.
    STATUS_ADDED "status-added" Minor
        "a status was added"
        "the operation's enum is non_exhaustive and has one more variant; until now the answer was undeclared, or the default"
        "Cargo, SemVer: enum-variant-new"
    STATUS_REMOVED "status-removed" Major
        "a status was removed"
        "its variant is gone; such an answer is undeclared, or the default"
        "Cargo, SemVer: item-remove"
    RESPONSE_BODY "response-body-changed" Major
        "a status has another body"
        "what its variant holds has another type"
        "OpenAPI section 4.8.17, Response Object"
    SUCCESS_TYPE "success-type-changed" Major
        "a success is of another type"
        "what `.send()` gives has another type"
        "OpenAPI section 4.8.16, Responses Object"

    // Types.
    TYPE_ADDED "type-added" Minor
        "a type was added"
        "there is one more item"
        "Cargo, SemVer: item-new"
    TYPE_REMOVED "type-removed" Major
        "a type was removed, or nothing reaches it any more"
        "its item is gone"
        "Cargo, SemVer: item-remove"
    TYPE_RENAMED "type-renamed" Major
        "a type has another name"
        "its item has another name"
        "Cargo, SemVer: item-remove"
    TYPE_CHANGED "type-changed" Major
        "a value is of another type"
        "its Rust type is another one"
        "OpenAPI section 4.4, Data Types"
    FORMAT_CHANGED "format-changed" Major
        "a value has another format"
        "formats such as `uuid`, `date` and `int32` have Rust types of their own"
        "OpenAPI section 4.4, Data Types"
    NULLABLE_CHANGED "nullability-changed" Major
        "a value can be null, or no longer"
        "its Rust type becomes an `Option`, or stops being one"
        "OpenAPI section 4.4, Data Types"
    NULLABLE_ABSORBED "nullability-of-optional-changed" Patch
        "an optional value can be null, or no longer"
        "it is an `Option` either way"
        "SemVer section 6"
    SECRET_MARKED "secret-marked" Major
        "a value is now a secret"
        "its Rust type is one that is never printed"
        "OpenAPI section 4.4, Data Types, format `password`"
    SECRET_UNMARKED "secret-unmarked" Major
        "a value is no longer a secret"
        "its Rust type is another one, and it is printed from now on"
        "OpenAPI section 4.4, Data Types, format `password`"
    MEMBER_ADDED_REQUIRED "required-request-member-added" Major
        "a request needs one more member"
        "the type's constructor takes it"
        "Cargo, SemVer: fn-change-arity"
    MEMBER_ADDED_OPTIONAL "optional-request-member-added" Minor
        "a request may have one more member"
        "the struct is non_exhaustive; the member has a setter"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    MEMBER_ADDED_FIXED "fixed-request-member-added" Minor
        "a request has one more member, of a single value"
        "the constructor fills it in by itself"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    MEMBER_ADDED_RESPONSE "response-member-added" Minor
        "a response has one more member"
        "the struct is non_exhaustive, so nobody builds it or takes it apart in full"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    MEMBER_REMOVED "member-removed" Major
        "a member was removed"
        "its field is public and gone"
        "Cargo, SemVer: item-remove"
    MEMBER_RENAMED "member-renamed" Major
        "a member has another name"
        "its field has another name"
        "Cargo, SemVer: item-remove"
    MEMBER_NOW_REQUIRED_REQUEST "request-member-now-required" Major
        "an optional member of a request is now required"
        "the constructor takes it, and its setter is gone"
        "Cargo, SemVer: fn-change-arity"
    MEMBER_NOW_OPTIONAL_REQUEST "request-member-now-optional" Major
        "a required member of a request is now optional"
        "the constructor no longer takes it; it has a setter"
        "Cargo, SemVer: fn-change-arity"
    MEMBER_NOW_REQUIRED_RESPONSE "response-member-now-required" Major
        "an optional member of a response is now required"
        "its field is public and no longer an `Option`"
        "OpenAPI section 4.8.24, Schema Object, `required`"
    MEMBER_NOW_OPTIONAL_RESPONSE "response-member-now-optional" Major
        "a required member of a response is now optional"
        "its field is public and becomes an `Option`"
        "OpenAPI section 4.8.24, Schema Object, `required`"
    MEMBER_OPTIONALITY_ABSORBED "nullable-response-member-optionality" Patch
        "a nullable member of a response is required otherwise than before"
        "its field is an `Option` either way"
        "SemVer section 6"
    OPEN_ADDED "further-members-allowed" Minor
        "a type has further members"
        "the struct is non_exhaustive and has one more field for them"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    OPEN_REMOVED "further-members-gone" Major
        "a type has no further members any more"
        "the field for them is gone"
        "Cargo, SemVer: item-remove"
    VALUE_ADDED_REQUEST "request-enum-value-added" Minor
        "a request takes one more value"
        "the enum is non_exhaustive and has one more variant to send"
        "Cargo, SemVer: enum-variant-new"
    VALUE_ADDED_RESPONSE "response-enum-value-added" Minor
        "a response has one more value"
        "the enum is non_exhaustive; until now the value came as unknown"
        "Cargo, SemVer: enum-variant-new"
    VALUE_ADDED_FIXED "fixed-value-no-longer-fixed" Major
        "a request's single value is one of several now"
        "the constructor filled it in by itself, and now asks for it"
        "Cargo, SemVer: fn-change-arity"
    VALUE_ADDED_UNKNOWN "unknown-variant-renamed" Major
        "a value takes the name of the variant for unknown ones, or gives it back"
        "the variant for unknown values has another name"
        "Cargo, SemVer: item-remove"
    VALUE_REMOVED "enum-value-removed" Major
        "a value was removed"
        "its variant is gone; a server that still sends it sends an unknown one"
        "Cargo, SemVer: item-remove"
    VALUE_RENAMED "enum-value-renamed" Major
        "a value's variant has another name"
        "the old variant is gone"
        "Cargo, SemVer: item-remove"
    BRANCH_ADDED "union-branch-added" Minor
        "a union has one more branch"
        "the enum is non_exhaustive and has one more variant"
        "Cargo, SemVer: enum-variant-new"
    BRANCH_REMOVED "union-branch-removed" Major
        "a union has one branch less"
        "its variant is gone"
        "Cargo, SemVer: item-remove"
    REQUEST_GAINED "type-now-in-requests" Minor
        "a type is now sent as well"
        "it gets constructors and setters, or conversions"
        "Cargo, SemVer: item-new"
    REQUEST_LOST "type-no-longer-in-requests" Major
        "a type is no longer sent"
        "its constructors and setters, or conversions, are gone"
        "Cargo, SemVer: item-remove"
    ERROR_GAINED "type-now-in-errors" Patch
        "a type now comes with errors"
        "its `Debug` no longer shows what the server said"
        "SemVer section 6"
    ERROR_GAINED_ENUM "enum-now-in-errors" Major
        "an enum now comes with errors"
        "it loses `Display`, which would print what the server said"
        "Cargo, SemVer: item-remove"
    ERROR_LOST "type-no-longer-in-errors" Minor
        "a type no longer comes with errors"
        "its `Debug` shows its members; an enum gets `Display`"
        "SemVer section 7"

    // What is documented and not checked.
    BOUND_CHANGED "bound-changed" Patch
        "a documented bound changed"
        "bounds are documentation: the server checks them, the client does not"
        "OpenAPI section 4.8.24, Schema Object"
    DEFAULT_CHANGED "default-changed" Patch
        "a documented default changed"
        "defaults are the server's to apply: what is absent is not sent"
        "OpenAPI section 4.8.24, Schema Object, `default`"
    FORMAT_DOCUMENTED "documented-format-changed" Patch
        "a format without a Rust type changed"
        "such a format is documentation"
        "OpenAPI section 4.4, Data Types"

    // What the generated crates show and the documents do not explain.
    API_REMOVED "unexplained-api-removed" Major
        "an item is gone from the crate, and no change of the document is why"
        "the generator, the overlay or the packaging took it away"
        "Cargo, SemVer: item-remove"
    API_ADDED "unexplained-api-added" Minor
        "an item is new in the crate, and no change of the document is why"
        "the generator, the overlay or the packaging brought it"
        "Cargo, SemVer: item-new"
}

//! What can change in how the client is made and called: the client as a whole, its features, its
//! operations with what they take.

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

    SERVER_ADDED "operation-server-added" Major
        "an operation has a server of its own"
        "code compiles unchanged and sends elsewhere; in `Environment::Custom` it is refused until `ClientBuilder::server` says where"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_PATH_ADDED "operation-server-path-added" Minor
        "an operation has a base path of its own"
        "code compiles unchanged and sends to another path of the same origin"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_CHANGED "operation-server-changed" Major
        "an operation's own server is another one"
        "code compiles unchanged and sends elsewhere; what `ClientBuilder::server` was told for the old URL no longer counts"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_REMOVED "operation-server-removed" Minor
        "an operation has no server of its own any more"
        "code compiles unchanged and sends to the client's environment, which its caller chose"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_SETTER_REMOVED "server-setter-removed" Major
        "no operation has a server of its own any more"
        "`ClientBuilder::server` is gone"
        "Cargo, SemVer: item-remove"

    // Features.
    FEATURE_ADDED "feature-added" Minor
        "a tag has a feature of its own"
        "it is on by default, and what it turns on is new"
        "Cargo, SemVer: cargo-feature-add"
    FEATURE_REMOVED "feature-removed" Major
        "a tag's feature is gone"
        "a manifest that names it is refused"
        "Cargo, SemVer: cargo-feature-remove"
    FEATURE_NEEDED "feature-needed" Major
        "what was there needs another feature"
        "with `default-features = false` it is gone until the feature is named"
        "Cargo, SemVer: item-remove"
    FEATURE_FREED "feature-no-longer-needed" Minor
        "something is there with fewer features, or with others too"
        "nothing is left out that was there"
        "Cargo, SemVer: item-new"

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
    OPERATION_TYPE_RENAMED "operation-type-renamed" Major
        "a type of an operation has another name"
        "its request, error or success has another name, as another type takes the old one"
        "Cargo, SemVer: item-remove"
    MODULE_MOVED "operation-moved" Major
        "an operation's first tag is another one"
        "its types live in another module, and its method needs another feature"
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
    ARGUMENT_DEPRECATED "argument-deprecation-changed" Patch
        "a required parameter is now deprecated, or no longer"
        "Rust has no mark for an argument, so nothing warns"
        "SemVer section 6"
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
    MEMBER_ENCODING "member-encoding-changed" Patch
        "a member of a form is written another way"
        "the caller gives the same value; only the request differs"
        "OpenAPI section 4.8.15, Encoding Object"
}

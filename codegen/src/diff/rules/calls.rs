//! Rules about building and calling the client: packaging, features, operations, parameters, bodies.

rules! {
    // The client as a whole.
    CLIENT_ADDED "client-added" Minor
        "a client was added"
        "nobody depends on it yet"
        "SemVer section 7"
    CLIENT_REMOVED "client-removed" Major
        "a client was removed"
        "its crate gets no further versions"
        "SemVer section 8"
    PACKAGE_RENAMED "package-renamed" Major
        "the crate was renamed"
        "every `use` of the crate names it"
        "Cargo, SemVer: item-remove"
    ENVIRONMENT_ADDED "environment-added" Minor
        "an environment was added"
        "`Environment` is non_exhaustive and gains a variant"
        "Cargo, SemVer: enum-variant-new"
    ENVIRONMENT_REMOVED "environment-removed" Major
        "an environment was removed"
        "its variant was removed"
        "Cargo, SemVer: item-remove"
    ENVIRONMENT_RENAMED "environment-renamed" Major
        "an environment was renamed"
        "its variant was renamed"
        "Cargo, SemVer: item-remove"
    ENVIRONMENT_MOVED "environment-url-changed" Minor
        "the URL of an environment changed"
        "code still compiles and now sends requests, with credentials, to another URL"
        "OpenAPI section 4.8.5, Server Object"
    CREDENTIAL_ADDED "credential-added" Minor
        "a security scheme was added"
        "the builder gains a setter"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CREDENTIAL_REMOVED "credential-removed" Major
        "a security scheme was removed"
        "its setter on the builder was removed"
        "Cargo, SemVer: item-remove"
    CREDENTIAL_RENAMED "credential-renamed" Major
        "the setter of a security scheme was renamed"
        "the old setter on the builder no longer exists"
        "Cargo, SemVer: item-remove"
    CREDENTIAL_RETYPED "credential-kind-changed" Major
        "a security scheme changed its type"
        "its setter takes other arguments, or credentials of the old type are refused"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CREDENTIAL_MOVED "credential-moved" Patch
        "an API key is sent under another name or in another place"
        "the setter stays; only the request differs"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CREDENTIAL_REPLACED "credential-replaced" Major
        "a security scheme was replaced by another one, and old code still compiles"
        "the setter has the same name, so the compiler does not complain, and the old key is sent as the new one"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CREDENTIAL_SCHEME "credential-scheme-renamed" Patch
        "a security scheme was renamed in the document"
        "its setter on the builder keeps its name"
        "OpenAPI section 4.8.27, Security Scheme Object"
    CONSTANT_ADDED "constant-header-added" Minor
        "a header can now be set once per client"
        "the builder gains a setter"
        "SemVer section 7"
    CONSTANT_REMOVED "constant-header-removed" Major
        "a header can no longer be set once per client"
        "its setter on the builder was removed"
        "Cargo, SemVer: item-remove"
    CONSTANT_RENAMED "constant-header-renamed" Major
        "the setter of a constant header was renamed"
        "the old setters on the builder and on requests no longer exist"
        "Cargo, SemVer: item-remove"
    CONSTANT_DEFAULT "constant-header-default-changed" Minor
        "the default of a constant header changed"
        "code still compiles; a client that does not set the header now sends another value"
        "SemVer section 7"
    CONSTANT_UNSET "constant-header-default-removed" Major
        "a constant header lost its default"
        "code still compiles; a client that does not set the header no longer sends it"
        "SemVer section 8"
    TOKENS_ADDED "token-source-added" Minor
        "the client can now obtain tokens by itself"
        "the new method `token_source` has no callers yet"
        "SemVer section 7"
    TOKENS_CHANGED "token-source-changed" Minor
        "the client obtains, caches or revokes tokens differently"
        "code still compiles; when a token is requested and when it is dropped changes"
        "SemVer section 7"
    TOKENS_REMOVED "token-source-removed" Major
        "the client can no longer obtain tokens by itself"
        "the method `token_source` was removed"
        "Cargo, SemVer: item-remove"

    SERVER_ADDED "operation-server-added" Major
        "an operation now has its own server"
        "code still compiles and sends to another server; with `Environment::Custom` the call fails until `ClientBuilder::server` names a URL"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_PATH_ADDED "operation-server-path-added" Minor
        "an operation now has its own base path"
        "code still compiles and sends to another path of the same origin"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_CHANGED "operation-server-changed" Major
        "the own server of an operation changed"
        "code still compiles and sends to another server; a URL given to `ClientBuilder::server` for the old server has no effect any more"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_REMOVED "operation-server-removed" Minor
        "an operation no longer has its own server"
        "code still compiles and sends to the environment that the caller chose"
        "OpenAPI section 4.8.5, Server Object"
    SERVER_SETTER_REMOVED "server-setter-removed" Major
        "no operation has its own server any more"
        "the method `ClientBuilder::server` was removed"
        "Cargo, SemVer: item-remove"

    // Features.
    FEATURE_ADDED "feature-added" Minor
        "a tag has its own Cargo feature"
        "the feature is on by default, and everything behind it is new"
        "Cargo, SemVer: cargo-feature-add"
    FEATURE_REMOVED "feature-removed" Major
        "the Cargo feature of a tag was removed"
        "Cargo refuses a manifest that names it"
        "Cargo, SemVer: cargo-feature-remove"
    FEATURE_NEEDED "feature-needed" Major
        "an existing item now needs another feature"
        "with `default-features = false` the item is missing until the feature is named"
        "Cargo, SemVer: item-remove"
    FEATURE_FREED "feature-no-longer-needed" Minor
        "an item needs fewer features, or is available with further ones"
        "every selection of features still includes the item"
        "Cargo, SemVer: item-new"

    // Operations.
    OPERATION_ADDED "operation-added" Minor
        "an operation was added"
        "the client gains a method, with its own types"
        "Cargo, SemVer: item-new"
    OPERATION_REMOVED "operation-removed" Major
        "an operation was removed"
        "its method and its types were removed"
        "Cargo, SemVer: item-remove"
    OPERATION_RENAMED "operation-renamed" Major
        "the id of an operation changed"
        "its method and its types were renamed"
        "OpenAPI section 4.8.10, Operation Object, `operationId`"
    METHOD_TAKEN "method-of-another-operation" Major
        "a method now belongs to another operation, so old calls do something else"
        "the compiler does not complain if the arguments have the same types"
        "SemVer section 8"
    OPERATION_TYPES "operation-types-renamed" Major
        "a type of an operation was renamed"
        "the method keeps its name; another item took the name of the type, or released it"
        "Cargo, SemVer: item-remove"
    MODULE_MOVED "operation-moved" Major
        "the first tag of an operation changed"
        "its types moved to another module, and its method needs another feature"
        "Cargo, SemVer: item-remove"
    PATH_CHANGED "path-changed" Minor
        "the path of an operation changed"
        "code still compiles; tests and gateways that match requests must be adapted"
        "OpenAPI section 4.8.8, Paths Object"
    PATH_SWAPPED "path-arguments-moved" Minor
        "arguments moved to other positions in the path"
        "code still compiles and sends the same arguments; tests and gateways that match requests must be adapted"
        "OpenAPI section 4.8.8, Paths Object"
    METHOD_CHANGED "method-changed" Minor
        "the HTTP method of an operation changed"
        "code still compiles; tests and gateways that match requests must be adapted"
        "RFC 9110 section 9"
    REPEATED "idempotency-changed" Minor
        "the declared idempotency of an operation changed"
        "code still compiles; a request without an answer is now retried, or no longer retried"
        "RFC 9110 section 9.2.2"
    DEPRECATED "deprecated" Minor
        "something was deprecated"
        "its Rust item is marked, and using it causes a warning"
        "SemVer section 7"
    ARGUMENT_DEPRECATED "argument-deprecation-changed" Patch
        "the deprecation of a required parameter changed"
        "Rust cannot mark an argument as deprecated, so there is no warning"
        "SemVer section 6"
    UNDEPRECATED "deprecation-lifted" Patch
        "something is no longer deprecated"
        "a warning disappears"
        "SemVer section 6"
    SECURITY_TIGHTENED "security-tightened" Major
        "an operation requires other credentials than before"
        "code still compiles, but a call with the old credentials fails before it is sent"
        "OpenAPI section 4.8.30, Security Requirement Object"
    SECURITY_ORDER "security-reordered" Minor
        "the alternative credentials of an operation changed their order"
        "code still compiles; a client that has several of them sends those of the first alternative"
        "OpenAPI section 4.8.30, Security Requirement Object"
    SECURITY_RELAXED "security-relaxed" Minor
        "an operation accepts fewer credentials, or further alternatives"
        "the old credentials are still accepted"
        "OpenAPI section 4.8.30, Security Requirement Object"

    // Parameters.
    PARAMETER_ADDED_REQUIRED "required-parameter-added" Major
        "a required parameter was added"
        "the method takes one more argument"
        "Cargo, SemVer: fn-change-arity"
    PARAMETER_ADDED_OPTIONAL "optional-parameter-added" Minor
        "an optional parameter was added"
        "the request gains a setter"
        "Cargo, SemVer: item-new"
    PARAMETER_REMOVED_REQUIRED "required-parameter-removed" Major
        "a required parameter was removed"
        "the method takes one argument less"
        "Cargo, SemVer: fn-change-arity"
    PARAMETER_REMOVED_OPTIONAL "optional-parameter-removed" Major
        "an optional parameter was removed"
        "its setter on the request was removed"
        "Cargo, SemVer: item-remove"
    PARAMETER_RENAMED_REQUIRED "required-parameter-renamed" Patch
        "a required parameter was renamed"
        "callers do not write the names of arguments"
        "SemVer section 6"
    PARAMETER_RENAMED_OPTIONAL "optional-parameter-renamed" Major
        "an optional parameter was renamed"
        "its setter was renamed; type and description show that it is the same parameter"
        "Cargo, SemVer: item-remove"
    PARAMETER_WIRE "parameter-sent-under-another-name" Patch
        "a parameter is sent under another name"
        "its Rust name stays, and callers give the same value; only the request differs"
        "OpenAPI section 4.8.12, Parameter Object, `name`"
    HEADER_SPELLED "header-spelled-otherwise" Patch
        "the spelling of a header changed"
        "header names are case-insensitive, and the Rust name stays"
        "RFC 9110 section 5.1"
    PARAMETER_MOVED "parameter-moved" Patch
        "a parameter is sent in another place"
        "callers give the same value; only the request differs"
        "OpenAPI section 4.8.12, Parameter Object, `in`"
    PARAMETER_STYLE "parameter-style-changed" Patch
        "a parameter is serialised differently"
        "callers give the same value; only the request differs"
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
        "a constant header became required, or optional"
        "it is a setter in both cases"
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
        "the order of arguments changed"
        "the compiler does not notice if two arguments of the same type swap places"
        "Cargo, SemVer: fn-change-arity"
    ARGUMENTS_SWAPPED "arguments-swapped" Major
        "the order of arguments changed, and old calls still compile with another meaning"
        "the new order has the same types, so the compiler does not complain"
        "SemVer section 8"
    ARGUMENT_REPLACED "argument-replaced" Major
        "an argument was replaced by another one, and old calls still compile with another meaning"
        "both have the same type, so the compiler does not complain, and the old value is sent as the new argument"
        "SemVer section 8"

    // Bodies.
    BODY_ADDED_REQUIRED "required-body-added" Major
        "a required body was added"
        "the method takes one more argument"
        "Cargo, SemVer: fn-change-arity"
    BODY_ADDED_OPTIONAL "optional-body-added" Minor
        "an optional body was added"
        "the request gains a setter"
        "Cargo, SemVer: item-new"
    BODY_REMOVED "body-removed" Major
        "a body was removed"
        "its argument or setter was removed"
        "Cargo, SemVer: fn-change-arity"
    BODY_NOW_REQUIRED "body-now-required" Major
        "an optional body is now required"
        "a setter becomes an argument of the method"
        "Cargo, SemVer: fn-change-arity"
    BODY_NOW_OPTIONAL "body-now-optional" Major
        "a required body is now optional"
        "an argument of the method becomes a setter"
        "Cargo, SemVer: fn-change-arity"
    BODY_AS_FORM "body-written-otherwise" Minor
        "a body changed between JSON and a form"
        "its argument keeps its type, and callers give the same value; tests and gateways that match requests must be adapted"
        "OpenAPI section 4.8.14, Media Type Object"
    BODY_WRITTEN "body-encoding-changed" Major
        "the encoding of a body changed"
        "its argument has another type, or the caller must encode it differently"
        "OpenAPI section 4.8.14, Media Type Object"
    MEDIA_TYPE "media-type-changed" Patch
        "the media type of a body changed"
        "the body is encoded as before; only the header differs"
        "OpenAPI section 4.8.14, Media Type Object"
    MEMBER_ENCODING "member-encoding-changed" Patch
        "the encoding of a form field changed"
        "callers give the same value; only the request differs"
        "OpenAPI section 4.8.15, Encoding Object"
}

//! What can change in what a call gives and in what values are made of.

rules! {
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

    SUCCESS_STATUS "success-status-changed" Minor
        "a success has another status"
        "no variant tells it apart: `status()` gives the new one, and an answer with the old one is read as what is declared for it, if anything is"
        "OpenAPI section 4.8.16, Responses Object"
    SUCCESS_STATUS_ADDED "success-status-added" Minor
        "a success may have one more status"
        "no variant tells it apart; until now the answer was undeclared, or the default"
        "OpenAPI section 4.8.16, Responses Object"
    SUCCESS_STATUS_REMOVED "success-status-removed" Minor
        "a success may have one status less"
        "code compiles unchanged, since no variant told it apart; such an answer is undeclared"
        "OpenAPI section 4.8.16, Responses Object"
    RESPONSE_READ "response-read-otherwise" Minor
        "a status's body is read another way"
        "its Rust type stays: text is taken as it is, or is a string in JSON"
        "OpenAPI section 4.8.14, Media Type Object"

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
    NULLABLE_APART "nullability-of-optional-body-member-changed" Major
        "an optional member of a body can be null, or no longer"
        "absence and `null` are apart in what is sent: its field becomes an `Option` in an `Option`, or stops being one"
        "OpenAPI section 4.4, Data Types"
    NULLS_APART "type-in-bodies-changed" Major
        "a type with members that may be absent or null is now part of a body, or no longer"
        "absence and `null` are apart in what is sent: such fields become an `Option` in an `Option`, or stop being one"
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
    MEMBER_WIRE "member-has-another-name-in-json" Minor
        "a member has another name in JSON"
        "its field keeps its name; what is sent, read and stored of the type has the new one alone"
        "OpenAPI section 4.8.24, Schema Object, `properties`"
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
    ACCESS_CHANGED "direction-changed" Patch
        "a member is read-only or write-only otherwise than before"
        "its documentation says so; where the field changes as well, that has a row of its own"
        "OpenAPI section 4.8.24, Schema Object, `readOnly` and `writeOnly`"
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
    VALUE_WIRE "enum-value-is-another-text" Minor
        "a value is another text"
        "its variant stays and is sent as the new text; the old one is unknown, in answers and to `From`"
        "OpenAPI section 4.8.24, Schema Object, `enum`"
    VALUE_RENAMED "enum-value-renamed" Major
        "a value's variant has another name"
        "the old variant is gone"
        "Cargo, SemVer: item-remove"
    BRANCH_ADDED "union-branch-added" Minor
        "a union has one more branch"
        "the enum is non_exhaustive and has one more variant; answers that fit it better are read as it"
        "Cargo, SemVer: enum-variant-new"
    BRANCH_REMOVED "union-branch-removed" Major
        "a union has one branch less"
        "its variant is gone"
        "Cargo, SemVer: item-remove"
    BRANCHES_REORDERED "union-branches-reordered" Minor
        "branches of a union are tried in another order"
        "code compiles unchanged; a value that fits two of them equally well is read as the one that is now first"
        "OpenAPI section 4.8.24, Schema Object, `oneOf` and `anyOf`"
    BRANCH_RENAMED "union-branch-renamed" Major
        "a branch of a union has another name"
        "its variant has another name"
        "Cargo, SemVer: item-remove"
    CONVERSION_REMOVED "union-conversion-removed" Major
        "another branch of a union is of the same type"
        "the type no longer tells the branch, so its `From` is gone"
        "Cargo, SemVer: item-remove"
    DISCRIMINATOR_ADDED "discriminator-added" Minor
        "a member now tells the branches of a union apart"
        "the enum is non_exhaustive and has one more variant, for unknown values"
        "OpenAPI section 4.8.25, Discriminator Object"
    DISCRIMINATOR_REMOVED "discriminator-removed" Major
        "no member tells the branches of a union apart any more"
        "the variant for unknown values is gone"
        "Cargo, SemVer: item-remove"
    DISCRIMINATOR_RENAMED "discriminator-renamed" Minor
        "another member tells the branches of a union apart"
        "code compiles unchanged; a branch is found, and marked, by that member"
        "OpenAPI section 4.8.25, Discriminator Object, `propertyName`"
    DISCRIMINATOR_VALUE_ADDED "discriminator-value-added" Minor
        "one more value means a branch"
        "code compiles unchanged; until now such a value came as unknown, or by its shape"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
    DISCRIMINATOR_VALUE_REMOVED "discriminator-value-removed" Minor
        "a value no longer means a branch"
        "code compiles unchanged; the variant stays, and such a value comes as unknown, or by its shape"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
    DISCRIMINATOR_VALUE_MOVED "discriminator-value-moved" Minor
        "a value means another branch"
        "code compiles unchanged; such a value comes as another variant"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
    DISCRIMINATOR_VALUE_SENT "discriminator-value-sent-changed" Minor
        "a branch is sent with another value"
        "code compiles unchanged; a value that has none of its own is marked otherwise"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
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
    CLOSED_CHANGED "undeclared-members-changed" Patch
        "whether undeclared members are valid changed"
        "undeclared members are neither sent nor read either way"
        "OpenAPI section 4.8.24, Schema Object, `additionalProperties`"
    UNEXPRESSED_CHANGED "unexpressed-changed" Patch
        "something changed that requests cannot express"
        "what is sent stays as it is; the log of rules says what is lost"
        "OpenAPI section 4.8.12, Parameter Object, and 4.8.15, Encoding Object"
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

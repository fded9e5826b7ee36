//! Rules about results and values: responses, types, fields, enums, unions, documented constraints.

rules! {
    // Responses.
    STATUS_ADDED "status-added" Minor
        "a status was added"
        "the enum of the operation is non_exhaustive and gains a variant; before, such an answer was undeclared or the default"
        "Cargo, SemVer: enum-variant-new"
    STATUS_REMOVED "status-removed" Major
        "a status was removed"
        "its variant was removed; such an answer is now undeclared or the default"
        "Cargo, SemVer: item-remove"
    RESPONSE_BODY "response-body-changed" Major
        "the body of a status changed"
        "its variant holds another type"
        "OpenAPI section 4.8.17, Response Object"
    SUCCESS_TYPE "success-type-changed" Major
        "the type of a success changed"
        "`.send()` returns another type"
        "OpenAPI section 4.8.16, Responses Object"

    SUCCESS_STATUS "success-status-changed" Minor
        "the status of a success changed"
        "it has no variant of its own: `status()` returns the new status, and an answer with the old one is read as what is declared for it, if anything"
        "OpenAPI section 4.8.16, Responses Object"
    SUCCESS_STATUS_ADDED "success-status-added" Minor
        "a success can have one more status"
        "it has no variant of its own; before, such an answer was undeclared or the default"
        "OpenAPI section 4.8.16, Responses Object"
    SUCCESS_STATUS_REMOVED "success-status-removed" Minor
        "a success can have one status less"
        "code still compiles, because the status had no variant of its own; such an answer is now undeclared"
        "OpenAPI section 4.8.16, Responses Object"
    RESPONSE_READ "response-read-otherwise" Minor
        "the body of a status is decoded differently"
        "its Rust type stays: it is plain text, or a JSON string"
        "OpenAPI section 4.8.14, Media Type Object"

    // Types.
    TYPE_ADDED "type-added" Minor
        "a type was added"
        "there is one more item"
        "Cargo, SemVer: item-new"
    TYPE_REMOVED "type-removed" Major
        "a type was removed, or nothing refers to it any more"
        "its item was removed"
        "Cargo, SemVer: item-remove"
    TYPE_RENAMED "type-renamed" Major
        "a type was renamed"
        "its item was renamed"
        "Cargo, SemVer: item-remove"
    TYPE_CHANGED "type-changed" Major
        "the type of a value changed"
        "its Rust type changed"
        "OpenAPI section 4.4, Data Types"
    FORMAT_CHANGED "format-changed" Major
        "the format of a value changed"
        "formats such as `uuid`, `date` and `int32` have their own Rust types"
        "OpenAPI section 4.4, Data Types"
    NULLABLE_CHANGED "nullability-changed" Major
        "a value became nullable, or stopped being nullable"
        "its Rust type becomes an `Option`, or stops being one"
        "OpenAPI section 4.4, Data Types"
    NULLABLE_APART "nullability-of-optional-body-member-changed" Major
        "an optional body field became nullable, or stopped being nullable"
        "request bodies distinguish absence from `null`: the field becomes an `Option` of an `Option`, or stops being one"
        "OpenAPI section 4.4, Data Types"
    NULLS_APART "type-in-bodies-changed" Major
        "a type with optional nullable fields is now part of a body, or no longer"
        "request bodies distinguish absence from `null`: such fields become an `Option` of an `Option`, or stop being one"
        "OpenAPI section 4.4, Data Types"
    NULLABLE_ABSORBED "nullability-of-optional-changed" Patch
        "an optional value became nullable, or stopped being nullable"
        "it is an `Option` in both cases"
        "SemVer section 6"
    SECRET_MARKED "secret-marked" Major
        "a value is now a secret"
        "its Rust type is now one that is never printed"
        "OpenAPI section 4.4, Data Types, format `password`"
    SECRET_UNMARKED "secret-unmarked" Major
        "a value is no longer a secret"
        "its Rust type changed, and the value is printed from now on"
        "OpenAPI section 4.4, Data Types, format `password`"
    MEMBER_ADDED_REQUIRED "required-request-member-added" Major
        "a required field was added to a request"
        "the constructor takes it as an argument"
        "Cargo, SemVer: fn-change-arity"
    MEMBER_ADDED_OPTIONAL "optional-request-member-added" Minor
        "an optional field was added to a request"
        "the struct is non_exhaustive; the field has a setter"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    MEMBER_ADDED_FIXED "fixed-request-member-added" Minor
        "a field with a single possible value was added to a request"
        "the constructor fills it in"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    MEMBER_ADDED_RESPONSE "response-member-added" Minor
        "a field was added to a response"
        "the struct is non_exhaustive, so nobody can construct it or match it exhaustively"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    MEMBER_REMOVED "member-removed" Major
        "a field was removed"
        "the field was public"
        "Cargo, SemVer: item-remove"
    MEMBER_RENAMED "member-renamed" Major
        "a field was renamed"
        "the Rust field was public and has another name"
        "Cargo, SemVer: item-remove"
    MEMBER_WIRE "member-has-another-name-in-json" Minor
        "a field has another name in JSON"
        "the Rust field keeps its name; only the new JSON name is sent, read and stored"
        "OpenAPI section 4.8.24, Schema Object, `properties`"
    MEMBER_NOW_REQUIRED_REQUEST "request-member-now-required" Major
        "an optional field of a request is now required"
        "the constructor takes it as an argument, and its setter was removed"
        "Cargo, SemVer: fn-change-arity"
    MEMBER_NOW_OPTIONAL_REQUEST "request-member-now-optional" Major
        "a required field of a request is now optional"
        "the constructor no longer takes it; it has a setter"
        "Cargo, SemVer: fn-change-arity"
    MEMBER_NOW_REQUIRED_RESPONSE "response-member-now-required" Major
        "an optional field of a response is now required"
        "the field is public and no longer an `Option`"
        "OpenAPI section 4.8.24, Schema Object, `required`"
    MEMBER_NOW_OPTIONAL_RESPONSE "response-member-now-optional" Major
        "a required field of a response is now optional"
        "the field is public and becomes an `Option`"
        "OpenAPI section 4.8.24, Schema Object, `required`"
    MEMBER_OPTIONALITY_ABSORBED "nullable-response-member-optionality" Patch
        "a nullable field of a response became required, or optional"
        "the field is an `Option` in both cases"
        "SemVer section 6"
    ACCESS_CHANGED "direction-changed" Patch
        "`readOnly` or `writeOnly` of a field changed"
        "the documentation of the field says so; if the field itself changes, that is a change of its own"
        "OpenAPI section 4.8.24, Schema Object, `readOnly` and `writeOnly`"
    OPEN_ADDED "further-members-allowed" Minor
        "a type now has additional properties"
        "the struct is non_exhaustive and gains the field `extra`"
        "Cargo, SemVer: struct-add-public-field-when-no-private"
    OPEN_REMOVED "further-members-gone" Major
        "a type no longer has additional properties"
        "the field `extra` was removed"
        "Cargo, SemVer: item-remove"
    VALUE_ADDED_REQUEST "request-enum-value-added" Minor
        "a request accepts one more enum value"
        "the enum is non_exhaustive and gains a variant to send"
        "Cargo, SemVer: enum-variant-new"
    VALUE_ADDED_RESPONSE "response-enum-value-added" Minor
        "a response has one more enum value"
        "the enum is non_exhaustive; before, the value was read as unknown"
        "Cargo, SemVer: enum-variant-new"
    VALUE_ADDED_FIXED "fixed-value-no-longer-fixed" Major
        "a request field with a single possible value now has several"
        "the constructor filled it in and now takes it as an argument"
        "Cargo, SemVer: fn-change-arity"
    VALUE_ADDED_UNKNOWN "unknown-variant-renamed" Major
        "an enum value took the name of the variant for unknown values, or released it"
        "the variant for unknown values was renamed"
        "Cargo, SemVer: item-remove"
    VALUE_REMOVED "enum-value-removed" Major
        "an enum value was removed"
        "its variant was removed; a server that still sends the value sends an unknown one"
        "Cargo, SemVer: item-remove"
    VALUE_WIRE "enum-value-is-another-text" Minor
        "the text of an enum value changed"
        "its variant stays and is sent as the new text; the old text is unknown in answers and to `From`"
        "OpenAPI section 4.8.24, Schema Object, `enum`"
    VALUE_RENAMED "enum-value-renamed" Major
        "the variant of an enum value was renamed"
        "the old variant no longer exists"
        "Cargo, SemVer: item-remove"
    BRANCH_ADDED "union-branch-added" Minor
        "a branch was added to a union"
        "the enum is non_exhaustive and gains a variant; answers that match it better are read as it"
        "Cargo, SemVer: enum-variant-new"
    BRANCH_REMOVED "union-branch-removed" Major
        "a branch of a union was removed"
        "its variant was removed"
        "Cargo, SemVer: item-remove"
    BRANCHES_REORDERED "union-branches-reordered" Minor
        "the branches of a union changed their order"
        "code still compiles; a value that matches two branches equally well is read as the first of them"
        "OpenAPI section 4.8.24, Schema Object, `oneOf` and `anyOf`"
    BRANCH_RENAMED "union-branch-renamed" Major
        "a branch of a union was renamed"
        "its variant was renamed"
        "Cargo, SemVer: item-remove"
    CONVERSION_REMOVED "union-conversion-removed" Major
        "two branches of a union now have the same type"
        "the type no longer identifies the branch, so its `From` was removed"
        "Cargo, SemVer: item-remove"
    DISCRIMINATOR_ADDED "discriminator-added" Minor
        "a union now has a discriminator"
        "the enum is non_exhaustive and gains a variant for unknown values"
        "OpenAPI section 4.8.25, Discriminator Object"
    DISCRIMINATOR_REMOVED "discriminator-removed" Major
        "a union no longer has a discriminator"
        "the variant for unknown values was removed"
        "Cargo, SemVer: item-remove"
    DISCRIMINATOR_RENAMED "discriminator-renamed" Minor
        "the discriminator of a union is another property"
        "code still compiles; branches are recognised and written by that property"
        "OpenAPI section 4.8.25, Discriminator Object, `propertyName`"
    DISCRIMINATOR_VALUE_ADDED "discriminator-value-added" Minor
        "one more discriminator value selects a branch"
        "code still compiles; before, such a value was unknown, or read by its shape"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
    DISCRIMINATOR_VALUE_REMOVED "discriminator-value-removed" Minor
        "a discriminator value no longer selects a branch"
        "code still compiles; the variant stays, and such a value is unknown, or read by its shape"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
    DISCRIMINATOR_VALUE_MOVED "discriminator-value-moved" Minor
        "a discriminator value selects another branch"
        "code still compiles; such a value is read as another variant"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
    DISCRIMINATOR_VALUE_SENT "discriminator-value-sent-changed" Minor
        "a branch is sent with another discriminator value"
        "code still compiles; a value without a discriminator of its own gets another one"
        "OpenAPI section 4.8.25, Discriminator Object, `mapping`"
    REQUEST_GAINED "type-now-in-requests" Minor
        "a type is now part of requests"
        "it gains constructors and setters, or conversions"
        "Cargo, SemVer: item-new"
    REQUEST_LOST "type-no-longer-in-requests" Major
        "a type is no longer part of requests"
        "its constructors and setters, or conversions, were removed"
        "Cargo, SemVer: item-remove"
    ERROR_GAINED "type-now-in-errors" Patch
        "a type is now part of errors"
        "its `Debug` no longer prints the text of the server"
        "SemVer section 6"
    ERROR_GAINED_ENUM "enum-now-in-errors" Major
        "an enum is now part of errors"
        "it loses `Display`, which would print the text of the server"
        "Cargo, SemVer: item-remove"
    ERROR_LOST "type-no-longer-in-errors" Minor
        "a type is no longer part of errors"
        "its `Debug` prints its fields; an enum gains `Display`"
        "SemVer section 7"

    // Documented constraints, which the client does not check.
    BOUND_CHANGED "bound-changed" Patch
        "a documented bound changed"
        "bounds are documentation: the server checks them, the client does not"
        "OpenAPI section 4.8.24, Schema Object"
    DEFAULT_CHANGED "default-changed" Patch
        "a documented default changed"
        "the server applies defaults: the client does not send absent values"
        "OpenAPI section 4.8.24, Schema Object, `default`"
    CLOSED_CHANGED "undeclared-members-changed" Patch
        "whether undeclared properties are valid changed"
        "the client neither sends nor reads undeclared properties in either case"
        "OpenAPI section 4.8.24, Schema Object, `additionalProperties`"
    UNEXPRESSED_CHANGED "unexpressed-changed" Patch
        "a serialisation rule that the client does not support changed"
        "requests stay as they are; `lowering.log` lists what is lost"
        "OpenAPI section 4.8.12, Parameter Object, and 4.8.15, Encoding Object"
    FORMAT_DOCUMENTED "documented-format-changed" Patch
        "a format without a Rust type changed"
        "such a format is documentation"
        "OpenAPI section 4.4, Data Types"

    // Differences of the generated API without a reason in the document.
    API_REMOVED "unexplained-api-removed" Major
        "an item was removed from the crate, and no change of the document explains it"
        "the generator, the overlay or the packaging removed it"
        "Cargo, SemVer: item-remove"
    API_ADDED "unexplained-api-added" Minor
        "an item was added to the crate, and no change of the document explains it"
        "the generator, the overlay or the packaging added it"
        "Cargo, SemVer: item-new"
}

//! Where the judges say something else, and who is right.

/// A disagreement.
pub struct Explained {
    /// The rule of ours that the edit meets.
    pub rule: &'static str,
    /// What the other says.
    pub says: &'static str,
    /// Who is right.
    pub right: &'static str,
    /// Why.
    pub why: &'static str,
}

/// Disagreements with `public-api`.
pub const PUBLIC_API: &[Explained] = &[
    Explained {
        rule: "path-changed",
        says: "none",
        right: "ours",
        why: "requests go elsewhere; no item shows the path",
    },
    Explained {
        rule: "method-changed",
        says: "none",
        right: "ours",
        why: "requests have another method; no item shows it",
    },
    Explained {
        rule: "idempotency-changed",
        says: "none",
        right: "ours",
        why: "calls are repeated otherwise; no item shows it",
    },
    Explained {
        rule: "deprecated",
        says: "none",
        right: "ours",
        why: "callers get a warning; attributes are no items",
    },
    Explained {
        rule: "security-tightened",
        says: "none",
        right: "ours",
        why: "a call needs a credential that it did not need; no item shows it",
    },
    Explained {
        rule: "security-relaxed",
        says: "none",
        right: "ours",
        why: "a call works without a credential; no item shows it",
    },
    Explained {
        rule: "enum-value-renamed",
        says: "minor",
        right: "ours",
        why: "the variant `Hay` now is the value `Hay`, and `hay` another one: code compiles and sends something else",
    },
    Explained {
        rule: "package-renamed",
        says: "none",
        right: "ours",
        why: "both sides are given one name here, so that items can be compared",
    },
    Explained {
        rule: "environment-url-changed",
        says: "none",
        right: "ours",
        why: "requests go elsewhere; no item shows the URL",
    },
    Explained {
        rule: "constant-header-default-changed",
        says: "none",
        right: "ours",
        why: "another value is sent; no item shows it",
    },
    Explained {
        rule: "constant-header-default-removed",
        says: "none",
        right: "ours",
        why: "a client that does not set it cannot be built; no item shows it",
    },
    Explained {
        rule: "path-arguments-moved",
        says: "none",
        right: "ours",
        why: "arguments are sent in other places of the path; no item shows it",
    },
    Explained {
        rule: "arguments-swapped",
        says: "none",
        right: "ours",
        why: "arguments of one type stand in another order; the names of arguments are no part of a type",
    },
    Explained {
        rule: "argument-replaced",
        says: "none",
        right: "ours",
        why: "an argument gave way to another one of its type; the names of arguments are no part of a type",
    },
    Explained {
        rule: "member-has-another-name-in-json",
        says: "none",
        right: "ours",
        why: "the field keeps its name, and is sent and read under another one",
    },
    Explained {
        rule: "enum-value-is-another-text",
        says: "none",
        right: "ours",
        why: "the variant keeps its name, and is sent and read as another text",
    },
    Explained {
        rule: "body-written-otherwise",
        says: "none",
        right: "ours",
        why: "the argument keeps its type, and is sent as a form; no item shows it",
    },
    Explained {
        rule: "security-reordered",
        says: "none",
        right: "ours",
        why: "a client that has both credentials sends the other one; no item shows it",
    },
    Explained {
        rule: "union-branches-reordered",
        says: "none",
        right: "ours",
        why: "a value that fits two branches is read as the other one; no item shows the order",
    },
    Explained {
        rule: "success-status-changed",
        says: "none",
        right: "ours",
        why: "`status()` gives another number; no item shows it",
    },
    Explained {
        rule: "response-read-otherwise",
        says: "none",
        right: "ours",
        why: "text was taken as it is, and is read as JSON; no item shows it",
    },
];

/// Disagreements with the caller.
pub const CALLER: &[Explained] = &[];

/// Disagreements with `drift`.
pub const DRIFT: &[Explained] = &[
    Explained {
        rule: "operation-renamed",
        says: "compatible",
        right: "both",
        why: "requests are the same, and the method has another name",
    },
    Explained {
        rule: "path-changed",
        says: "breaking",
        right: "both",
        why: "crates of before fail, and code that calls the new one compiles as it is",
    },
    Explained {
        rule: "method-changed",
        says: "breaking",
        right: "both",
        why: "crates of before fail, and code that calls the new one compiles as it is",
    },
    Explained {
        rule: "operation-moved",
        says: "compatible",
        right: "both",
        why: "requests are the same, and the types are in another module",
    },
    Explained {
        rule: "security-tightened",
        says: "compatible",
        right: "ours",
        why: "requests that were served are refused; it does not compare security",
    },
    Explained {
        rule: "credential-kind-changed",
        says: "compatible",
        right: "ours",
        why: "credentials of before are refused; it does not compare security",
    },
    Explained {
        rule: "parameter-moved",
        says: "breaking",
        right: "both",
        why: "crates of before fail, and code that calls the new one compiles as it is",
    },
    Explained {
        rule: "parameter-now-optional",
        says: "compatible",
        right: "both",
        why: "requests of before are served, and the argument becomes a setter",
    },
    Explained {
        rule: "body-now-optional",
        says: "compatible",
        right: "both",
        why: "requests of before are served, and the argument becomes a setter",
    },
    Explained {
        rule: "body-removed",
        says: "compatible",
        right: "both",
        why: "a body may be ignored, and the method has no argument for it",
    },
    Explained {
        rule: "status-added",
        says: "breaking",
        right: "ours",
        why: "the enum is non-exhaustive, and until now the answer came as undeclared, with all that it says",
    },
    Explained {
        rule: "status-removed",
        says: "compatible",
        right: "both",
        why: "answers of before stay valid, and the variant is gone",
    },
    Explained {
        rule: "nullability-changed",
        says: "compatible",
        right: "ours",
        why: "an answer may now be null where it never was",
    },
    Explained {
        rule: "further-members-gone",
        says: "compatible",
        right: "both",
        why: "the object is as open as before, and the member that kept the others is gone",
    },
];

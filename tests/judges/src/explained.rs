//! Known disagreements between the diff report and other tools, with the reason for each.

/// A known disagreement.
pub struct Disagreement {
    /// The rule of the diff report that applies to the edit.
    pub rule: &'static str,
    /// The verdict of the other tool.
    pub verdict: &'static str,
    /// Whose verdict is correct: `ours`, `theirs` or `both`.
    pub correct: &'static str,
    /// The reason.
    pub reason: &'static str,
}

/// Disagreements with `public-api`.
pub const PUBLIC_API: &[Disagreement] = &[
    Disagreement {
        rule: "path-changed",
        verdict: "none",
        correct: "ours",
        reason: "requests go to another path; no item contains the path",
    },
    Disagreement {
        rule: "method-changed",
        verdict: "none",
        correct: "ours",
        reason: "requests have another method; no item contains it",
    },
    Disagreement {
        rule: "idempotency-changed",
        verdict: "none",
        correct: "ours",
        reason: "calls are retried differently; no item contains this",
    },
    Disagreement {
        rule: "deprecated",
        verdict: "none",
        correct: "ours",
        reason: "callers get a warning; attributes are not items",
    },
    Disagreement {
        rule: "security-tightened",
        verdict: "none",
        correct: "ours",
        reason: "a call needs another credential; no item contains this",
    },
    Disagreement {
        rule: "security-relaxed",
        verdict: "none",
        correct: "ours",
        reason: "a call works without a credential; no item contains this",
    },
    Disagreement {
        rule: "enum-value-renamed",
        verdict: "minor",
        correct: "ours",
        reason: "the variant `Hay` now is the value `Hay`, and `hay` another one: code compiles and sends something else",
    },
    Disagreement {
        rule: "package-renamed",
        verdict: "none",
        correct: "ours",
        reason: "both sides have the same name here, so that items can be compared",
    },
    Disagreement {
        rule: "environment-url-changed",
        verdict: "none",
        correct: "ours",
        reason: "requests go to another URL; no item contains the URL",
    },
    Disagreement {
        rule: "constant-header-default-changed",
        verdict: "none",
        correct: "ours",
        reason: "another value is sent; no item contains it",
    },
    Disagreement {
        rule: "constant-header-default-removed",
        verdict: "none",
        correct: "ours",
        reason: "a client that does not set it cannot be built; no item contains this",
    },
    Disagreement {
        rule: "path-arguments-moved",
        verdict: "none",
        correct: "ours",
        reason: "arguments are sent in other positions of the path; no item contains this",
    },
    Disagreement {
        rule: "arguments-swapped",
        verdict: "none",
        correct: "ours",
        reason: "arguments of one type changed their order; names of arguments are not part of a type",
    },
    Disagreement {
        rule: "argument-replaced",
        verdict: "none",
        correct: "ours",
        reason: "an argument was replaced by another one of its type; names of arguments are not part of a type",
    },
    Disagreement {
        rule: "member-has-another-name-in-json",
        verdict: "none",
        correct: "ours",
        reason: "the field keeps its name, and is sent and read under another one",
    },
    Disagreement {
        rule: "enum-value-is-another-text",
        verdict: "none",
        correct: "ours",
        reason: "the variant keeps its name, and is sent and read as another text",
    },
    Disagreement {
        rule: "body-written-otherwise",
        verdict: "none",
        correct: "ours",
        reason: "the argument keeps its type, and is sent as a form; no item contains this",
    },
    Disagreement {
        rule: "security-reordered",
        verdict: "none",
        correct: "ours",
        reason: "a client that has both credentials sends the other one; no item contains this",
    },
    Disagreement {
        rule: "union-branches-reordered",
        verdict: "none",
        correct: "ours",
        reason: "a value that matches two branches is read as the other one; no item contains the order",
    },
    Disagreement {
        rule: "success-status-changed",
        verdict: "none",
        correct: "ours",
        reason: "`status()` returns another number; no item contains it",
    },
    Disagreement {
        rule: "response-read-otherwise",
        verdict: "none",
        correct: "ours",
        reason: "text was read as it is, and is now read as JSON; no item contains this",
    },
];

/// Disagreements with the compiled caller.
pub const CALLER: &[Disagreement] = &[];

/// Disagreements with `drift`.
pub const DRIFT: &[Disagreement] = &[
    Disagreement {
        rule: "operation-renamed",
        verdict: "compatible",
        correct: "both",
        reason: "requests are the same, and the method has another name",
    },
    Disagreement {
        rule: "path-changed",
        verdict: "breaking",
        correct: "both",
        reason: "old crates fail, and code that calls the new crate compiles unchanged",
    },
    Disagreement {
        rule: "method-changed",
        verdict: "breaking",
        correct: "both",
        reason: "old crates fail, and code that calls the new crate compiles unchanged",
    },
    Disagreement {
        rule: "operation-moved",
        verdict: "compatible",
        correct: "both",
        reason: "requests are the same, and the types are in another module",
    },
    Disagreement {
        rule: "security-tightened",
        verdict: "compatible",
        correct: "ours",
        reason: "requests that were accepted are refused; `drift` does not compare security",
    },
    Disagreement {
        rule: "credential-kind-changed",
        verdict: "compatible",
        correct: "ours",
        reason: "old credentials are refused; `drift` does not compare security",
    },
    Disagreement {
        rule: "parameter-moved",
        verdict: "breaking",
        correct: "both",
        reason: "old crates fail, and code that calls the new crate compiles unchanged",
    },
    Disagreement {
        rule: "parameter-now-optional",
        verdict: "compatible",
        correct: "both",
        reason: "old requests are accepted, and the argument becomes a setter",
    },
    Disagreement {
        rule: "body-now-optional",
        verdict: "compatible",
        correct: "both",
        reason: "old requests are accepted, and the argument becomes a setter",
    },
    Disagreement {
        rule: "body-removed",
        verdict: "compatible",
        correct: "both",
        reason: "a body may be ignored, and the method no longer takes it",
    },
    Disagreement {
        rule: "status-added",
        verdict: "breaking",
        correct: "ours",
        reason: "the enum is non-exhaustive; before, the answer was undeclared, with its whole content",
    },
    Disagreement {
        rule: "status-removed",
        verdict: "compatible",
        correct: "both",
        reason: "old answers stay valid, and the variant was removed",
    },
    Disagreement {
        rule: "nullability-changed",
        verdict: "compatible",
        correct: "ours",
        reason: "an answer may now be null where it never was",
    },
    Disagreement {
        rule: "further-members-gone",
        verdict: "compatible",
        correct: "both",
        reason: "the object allows the same properties, and the field that kept them was removed",
    },
];

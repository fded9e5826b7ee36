//! The description of an operation that generated code passes to the runtime.

/// An operation of an API (OpenAPI "Operation Object"), declared by generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The name of the operation, which errors print.
    pub id: &'static str,
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// The path template, for example `/pets/{id}`.
    pub path: &'static str,
    /// The URL of the server that only this operation uses, as documented; `None` for the base URL.
    pub server: Option<&'static str>,
    /// Whether the operation is idempotent (RFC 9110 section 9.2.2), which makes it safe to retry.
    pub idempotent: bool,
    /// The media types of its responses, as in the `Accept` header.
    pub accept: &'static str,
    /// The security requirements (OpenAPI "Security Requirement Object"): alternatives, each with the
    /// names of the schemes that are needed together. If it is empty, no credential is needed; an
    /// empty alternative allows anonymous calls.
    pub security: &'static [&'static [&'static str]],
}

impl Operation {
    /// Whether the operation is safe: it only reads (RFC 9110 section 9.2.1).
    #[must_use]
    pub fn is_safe(&self) -> bool {
        ["GET", "HEAD", "OPTIONS", "TRACE"].contains(&self.method)
    }
}

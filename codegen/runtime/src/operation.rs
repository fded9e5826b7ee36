//! What the runtime is told about an operation.

/// An operation of an API (OpenAPI "Operation Object"), as generated code declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its `operationId`; the name that errors give.
    pub id: &'static str,
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// The path template: `/pets/{id}`.
    pub path: &'static str,
    /// The URL of its own server, as the document has it; `None` where it is the API's.
    pub server: Option<&'static str>,
    /// Whether repeating it has no further effect (RFC 9110 section 9.2.2).
    pub idempotent: bool,
    /// The media types it answers with, as the `Accept` header lists them.
    pub accept: &'static str,
    /// What it requires (OpenAPI "Security Requirement Object"): alternatives, each the names of
    /// the schemes that are needed together. Without alternatives none is needed; an alternative
    /// without schemes allows anonymous calls.
    pub security: &'static [&'static [&'static str]],
}

impl Operation {
    /// Whether it only reads (RFC 9110 section 9.2.1): then there is nothing to be applied.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        ["GET", "HEAD", "OPTIONS", "TRACE"].contains(&self.method)
    }
}

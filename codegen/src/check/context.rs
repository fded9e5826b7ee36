//! The document under check and the report, which every check needs.

use serde_json::Value;

use super::reference_chain;
use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::overlay::Origins;
use crate::parse::Version;
use crate::pointer::Pointer;
use crate::report::Report;

/// The document under check, and the report that diagnostics go to.
pub(super) struct Context<'a> {
    pub(super) root: &'a Value,
    pub(super) version: Version,
    pub(super) origins: &'a Origins,
    pub(super) report: &'a mut Report,
}

impl<'a> Context<'a> {
    /// Reports a diagnostic at a node of the document.
    pub(super) fn diagnose(
        &mut self,
        kind: &'static DiagnosticKind,
        pointer: &Pointer,
        message: impl Into<String>,
    ) {
        self.push(self.diagnostic(kind, pointer, message));
    }

    /// Creates a diagnostic at a node of the document without reporting it.
    pub(super) fn diagnostic(
        &self,
        kind: &'static DiagnosticKind,
        pointer: &Pointer,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(kind, self.origins.place(pointer), message)
    }

    /// Reports a diagnostic.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }

    /// Follows a chain of references to its end. Returns `None` for a broken chain, which the check
    /// of references reports.
    pub(super) fn resolve(&self, pointer: Pointer) -> Option<(Pointer, &'a Value)> {
        reference_chain::resolve(self.root, pointer)
    }
}

//! The document under check and what the checks find, which every check needs.

use serde_json::Value;

use super::reference_chain;
use super::repair::{Fault, Repair};
use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::origins::Origins;
use crate::parse::Version;
use crate::pointer::Pointer;

/// The document under check, and what was found so far.
pub(super) struct Context<'a> {
    pub(super) root: &'a Value,
    pub(super) version: Version,
    pub(super) origins: &'a Origins,
    /// Errors and warnings.
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) faults: Vec<Fault>,
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
        self.diagnostics.push(diagnostic);
    }

    /// Reports a fault at a node, with what is done about it.
    pub(super) fn fault(
        &mut self,
        kind: &'static DiagnosticKind,
        pointer: &Pointer,
        message: impl Into<String>,
        repair: Repair,
    ) {
        let diagnostic = self.diagnostic(kind, pointer, message);
        self.push_fault(diagnostic, pointer, repair);
    }

    /// Reports a fault whose diagnostic was created before.
    pub(super) fn push_fault(&mut self, diagnostic: Diagnostic, node: &Pointer, repair: Repair) {
        self.faults.push(Fault {
            diagnostic,
            node: node.clone(),
            repair,
        });
    }

    /// Follows a chain of references to its end. Returns `None` for a broken chain, which the check
    /// of references reports.
    pub(super) fn resolve(&self, pointer: Pointer) -> Option<(Pointer, &'a Value)> {
        reference_chain::resolve(self.root, pointer)
    }
}

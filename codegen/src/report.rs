//! The report of a run: diagnostics, and the log of applied rules.

use std::fmt;

use crate::bounds::{COPIED, Room};
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::inert::Inert;
use crate::pointer::Pointer;
use crate::source::Input;

/// A rule that rewrites the document or derives a name; a row of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, kebab-case.
    pub id: &'static str,
    /// What the rule does, in the present tense: "a null branch of a union becomes `nullable`".
    pub does: &'static str,
    /// What the generated client no longer supports or checks; `None` if nothing is lost.
    pub loss: Option<Loss>,
}

/// What a rule loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// A constraint that the client does not check: valid values work, invalid ones are not rejected.
    Unchecked(&'static str),
    /// A part of the document that the client does not express and the caller has to know.
    Unexpressed(&'static str),
}

impl Loss {
    /// Describes what is lost.
    pub fn what(self) -> &'static str {
        match self {
            Self::Unchecked(what) | Self::Unexpressed(what) => what,
        }
    }
}

/// One application of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The rule.
    pub rule: &'static Rule,
    /// Where in the selected document.
    pub pointer: Pointer,
    /// Details that the rule does not say: the old and new name, the bound.
    pub detail: String,
}

impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.rule.id, self.pointer)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        match self.rule.loss {
            Some(loss) => write!(f, " [lost: {}]", loss.what()),
            None => Ok(()),
        }
    }
}

/// The error of a stage without a result. The reasons are in the [`Report`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// The diagnostics and the log of all stages of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The problems in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
    /// The applications of rules in their order.
    pub log: Vec<Applied>,
    /// Bytes that may still be copied.
    room: Room,
    /// Whether faults of the document are errors.
    strict: bool,
}

impl Report {
    /// Sets whether faults of the document are errors.
    pub fn set_strict(&mut self, strict: bool) {
        self.strict = strict;
    }

    /// Whether faults of the document are errors.
    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Logs the application of a rule.
    pub fn apply(&mut self, rule: &'static Rule, pointer: &Pointer, detail: impl Into<String>) {
        let detail = detail.into();
        if self.copy(pointer.size() + detail.len(), pointer) {
            self.log.push(Applied {
                rule,
                pointer: pointer.clone(),
                detail,
            });
        }
    }

    /// Spends bytes for a copy to a place. Returns whether the copy is allowed. The first refusal is
    /// reported; then stages stop copying, and the run ends after the current stage.
    #[must_use]
    pub(crate) fn copy(&mut self, bytes: usize, place: &Pointer) -> bool {
        if self.room.is_used_up() {
            return false;
        }
        let fits = self.room.take(bytes);
        if !fits {
            let message = format!("more than {} MiB are copied up to this place", COPIED >> 20);
            let place = Place::Node(Input::Document, place.clone());
            self.push(Diagnostic::new(
                &diagnostics::COPIED_TOO_OFTEN,
                place,
                message,
            ));
        }
        fits
    }

    /// Whether no more bytes may be copied.
    pub(crate) fn is_full(&self) -> bool {
        self.room.is_used_up()
    }

    /// Returns the log as text: a line per application, with its place, details and loss.
    pub fn log_text(&self) -> String {
        let mut text = Inert::default();
        for applied in &self.log {
            text.line(applied.to_string());
        }
        text.to_string()
    }

    /// Returns `Ok` if no error was reported so far.
    ///
    /// # Errors
    ///
    /// [`Stop`] if at least one diagnostic is an error.
    pub fn result(&self) -> Result<(), Stop> {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            Err(Stop)
        } else {
            Ok(())
        }
    }
}

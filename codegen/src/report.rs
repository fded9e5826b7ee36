//! What the stages have to say: diagnostics, and the log of what was rewritten.

use std::fmt;

use crate::bounds::{COPIED, Room};
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::diagnostics;
use crate::inert::Inert;
use crate::pointer::Pointer;
use crate::source::Input;

/// A row of a table of rewriting rules (lowering, naming).
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, kebab-case.
    pub id: &'static str,
    /// What it does, in the present tense: "a null branch of a union becomes `nullable`".
    pub does: &'static str,
    /// What the generated client no longer knows or checks; `None` where nothing is lost.
    pub loss: Option<Loss>,
}

/// What a rule loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// A demand: whatever is valid is sent and read as it is, and what is not is not refused.
    Unchecked(&'static str),
    /// A part of what the document says that the caller has to know.
    Unexpressed(&'static str),
}

impl Loss {
    /// What is lost, in the words of someone who will miss it.
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
    /// What exactly, where the rule alone does not say: the old and new name, the bound.
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

/// A stage could not hand on a result; the reasons are in the [`Report`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// Collected by every stage of one run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The problems, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
    /// Every application of a rule, in the order in which they happened.
    pub log: Vec<Applied>,
    /// What may still be copied.
    room: Room,
}

impl Report {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Notes that a rule was applied.
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

    /// Whether something of this size may be copied to a place. The first time that it may not is
    /// a diagnostic; stages then copy nothing more, and the run ends behind the stage.
    #[must_use]
    pub(crate) fn copy(&mut self, bytes: usize, place: &Pointer) -> bool {
        if self.room.is_used_up() {
            return false;
        }
        let fits = self.room.take(bytes);
        if !fits {
            let message = format!("more than {} MiB are copied up to here", COPIED >> 20);
            let place = Place::Node(Input::Document, place.clone());
            self.push(Diagnostic::new(
                &diagnostics::COPIED_TOO_OFTEN,
                place,
                message,
            ));
        }
        fits
    }

    /// Whether nothing more may be copied.
    pub(crate) fn is_full(&self) -> bool {
        self.room.is_used_up()
    }

    /// The log as text: a line per application, with its place, what exactly, and what is lost.
    pub fn log_text(&self) -> String {
        let mut text = Inert::default();
        for applied in &self.log {
            text.line(applied.to_string());
        }
        text.to_string()
    }

    /// Hands on if no error was reported so far.
    ///
    /// # Errors
    ///
    /// [`Stop`] if there is at least one diagnostic of level [`Level::Error`].
    pub fn sound(&self) -> Result<(), Stop> {
        if self
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.kind.level == Level::Error)
        {
            Err(Stop)
        } else {
            Ok(())
        }
    }
}

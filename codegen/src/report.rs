//! What the stages have to say: findings, and the log of what was rewritten.

use std::fmt;

use crate::finding::{Finding, Level};
use crate::inert::Inert;
use crate::pointer::Pointer;

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
    pub findings: Vec<Finding>,
    /// Every application of a rule, in the order in which they happened.
    pub log: Vec<Applied>,
}

impl Report {
    /// Adds a problem.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Notes that a rule was applied.
    pub fn apply(&mut self, rule: &'static Rule, pointer: &Pointer, detail: impl Into<String>) {
        self.log.push(Applied {
            rule,
            pointer: pointer.clone(),
            detail: detail.into(),
        });
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
    /// [`Stop`] if there is at least one finding of level [`Level::Error`].
    pub fn sound(&self) -> Result<(), Stop> {
        match self
            .findings
            .iter()
            .any(|finding| finding.kind.level == Level::Error)
        {
            true => Err(Stop),
            false => Ok(()),
        }
    }
}

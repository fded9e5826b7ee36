//! The data of a report. Its JSON form is the output of `cargo xtask diff --format json`.

use serde::Serialize;

use super::super::groups::ChangeGroup;
use super::super::notices::Notices;
use super::super::rules::Level;
use super::super::version;

/// What changed about one client.
#[derive(Clone, Debug, Serialize)]
pub struct DiffReport {
    /// The client's folder under `openapi/`.
    pub client: String,
    /// The name of the crate.
    pub package: String,
    /// The version on the old side.
    pub from: String,
    /// The version on the new side.
    pub to: String,
    /// The most severe level of all changes; `null` if no change requires another version.
    pub level: Option<Level>,
    /// The least release that the changes require; `null` if they require none. A pre-release of it
    /// that is greater than `from` suffices as well.
    pub needs: Option<String>,
    /// Whether the new version meets that requirement.
    pub sufficient: bool,
    /// Input files and tools that changed.
    pub inputs: Vec<InputChange>,
    /// The changes by what a reviewer decides about, the most severe first.
    pub groups: Vec<ChangeGroup>,
    /// Changes of the document and of the packaging that affect Rust, the most severe first.
    pub changes: Vec<ReportedChange>,
    /// Lines of the Rust API that differ although no change explains it.
    pub unexplained: Vec<ReportedChange>,
    /// Changes of the document that affect no Rust item.
    pub document_only: Vec<DocumentChange>,
    /// New facts that change no Rust item.
    pub notices: Notices,
}

/// An input that changed.
#[derive(Clone, Debug, Serialize)]
pub struct InputChange {
    /// The file or the tool.
    pub name: String,
    /// The hash or version before; `null` if there was none.
    pub before: Option<String>,
    /// The hash or version after; `null` if there is none.
    pub after: Option<String>,
}

/// A change with its rule and its location.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedChange {
    /// Eight hexadecimal digits of a hash over rule, pointer and detail.
    pub fingerprint: String,
    /// The stable id of the rule.
    pub rule: &'static str,
    /// The version bump that the change requires.
    pub level: Level,
    /// What changed.
    pub summary: &'static str,
    /// What exactly changed.
    pub detail: String,
    /// The input file.
    pub file: Option<String>,
    /// The line, counted from 1; 0 for the whole file.
    pub line: usize,
    /// Whether file and line are those of the old side.
    pub old: bool,
    /// The JSON pointer (RFC 6901) of the node in the corrected document.
    pub pointer: String,
    /// The affected Rust items.
    pub rust: Vec<String>,
    /// Why the change has this level.
    pub reason: &'static str,
    /// The section of the standard that applies.
    pub reference: &'static str,
    /// A line of caller code before the change.
    pub before: Option<String>,
    /// The same line after the change; `null` if no replacement is known.
    pub after: Option<String>,
    /// For a removal: new items of the same kind that may replace what was removed.
    pub candidates: Vec<String>,
}

/// A change of the document that affects no Rust item.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentChange {
    /// Whether the node is prose or an example.
    pub prose: bool,
    /// How the node changed.
    pub text: String,
    /// The input file.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: usize,
    /// Whether file and line are those of the old side.
    pub old: bool,
    /// The JSON pointer (RFC 6901) of the node in the corrected document.
    pub pointer: String,
}

impl DiffReport {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.from == self.to
            && self.inputs.is_empty()
            && self.changes.is_empty()
            && self.unexplained.is_empty()
            && self.document_only.is_empty()
            && self.notices.is_empty()
    }

    /// Iterates over the changes of a level or a more severe one.
    pub fn reaching(&self, level: Level) -> impl Iterator<Item = &ReportedChange> {
        self.all().filter(move |change| change.level >= level)
    }

    /// Whether the new version suffices, or the client gets no further versions.
    pub fn carries(&self) -> bool {
        self.sufficient || self.needs.is_none()
    }

    /// Returns the versions that would suffice, in words; `None` if the changes require none.
    pub fn requirement(&self) -> Option<String> {
        self.requirement_in("")
    }

    /// Returns the same with the version between two marks, such as backticks.
    pub(in crate::diff) fn requirement_in(&self, mark: &str) -> Option<String> {
        let needs = self.needs.as_ref()?;
        let later = if version::is_prerelease(&self.from) {
            ", or a later pre-release of it"
        } else {
            ""
        };
        Some(format!("{mark}{needs}{mark} or above{later}"))
    }

    fn all(&self) -> impl Iterator<Item = &ReportedChange> {
        self.changes.iter().chain(&self.unexplained)
    }

    /// Sets level, requirement and verdict from the changes.
    pub(super) fn with_verdict(mut self) -> Self {
        self.level = self.all().map(|change| change.level).max();
        if let Some(level) = self.level {
            self.needs = version::required_release(&self.from, level);
            self.sufficient = version::suffices(&self.from, &self.to, level);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::build_alone;
    use crate::diff::Level::{self, Major, Minor};
    use crate::diff::{human, markdown};

    /// Checks that the verdict, the requirement and the texts of a report agree.
    #[track_caller]
    fn check(from: &str, to: &str, level: Level, sufficient: bool, requirement: &str) {
        let mut report = build_alone("pets", "pets-client", from, true);
        report.to = to.to_owned();
        for change in &mut report.changes {
            change.level = level;
        }
        let report = report.with_verdict();
        assert_eq!(report.sufficient, sufficient);
        assert_eq!(report.carries(), sufficient);
        assert_eq!(report.requirement().as_deref(), Some(requirement));
        let needed = report.requirement_in("`").unwrap_or_default();
        let texts = [
            markdown(std::slice::from_ref(&report), "main")
                .as_str()
                .to_owned(),
            human(std::slice::from_ref(&report), "main")
                .as_str()
                .to_owned(),
        ];
        for text in texts.map(|text| text.replace("**", "")) {
            let verdict = if sufficient {
                format!(", which suffices for a {} change", level.name())
            } else {
                format!(
                    ", which does not suffice: a {} change requires {needed}",
                    level.name()
                )
            };
            assert!(text.contains(&verdict), "{text}");
        }
    }

    #[test]
    fn the_verdict_and_its_texts_agree() {
        check("1.0.0", "2.0.0-alpha", Major, true, "2.0.0 or above");
        check("1.0.0", "1.1.0-alpha", Major, false, "2.0.0 or above");
        check("0.4.0", "0.4.1", Major, false, "0.5.0 or above");
        check("0.4.0", "0.4.1", Minor, true, "0.4.1 or above");
        let later = "2.0.0 or above, or a later pre-release of it";
        check("2.0.0-rc.2", "2.0.0-rc.1", Major, false, later);
        check("2.0.0-rc.2", "2.0.0-rc.3", Major, true, later);
    }
}

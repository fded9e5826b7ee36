//! What is new and reaches no signature: operations upstream that this client does not take, and
//! what the client cannot express or does not check since.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Side;
use super::fold::{counted, folded};
use crate::inert::{Inert, Markdown};

/// So many lines of a list are shown; the rest is counted.
const SHOWN: usize = 50;

/// How a line of the log says that its rule loses something.
const LOST: &str = " [lost: ";

/// A list: the word that begins its lines in a terminal, its title, what is said of it, its lines.
type List<'a> = (&'static str, &'static str, &'static str, &'a [String]);

/// What one side has and the other had not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct News {
    /// Operations of the full document, as `slice` recorded them.
    pub operations: Vec<String>,
    /// Lines of `lowering.log` about what is lost.
    pub losses: Vec<String>,
}

impl News {
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let lost = |log: &str| -> String {
            let lines = log.lines().filter(|line| line.contains(LOST));
            lines.map(|line| format!("{line}\n")).collect()
        };
        let offered = old.offered.as_deref().zip(new.offered.as_deref());
        Self {
            operations: offered.map_or_else(Vec::new, |(old, new)| added(old, new)),
            losses: added(&lost(&old.log), &lost(&new.log)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.losses.is_empty()
    }

    /// Its lists, each with what is said of it.
    fn lists(&self) -> [List<'_>; 2] {
        [
            (
                "upstream",
                "New operations upstream",
                "The full document has them since; \
                 `cargo xtask slice --operation` takes one.\n\n",
                &self.operations,
            ),
            (
                "lost",
                "New losses",
                "What the client does not express or check since, as \
                 `lowering.log` has it.\n\n",
                &self.losses,
            ),
        ]
    }

    /// The lists, each folded.
    pub(super) fn markdown(&self) -> [Markdown; 2] {
        self.lists().map(|(_, title, head, lines)| {
            if lines.is_empty() {
                return Markdown::default();
            }
            let shown = lines.iter().take(SHOWN);
            let list = shown.fold(Markdown::from(head), |list, line| {
                list + "- " + Markdown::code(line) + "\n"
            });
            let list = match lines.len().checked_sub(SHOWN) {
                None | Some(0) => list,
                Some(more) => list + "\nand " + more + " more\n",
            };
            folded(counted(title, lines.len()), list)
        })
    }

    pub(super) fn human(&self, text: &mut Inert) {
        for (verb, _, _, lines) in self.lists() {
            for line in lines {
                text.line(format!("{verb:>12} {line}"));
            }
        }
    }
}

/// The lines that the newer of two texts has and the older has not.
pub fn added(old: &str, new: &str) -> Vec<String> {
    let known: BTreeSet<&str> = old.lines().collect();
    let lines = new.lines().filter(|line| !known.contains(line));
    lines.map(str::to_owned).collect()
}

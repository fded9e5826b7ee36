//! What is fed with chance: the table behind `--target`.

use crate::random::Random;
use crate::{docs, documents, names, sinks, unions};

/// One promise that is tried.
pub struct Target {
    /// What `--target` calls it.
    pub name: &'static str,
    /// What is tried, in a line.
    pub help: &'static str,
    /// Makes an input of chance and tries it. An error says which promise is broken, in its first
    /// line, and by which input.
    pub trial: fn(&mut Random) -> Result<(), String>,
}

/// The target where none is named; it alone has seeds, and inputs that can be shrunk and written.
pub const DOCUMENTS: &str = "documents";

/// Every target, in the order of the help.
pub const TARGETS: &[Target] = &[
    Target {
        name: DOCUMENTS,
        help: "mutated documents through the pipeline: no panic, no hang, a crate or an error with a place",
        trial: documents::trial,
    },
    Target {
        name: "docs",
        help: "Markdown in descriptions: nothing of it acts in the crate's documentation",
        trial: docs::trial,
    },
    Target {
        name: "names",
        help: "names that no generator likes: diagnostics, or sources that parse with names of their own",
        trial: names::trial,
    },
    Target {
        name: "sinks",
        help: "text that acts, in every place of a document: nothing of it acts where it is shown",
        trial: sinks::trial,
    },
    Target {
        name: "unions",
        help: "JSON through unions of every kind: what is read says no more than what came",
        trial: unions::trial,
    },
];

/// The target of a name.
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Every target with what it tries, for the help.
pub fn listed() -> String {
    let line = |target: &Target| format!("  {:<10} {}\n", target.name, target.help);
    format!("Targets:\n{}", TARGETS.iter().map(line).collect::<String>())
}

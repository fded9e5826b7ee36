//! A rule of the table, its level, and the macro that declares rules.
//!
//! The level of a rule follows from the code that the generator emits. Generated structs and enums are
//! `#[non_exhaustive]`, so an addition to them is minor. Fields are public and required values are
//! arguments, so a removal, a new type or a new requirement is major.

use serde::Serialize;

/// The version bump that a change requires (SemVer 2.0.0, sections 6 to 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Code still compiles and behaves as before.
    Patch,
    /// Code still compiles; something can be used in addition, or behaves differently.
    Minor,
    /// Code no longer compiles, or fails at run time where it worked before.
    Major,
}

impl Level {
    /// Returns the name: `patch`, `minor` or `major`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A rule of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable name in kebab case, never reused for another meaning.
    pub id: &'static str,
    /// The version bump that a change requires.
    pub level: Level,
    /// What changed, as a sentence without a full stop.
    pub summary: &'static str,
    /// Why the change has this level, in terms of the generated code.
    pub reason: &'static str,
    /// The section of the standard, or of Cargo's chapter on SemVer, that applies.
    pub reference: &'static str,
}

/// Declares one static per rule, and `RULES` with all of them.
macro_rules! rules {
    ($($name:ident $id:literal $level:ident $summary:literal $reason:literal $reference:literal)*) => {
        use super::rule::{Level, Rule};

        $(
            #[doc = concat!("`", $id, "`: ", $summary, ".")]
            pub(in crate::diff) static $name: Rule = Rule {
                id: $id,
                level: Level::$level,
                summary: $summary,
                reason: $reason,
                reference: $reference,
            };
        )*

        /// Every rule of this file.
        pub(super) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

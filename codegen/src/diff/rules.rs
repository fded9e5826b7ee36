//! The table of rules: what can change, what it asks of the version, and why.
//!
//! Levels follow what the emitters make of a change. Structs and enums of generated crates are
//! `#[non_exhaustive]`, so what is added to them is minor; members are public fields and what is
//! required is an argument, so what is taken away, retyped or newly required is major.

use serde::Serialize;

/// What a change asks of the version (SemVer 2.0.0, sections 6 to 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Code compiles and does what it did.
    Patch,
    /// Code compiles; there is more to use, or something is done differently.
    Minor,
    /// Code stops compiling, or fails where it did not.
    Major,
}

impl Level {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, kebab-case, never reused for another meaning.
    pub id: &'static str,
    /// What it asks of the version.
    pub level: Level,
    /// What changed.
    pub says: &'static str,
    /// Why it has this level, by what is emitted.
    pub why: &'static str,
    /// Where the standard, or Cargo's chapter on SemVer, has it.
    pub clause: &'static str,
}

/// Declares the rows of a part of the table, and `ALL` with every one of them.
macro_rules! rules {
    ($($name:ident $id:literal $level:ident $says:literal $why:literal $clause:literal)*) => {
        use super::{Level, Rule};

        $(
            #[doc = concat!("`", $id, "`: ", $says, ".")]
            pub(in crate::diff) static $name: Rule = Rule {
                id: $id,
                level: Level::$level,
                says: $says,
                why: $why,
                clause: $clause,
            };
        )*

        /// Every row, grouped by what it is about.
        pub(super) static ALL: &[&Rule] = &[$(&$name),*];
    };
}

mod calls;
mod types;

pub(super) use calls::*;
pub(super) use types::*;

/// Every row, by the parts of the table.
pub static ALL: &[&[&Rule]] = &[calls::ALL, types::ALL];

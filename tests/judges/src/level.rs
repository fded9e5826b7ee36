//! How grave a change is, by each who judges.

use std::fmt;

/// From nothing to what breaks callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing changed, or nothing that has a level.
    None,
    /// Nothing that a caller could see in the types.
    Patch,
    /// More than before.
    Minor,
    /// Callers may not compile, or not do what they did.
    Major,
}

impl Level {
    /// The gravest level in the list of rules that an edit is expected to meet.
    pub fn of_rules(rules: &str) -> Self {
        let levels = rules.split(", ").map(|rule| match rule.split(' ').next() {
            Some("major") => Self::Major,
            Some("minor") => Self::Minor,
            Some("patch") => Self::Patch,
            _ => Self::None,
        });
        levels.max().unwrap_or(Self::None)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

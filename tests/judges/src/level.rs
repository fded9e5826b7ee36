//! The severity of a change, by the report or by another tool.

use std::fmt;

/// The severity, from none to breaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// No change, or none with a level.
    None,
    /// Nothing that a caller can see in the types.
    Patch,
    /// Additions.
    Minor,
    /// Callers may not compile, or may behave differently.
    Major,
}

impl Level {
    /// Returns the most severe level in a list of rules with their levels.
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

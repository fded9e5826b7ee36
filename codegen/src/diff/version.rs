//! Versions: which one a change asks for, and whether a given one will do.
//!
//! Below 1.0.0 Cargo takes the first number that is not 0 for the major one: a minor bump is there
//! what a major bump is later.

use super::rules::Level;

/// A version of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let core = text.split(['-', '+']).next()?;
        let mut numbers = core.split('.').map(str::parse::<u64>);
        let mut number = || numbers.next()?.ok();
        Some(Self {
            major: number()?,
            minor: number()?,
            patch: number()?,
        })
    }

    /// The least version that carries a change of a level.
    fn after(self, level: Level) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let (major, minor, patch) = match (major, minor, level) {
            (0, 0, _) | (_, _, Level::Patch) | (0, _, Level::Minor) => (major, minor, patch + 1),
            (0, _, Level::Major) | (_, _, Level::Minor) => (major, minor + 1, 0),
            (_, _, Level::Major) => (major + 1, 0, 0),
        };
        Self {
            major,
            minor,
            patch,
        }
    }
}

/// The least version that carries a change, after an old one.
pub(super) fn needed(old: &str, level: Level) -> String {
    let Some(version) = Version::parse(old) else {
        return old.to_owned();
    };
    let next = if is_before_release(old) {
        version
    } else {
        version.after(level)
    };
    format!("{}.{}.{}", next.major, next.minor, next.patch)
}

/// Whether a new version carries a change, after an old one.
pub(super) fn suffices(old: &str, new: &str, level: Level) -> bool {
    let (Some(before), Some(after)) = (Version::parse(old), Version::parse(new)) else {
        return false;
    };
    if is_before_release(old) {
        after >= before && old != new
    } else {
        after >= before.after(level)
    }
}

fn is_before_release(version: &str) -> bool {
    let core = version.split('+').next().unwrap_or_default();
    core.contains('-')
}

#[cfg(test)]
mod tests {
    use super::{needed, suffices};
    use crate::diff::Level;

    #[test]
    fn a_minor_bump_is_a_major_one_below_1_0_0() {
        for (old, level, next) in [
            ("0.1.4", Level::Major, "0.2.0"),
            ("0.1.4", Level::Minor, "0.1.5"),
            ("0.0.4", Level::Major, "0.0.5"),
            ("1.2.3", Level::Major, "2.0.0"),
            ("1.2.3", Level::Minor, "1.3.0"),
            ("1.2.3", Level::Patch, "1.2.4"),
            ("2.0.0-rc.1", Level::Major, "2.0.0"),
        ] {
            assert_eq!(needed(old, level), next);
            assert!(suffices(old, next, level), "{old} {next}");
            assert!(!suffices(old, old, level), "{old}");
        }
        assert!(!suffices("1.2.3", "1.9.0", Level::Major));
        assert!(suffices("1.2.3", "3.0.0", Level::Minor));
        assert!(suffices("2.0.0-rc.1", "2.0.0-rc.2", Level::Major));
    }
}

//! Which version a change requires, and whether a given version meets that requirement.
//!
//! Versions are parsed and ordered by the crate `semver`, as Cargo does. The rules:
//!
//! - Precedence follows SemVer 2.0.0, section 11. Build metadata does not count.
//! - A change of any level requires a version that is greater than the old one. `2.0.0-rc.1` after
//!   `2.0.0-rc.2` therefore never suffices, whatever the level.
//! - From 1.0.0 on, a major change requires a new major number, a minor change a new minor number, and
//!   a patch a new patch number.
//! - Below 1.0.0, Cargo takes the first number that is not 0 for the major one: a major change
//!   requires a new minor number, and every other change a new patch number. In `0.0.z` every release
//!   is breaking, so a new patch number is always enough.
//! - A pre-release of the required release suffices: Cargo treats `2.0.0-alpha` as incompatible with
//!   `1.x`, so nobody receives it by accident. `2.0.0-alpha` after `1.0.0` meets the requirement "2.0.0".
//! - After a pre-release, the required release is the one that it precedes: `2.0.0-rc.1` makes no
//!   promise, so `2.0.0-rc.2` and `2.0.0` both suffice.

use std::cmp::Ordering;

use semver::{BuildMetadata, Prerelease, Version};

use super::rules::Level;

/// Returns the least release that a change requires after the old version.
///
/// Returns `None` if the old version is not valid. The pipeline refuses such a version, so a
/// comparison does not meet one.
pub(super) fn required_release(old: &str, level: Level) -> Option<String> {
    let old = Version::parse(old).ok()?;
    Some(release_after(&old, level).to_string())
}

/// Whether a new version meets the requirement of a change after the old version.
pub(super) fn suffices(old: &str, new: &str, level: Level) -> bool {
    let (Ok(old), Ok(new)) = (Version::parse(old), Version::parse(new)) else {
        return false;
    };
    let is_greater = new.cmp_precedence(&old) == Ordering::Greater;
    is_greater && core(&new) >= release_after(&old, level)
}

/// Whether a version is a pre-release such as `2.0.0-rc.1`.
pub(super) fn is_prerelease(version: &str) -> bool {
    Version::parse(version).is_ok_and(|version| !version.pre.is_empty())
}

fn release_after(old: &Version, level: Level) -> Version {
    if !old.pre.is_empty() {
        return core(old);
    }
    let (major, minor, patch) = (old.major, old.minor, old.patch);
    match (major, minor, level) {
        (0, 0, _) | (_, _, Level::Patch) | (0, _, Level::Minor) => {
            Version::new(major, minor, patch.saturating_add(1))
        }
        (0, _, Level::Major) | (_, _, Level::Minor) => {
            Version::new(major, minor.saturating_add(1), 0)
        }
        (_, _, Level::Major) => Version::new(major.saturating_add(1), 0, 0),
    }
}

/// Returns the release that a version is or precedes: `2.0.0` for `2.0.0-rc.1+build`.
fn core(version: &Version) -> Version {
    Version {
        pre: Prerelease::EMPTY,
        build: BuildMetadata::EMPTY,
        ..version.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{required_release, suffices};
    use crate::diff::Level::{self, Major, Minor, Patch};

    /// Old version, level, required release, new version, whether the new version suffices.
    const PAIRS: &[(&str, Level, &str, &str, bool)] = &[
        // From 1.0.0 on, each level has its number.
        ("1.2.3", Major, "2.0.0", "2.0.0", true),
        ("1.2.3", Major, "2.0.0", "2.5.1", true),
        ("1.2.3", Major, "2.0.0", "1.9.0", false),
        ("1.2.3", Major, "2.0.0", "1.2.4", false),
        ("1.2.3", Minor, "1.3.0", "1.3.0", true),
        ("1.2.3", Minor, "1.3.0", "3.0.0", true),
        ("1.2.3", Minor, "1.3.0", "1.2.4", false),
        ("1.2.3", Patch, "1.2.4", "1.2.4", true),
        ("1.2.3", Patch, "1.2.4", "1.2.10", true),
        // The same version, or an older one, never suffices.
        ("1.2.3", Major, "2.0.0", "1.2.3", false),
        ("1.2.3", Patch, "1.2.4", "1.2.3", false),
        ("1.2.3", Patch, "1.2.4", "1.2.2", false),
        ("2.0.0", Patch, "2.0.1", "1.9.9", false),
        ("1.2.3", Patch, "1.2.4", "1.2.3-rc.1", false),
        // Below 1.0.0 the minor number counts as the major one.
        ("0.1.4", Major, "0.2.0", "0.2.0", true),
        ("0.1.4", Major, "0.2.0", "0.1.5", false),
        ("0.1.4", Major, "0.2.0", "1.0.0", true),
        ("0.1.4", Minor, "0.1.5", "0.1.5", true),
        ("0.1.4", Minor, "0.1.5", "0.1.4", false),
        ("0.1.4", Patch, "0.1.5", "0.1.5", true),
        // In 0.0.z every release is breaking.
        ("0.0.4", Major, "0.0.5", "0.0.5", true),
        ("0.0.4", Minor, "0.0.5", "0.0.5", true),
        ("0.0.4", Patch, "0.0.5", "0.1.0", true),
        ("0.0.4", Major, "0.0.5", "0.0.4", false),
        // A pre-release of the required release suffices, one of an earlier release does not.
        ("1.0.0", Major, "2.0.0", "2.0.0-alpha", true),
        ("1.0.0", Major, "2.0.0", "1.1.0-alpha", false),
        ("1.0.0", Minor, "1.1.0", "1.1.0-alpha", true),
        ("1.0.0", Patch, "1.0.1", "1.0.0-alpha", false),
        ("0.1.4", Major, "0.2.0", "0.2.0-beta.1", true),
        // After a pre-release, a later pre-release or its release suffices.
        ("2.0.0-rc.1", Major, "2.0.0", "2.0.0-rc.2", true),
        ("2.0.0-rc.1", Major, "2.0.0", "2.0.0", true),
        ("2.0.0-rc.2", Major, "2.0.0", "2.0.0-rc.1", false),
        ("2.0.0-rc.2", Patch, "2.0.0", "2.0.0-rc.2", false),
        ("2.0.0-rc.2", Minor, "2.0.0", "2.0.0-rc.10", true),
        ("2.0.0-rc.10", Minor, "2.0.0", "2.0.0-rc.9", false),
        ("2.0.0-rc.1", Major, "2.0.0", "2.0.0-beta.9", false),
        ("2.0.0-alpha", Major, "2.0.0", "2.0.0-alpha.1", true),
        ("2.0.0-alpha.1", Major, "2.0.0", "2.0.0-alpha.beta", true),
        ("2.0.0-rc.1", Major, "2.0.0", "2.1.0-alpha", true),
        ("2.0.0-rc.1", Major, "2.0.0", "1.9.0", false),
        // Build metadata does not count.
        ("1.0.0+a", Patch, "1.0.1", "1.0.0+b", false),
        ("1.0.0+a", Patch, "1.0.1", "1.0.1+a", true),
        ("1.0.0", Major, "2.0.0", "2.0.0+build.7", true),
        ("2.0.0-rc.1+a", Major, "2.0.0", "2.0.0-rc.1+b", false),
    ];

    #[test]
    fn a_version_suffices_if_it_is_greater_and_reaches_the_required_release() {
        for (old, level, required, new, expected) in PAIRS.iter().copied() {
            let case = format!("{old} → {new}, {}", level.name());
            let release = required_release(old, level);
            assert_eq!(release.as_deref(), Some(required), "{case}");
            assert_eq!(suffices(old, new, level), expected, "{case}");
            // The report names this release, so it must itself suffice.
            assert!(suffices(old, required, level), "{case}");
        }
    }

    #[test]
    fn an_invalid_version_never_suffices() {
        for invalid in [
            "", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.x", "v1.2.3", "1.2.3-",
        ] {
            assert_eq!(required_release(invalid, Level::Patch), None, "{invalid}");
            assert!(!suffices("1.2.3", invalid, Level::Patch), "{invalid}");
            assert!(!suffices(invalid, "2.0.0", Level::Patch), "{invalid}");
        }
    }
}

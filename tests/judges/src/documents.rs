//! Asks `drift`: compares the documents before and after.

use drift::{ChangeClass, compare};
use serde_json::Value;

/// Whether the change breaks older clients of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No change, or none that matters.
    Compatible,
    /// Old clients fail with the new server.
    Breaking,
    /// No verdict: an unhandled change, or a panic.
    Unknown,
}

/// Compares two documents.
pub fn judge(old: &str, new: &str) -> Result<Verdict, String> {
    let read = |text: &str| serde_yaml::from_str::<Value>(text).map_err(|error| error.to_string());
    let (old, new) = (read(old)?, read(new)?);
    let Ok(compared) = std::panic::catch_unwind(|| compare(&old, &new)) else {
        return Ok(Verdict::Unknown);
    };
    let changes = compared.map_err(|error| error.to_string())?;
    let classes: Vec<ChangeClass> = changes
        .iter()
        .flat_map(|change| change.changes.iter().map(|part| part.class))
        .collect();
    let has = |class: ChangeClass| classes.contains(&class);
    // Changes that only affect newer clients do not matter here.
    Ok(
        if has(ChangeClass::BackwardIncompatible) || has(ChangeClass::Incompatible) {
            Verdict::Breaking
        } else if has(ChangeClass::Unhandled) {
            Verdict::Unknown
        } else {
            Verdict::Compatible
        },
    )
}

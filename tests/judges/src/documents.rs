//! What `drift` says: the documents before and after.

use drift::{ChangeClass, compare};
use serde_json::Value;

/// Whether the change breaks clients of the server, which may be older than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It finds nothing, or nothing that matters.
    Compatible,
    /// Clients of before do not get along with the server of after.
    Breaking,
    /// It does not know: what it calls unhandled, and where it gives up with a panic.
    Unknown,
}

/// Compares two documents.
pub fn judge(old: &str, new: &str) -> Result<Verdict, String> {
    let read = |text: &str| serde_yaml::from_str::<Value>(text).map_err(|it| it.to_string());
    let (old, new) = (read(old)?, read(new)?);
    let Ok(compared) = std::panic::catch_unwind(|| compare(&old, &new)) else {
        return Ok(Verdict::Unknown);
    };
    let changes = compared.map_err(|error| error.to_string())?;
    let classes: Vec<ChangeClass> = changes
        .iter()
        .flat_map(|change| change.changes.iter().map(|it| it.class))
        .collect();
    let has = |class: ChangeClass| classes.contains(&class);
    // What only newer clients would trip over is no matter of those that are there.
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

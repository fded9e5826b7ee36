//! Selects operations and what they use.
//!
//! The result has the operations that a selector names (all without selectors), what they reach
//! through references, names of security schemes and mappings of discriminators, and the members of
//! the root that they depend on. Four constructs are normalised, so that later stages never meet
//! them:
//!
//! - References to path items are resolved.
//! - References by `$anchor` or `$id` become pointers.
//! - The target of a reference to anything but a component (into `#/paths/…`, for example) is
//!   copied below `/x-referenced`, under its own pointer.
//! - Callbacks, webhooks and links are dropped, because the client does not make these calls.

use serde_json::{Map, Value};

use super::closure::{self, COPIES};
use super::selector::{self, Selectors};
use super::{anchors, dropped, path_items};
use crate::origins::Origins;
use crate::overlay::Corrected;
use crate::parse::Version;
use crate::report::{Report, Stop};

/// A document with the chosen operations only.
#[derive(Clone, Debug)]
pub struct Selected {
    root: Value,
    calls_back: Value,
    version: Version,
    origins: Origins,
}

impl Selected {
    /// Returns the chosen operations as selectors.
    pub(crate) fn operations(&self) -> Vec<String> {
        selector::names(&self.root)
    }

    /// Returns the webhooks and the callbacks of the chosen operations, at their places in the
    /// document.
    pub(crate) fn calls_back(&self) -> &Value {
        &self.calls_back
    }

    pub(crate) fn into_parts(self) -> (Value, Version, Origins) {
        (self.root, self.version, self.origins)
    }
}

/// Returns every operation of a document as a selector: `POST /auth/revoke`.
pub fn operations(corrected: &Corrected) -> Vec<String> {
    let (mut root, _, mut origins) = corrected.clone().into_parts();
    path_items::resolve(&mut root, &mut origins, &mut Report::default());
    selector::names(&root)
}

/// Selects the operations that `selectors` name, and what they use.
///
/// # Errors
///
/// [`Stop`] if a selector names no operation. All are tried.
pub fn select(
    corrected: Corrected,
    selectors: &Selectors<'_>,
    report: &mut Report,
) -> Result<Selected, Stop> {
    let (mut root, version, mut origins) = corrected.into_parts();
    path_items::resolve(&mut root, &mut origins, report);
    if report.is_full() {
        return Err(Stop);
    }
    if version == Version::V3_1 {
        anchors::resolve(&mut root);
    }
    let chosen = selectors.choose(&root, report)?;
    let Value::Object(mut whole) = root else {
        return Err(Stop);
    };
    dropped::log_dropped(&whole, chosen.as_ref(), report);
    let calls_back = dropped::calls_back(&whole, chosen.as_ref());
    let mut kept = Map::new();
    let paths = whole.get("paths").cloned();
    if let Some(paths) = paths {
        kept.insert("paths".to_owned(), path_items::keep(paths, chosen.as_ref()));
    }
    for name in ["openapi", "info", "servers"] {
        if let Some(value) = whole.get(name) {
            kept.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(security) = whole
        .get("security")
        .filter(|_| path_items::use_document_security(&kept))
    {
        kept.insert("security".to_owned(), security.clone());
    }
    if let Some(tags) = whole.remove("tags") {
        kept.insert("tags".to_owned(), path_items::used_tags(tags, &kept));
    }
    extensions(&whole, &mut kept);
    let root = closure::close(Value::Object(whole), kept, &mut origins);
    origins.log(&root, report);
    Ok(Selected {
        root,
        calls_back,
        version,
        origins,
    })
}

fn extensions(whole: &Map<String, Value>, kept: &mut Map<String, Value>) {
    for (name, value) in whole {
        if name.starts_with("x-") && name != COPIES {
            kept.insert(name.clone(), value.clone());
        }
    }
}

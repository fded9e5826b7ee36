//! Third stage: the chosen operations and everything they use, nothing else.
//!
//! What is kept: the operations that a selector names (all without selectors), and what they
//! reach through references of any kind, names of security schemes and mappings of
//! discriminators; of the root's members those that an operation relies on. Four things are put into one form, so that no later stage meets them:
//!
//! - References in the place of path items are resolved.
//! - References by `$anchor` or `$id` become pointers.
//! - A reference to anything but a component (into `#/paths/…`, say) is kept working apart from
//!   the operations: its target is copied below `/x-referenced`, under its own pointer.
//! - Callbacks, webhooks and links are dropped: the client does not make these calls.

use serde_json::{Map, Value};

use super::closure::{self, COPIES};
use super::selector::{self, Selectors};
use super::{anchors, dropped, path_items};
use crate::overlay::{Corrected, Origins};
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
    /// The operations that were chosen, as a selector names each.
    pub(crate) fn operations(&self) -> Vec<String> {
        selector::names(&self.root)
    }

    /// The webhooks, and the callbacks of the chosen operations, where they stand in the document.
    pub(crate) fn calls_back(&self) -> &Value {
        &self.calls_back
    }

    pub(crate) fn into_parts(self) -> (Value, Version, Origins) {
        (self.root, self.version, self.origins)
    }
}

/// Every operation of a document, as a selector names it: `POST /auth/revoke`.
pub fn operations(corrected: &Corrected) -> Vec<String> {
    let (mut root, _, mut origins) = corrected.clone().into_parts();
    path_items::resolve(&mut root, &mut origins, &mut Report::default());
    selector::names(&root)
}

/// Keeps the operations that `selectors` name, and what they use.
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
    dropped::note(&whole, chosen.as_ref(), report);
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
    if let Some(security) = whole.get("security").filter(|_| path_items::rely(&kept)) {
        kept.insert("security".to_owned(), security.clone());
    }
    if let Some(tags) = whole.remove("tags") {
        kept.insert("tags".to_owned(), path_items::used_tags(tags, &kept));
    }
    extensions(&whole, &mut kept);
    let root = closure::close(Value::Object(whole), kept, &mut origins);
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

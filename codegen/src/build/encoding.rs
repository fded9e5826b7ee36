//! How the members of a form are written.

use std::collections::BTreeMap;

use crate::lower::FormPart;
use crate::model::Encoding;

/// The members of a form of which the document says how they are written.
pub(super) fn declared(parts: &BTreeMap<String, FormPart>) -> BTreeMap<String, Encoding> {
    let declared = parts.iter();
    let declared = declared.filter(|(_, part)| part.encoding != Encoding::default());
    declared
        .map(|(name, part)| (name.clone(), part.encoding.clone()))
        .collect()
}

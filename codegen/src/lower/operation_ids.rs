//! An id for each operation that no other has.

use std::collections::BTreeSet;

use super::operation_draft::Draft;
use crate::name::Numbers;

/// Why an operation has another id than the document gives it.
pub(super) enum Reason {
    Missing,
    Duplicate,
}

/// Gives every operation an id of its own. Returns which were changed, and why.
pub(super) fn identify(drafts: &mut [Draft<'_>]) -> Vec<(usize, Reason)> {
    let given: BTreeSet<String> = drafts.iter().filter_map(|draft| draft.id.clone()).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut numbers = Numbers::default();
    let mut changed = Vec::new();
    for (index, draft) in drafts.iter_mut().enumerate() {
        let (mut id, reason) = match draft.id.take() {
            Some(id) if !taken.contains(&id) => (id, None),
            Some(id) => (format!("{id}_{}", derived(draft)), Some(Reason::Duplicate)),
            None => (derived(draft), Some(Reason::Missing)),
        };
        if let Some(reason) = reason {
            let is_taken = |id: &str| taken.contains(id) || given.contains(id);
            if is_taken(&id) {
                let numbered = |number| format!("{id}_{number}");
                id = numbers.free(&id, numbered, is_taken);
            }
            changed.push((index, reason));
        }
        taken.insert(id.clone());
        draft.id = Some(id);
    }
    changed
}

/// The words of method and path.
fn derived(draft: &Draft<'_>) -> String {
    let words = format!("{} {}", draft.resolved.method, draft.path);
    let words = words.replace(|c: char| !c.is_alphanumeric(), " ");
    words.split_whitespace().collect::<Vec<_>>().join("_")
}

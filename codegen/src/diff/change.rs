//! Differences as they are found, before they are grouped and located.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::resolve::resolve;
use super::rules::Rule;
use crate::lock::sha256;
use crate::pointer::Pointer;
use crate::source::Input;

/// The node where a change is: which side, which input, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// Whether the node is on the old side, because the new side no longer has it.
    pub(super) old: bool,
    /// The corrected document, or the packaging.
    pub(super) input: Input,
    pub(super) pointer: Pointer,
}

impl Origin {
    /// A node of the old document.
    pub(super) fn in_old(pointer: &Pointer) -> Self {
        Self {
            old: true,
            input: Input::Document,
            pointer: pointer.clone(),
        }
    }

    /// A node of the new document.
    pub(super) fn in_new(pointer: &Pointer) -> Self {
        Self {
            old: false,
            ..Self::in_old(pointer)
        }
    }

    /// The same node, in another input of the same side.
    pub(super) fn in_input(mut self, input: Input) -> Self {
        self.input = input;
        self
    }
}

/// A line of a caller before a change, and the line that replaces it, if one is known.
pub(super) type UsageLines = (String, Option<String>);

/// One difference.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) rule: &'static Rule,
    pub(super) at: Origin,
    /// The position among other changes: the pointer before references are followed.
    order: Pointer,
    /// What exactly changed, to follow the rule's summary.
    pub(super) detail: String,
    /// The affected Rust items, as the API listing names them.
    pub(super) items: Vec<String>,
    pub(super) usage: Option<UsageLines>,
    /// Further document nodes whose difference this change accounts for.
    pub(super) covers: Vec<Pointer>,
    /// Renamed names that appear in the signatures of other items.
    pub(super) renamed_names: Vec<String>,
    /// How often operations use the type that was renamed; 0 for other changes.
    pub(super) use_count: usize,
    /// A named type and the one that replaces it here.
    pub(super) replacement: Option<(String, String)>,
}

impl Change {
    /// Creates a change that affects no item yet.
    pub(super) fn new(rule: &'static Rule, at: Origin, detail: impl Into<String>) -> Self {
        Self {
            rule,
            order: at.pointer.clone(),
            at,
            detail: detail.into(),
            items: Vec::new(),
            usage: None,
            covers: Vec::new(),
            renamed_names: Vec::new(),
            use_count: 0,
            replacement: None,
        }
    }

    /// Adds an affected item.
    pub(super) fn item(self, item: impl Into<String>) -> Self {
        self.items([item.into()])
    }

    /// Adds affected items.
    pub(super) fn items(mut self, items: impl IntoIterator<Item = String>) -> Self {
        add_missing(&mut self.items, items);
        self
    }

    /// Sets the lines of a caller before and after. Equal lines need no upgrade note.
    pub(super) fn usage(mut self, before: String, after: Option<String>) -> Self {
        if after.as_ref() != Some(&before) {
            self.usage = Some((before, after));
        }
        self
    }

    /// Adds document nodes that this change accounts for.
    pub(super) fn covers<'a>(mut self, pointers: impl IntoIterator<Item = &'a Pointer>) -> Self {
        self.covers.extend(pointers.into_iter().cloned());
        self
    }

    /// Adds names whose renaming shows in other items' signatures.
    pub(super) fn renames(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.renamed_names.extend(names);
        self
    }

    /// Records that one named type replaces another, if both are named and differ.
    pub(super) fn replaces(mut self, old: Option<&str>, new: Option<&str>) -> Self {
        let both = old.zip(new).filter(|(old, new)| old != new);
        self.replacement = both.map(|(old, new)| (old.to_owned(), new.to_owned()));
        self
    }

    /// Sets how often operations use the type.
    pub(super) fn use_count(mut self, count: usize) -> Self {
        self.use_count = count;
        self
    }

    /// Returns the identifier by which reviewers recognise this change in later reports.
    pub(super) fn fingerprint(&self) -> String {
        fingerprint(self.rule, &self.at.pointer.to_string(), &self.detail)
    }
}

/// Returns the first eight hexadecimal digits of a hash over rule, pointer and detail.
pub(super) fn fingerprint(rule: &Rule, pointer: &str, detail: &str) -> String {
    let text = [rule.id, pointer, detail].join("\n");
    let mut hash = sha256(text.as_bytes());
    hash.truncate(8);
    hash
}

/// Adds the items that the list does not have yet.
fn add_missing(items: &mut Vec<String>, more: impl IntoIterator<Item = String>) {
    let mut known: BTreeSet<String> = items.iter().cloned().collect();
    items.extend(more.into_iter().filter(|item| known.insert(item.clone())));
}

/// All differences, without duplicates.
#[derive(Debug, Default)]
pub(super) struct Changes {
    changes: Vec<Change>,
    by_fingerprint: BTreeMap<String, usize>,
}

impl Changes {
    /// Adds a change, or merges it into one with the same fingerprint.
    pub(super) fn push(&mut self, change: Change) {
        let next = self.changes.len();
        let index = *self
            .by_fingerprint
            .entry(change.fingerprint())
            .or_insert(next);
        match self.changes.get_mut(index) {
            // Several operations refer to the same node.
            Some(same) => {
                add_missing(&mut same.items, change.items);
                same.covers.extend(change.covers);
            }
            None => self.changes.push(change),
        }
    }

    /// Iterates over the changes in the order in which they were found.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter()
    }

    /// Moves each change to the node that declares it, across references and `allOf`.
    pub(super) fn resolved(self, [old, new]: [&Value; 2]) -> Self {
        let mut changes = Self::default();
        for mut change in self.changes {
            let root = if change.at.old { old } else { new };
            let in_document = change.at.input == Input::Document;
            let declared = resolve(root, &change.at.pointer).filter(|_| in_document);
            if let Some(declared) = declared.filter(|node| *node != change.at.pointer) {
                let before = std::mem::replace(&mut change.at.pointer, declared);
                change.covers.push(before);
            }
            changes.push(change);
        }
        changes
    }

    /// Sorts by level, the most severe first, then by position.
    pub(super) fn sorted(mut self) -> Vec<Change> {
        let position = |change: &Change| (change.at.input, change.order.clone());
        self.changes.sort_by(|one, other| {
            (other.rule.level.cmp(&one.rule.level))
                .then_with(|| position(one).cmp(&position(other)))
                .then_with(|| one.rule.id.cmp(other.rule.id))
                .then_with(|| one.detail.cmp(&other.detail))
        });
        self.changes
    }
}

//! Differences as they are found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::resolve::resolve;
use super::rules::Rule;
use crate::lock::sha256;
use crate::pointer::Pointer;
use crate::source::Input;

/// Where something stands: in which side's inputs, and at which node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// Whether it is the old side, since the new one no longer has it.
    pub(super) old: bool,
    /// The document as it was corrected, or the packaging.
    pub(super) input: Input,
    pub(super) pointer: Pointer,
}

impl At {
    pub(super) fn old(pointer: &Pointer) -> Self {
        Self {
            old: true,
            input: Input::Document,
            pointer: pointer.clone(),
        }
    }

    pub(super) fn new(pointer: &Pointer) -> Self {
        Self {
            old: false,
            ..Self::old(pointer)
        }
    }

    /// The same node of the packaging.
    pub(super) fn of(mut self, input: Input) -> Self {
        self.input = input;
        self
    }
}

/// One difference.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) rule: &'static Rule,
    pub(super) at: At,
    /// Where it would stand if all were written out, which is its place among others.
    order: Pointer,
    /// What exactly, after what the rule says.
    pub(super) detail: String,
    /// The items that it touches, as the digest of the API names them.
    pub(super) items: Vec<String>,
    /// A line of a caller's, as it was and as it is; `None` where no line is known to take its place.
    pub(super) call: Option<(String, Option<String>)>,
    /// Further nodes of the documents whose difference this row is about.
    pub(super) covers: Vec<Pointer>,
    /// Names that other items' signatures have because of it.
    pub(super) names: Vec<String>,
    /// In how many places the type is used that it is about as a whole; 0 for other rows.
    pub(super) uses: usize,
    /// A type, and the one that takes its place here.
    pub(super) types: Option<(String, String)>,
}

impl Row {
    pub(super) fn new(rule: &'static Rule, at: At, detail: impl Into<String>) -> Self {
        Self {
            rule,
            order: at.pointer.clone(),
            at,
            detail: detail.into(),
            items: Vec::new(),
            call: None,
            covers: Vec::new(),
            names: Vec::new(),
            uses: 0,
            types: None,
        }
    }

    pub(super) fn item(self, item: impl Into<String>) -> Self {
        self.items([item.into()])
    }

    pub(super) fn items(mut self, items: impl IntoIterator<Item = String>) -> Self {
        add(&mut self.items, items);
        self
    }

    /// A caller's line before and after; nothing to note where it stays.
    pub(super) fn call(mut self, before: String, after: Option<String>) -> Self {
        if after.as_ref() != Some(&before) {
            self.call = Some((before, after));
        }
        self
    }

    pub(super) fn covers<'a>(mut self, pointers: impl IntoIterator<Item = &'a Pointer>) -> Self {
        self.covers.extend(pointers.into_iter().cloned());
        self
    }

    pub(super) fn names(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.names.extend(names);
        self
    }

    /// The named types whose one takes the other's place, where they are not the same.
    pub(super) fn types(mut self, old: Option<&str>, new: Option<&str>) -> Self {
        let both = old.zip(new).filter(|(old, new)| old != new);
        self.types = both.map(|(old, new)| (old.to_owned(), new.to_owned()));
        self
    }

    /// By what a reviewer tells this row from others, today and in the next version of the page.
    pub(super) fn fingerprint(&self) -> String {
        fingerprint(self.rule, &self.at.pointer.to_string(), &self.detail)
    }
}

/// The first eight hexadecimal digits of a hash over what makes a row.
pub(super) fn fingerprint(rule: &Rule, pointer: &str, detail: &str) -> String {
    let text = [rule.id, pointer, detail].join("\n");
    let mut hash = sha256(text.as_bytes());
    hash.truncate(8);
    hash
}

/// Adds what is not there.
fn add(items: &mut Vec<String>, more: impl IntoIterator<Item = String>) {
    let mut known: BTreeSet<String> = items.iter().cloned().collect();
    items.extend(more.into_iter().filter(|item| known.insert(item.clone())));
}

/// All differences.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    by_fingerprint: BTreeMap<String, usize>,
}

impl Rows {
    pub(super) fn push(&mut self, row: Row) {
        let next = self.rows.len();
        let at = *self.by_fingerprint.entry(row.fingerprint()).or_insert(next);
        match self.rows.get_mut(at) {
            // One place of the document that several operations refer to.
            Some(same) => {
                add(&mut same.items, row.items);
                same.covers.extend(row.covers);
            }
            None => self.rows.push(row),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The same at the nodes where they really stand: what a schema has from another is there.
    pub(super) fn resolved(self, old: &Value, new: &Value) -> Self {
        let mut rows = Self::default();
        for mut row in self.rows {
            let root = if row.at.old { old } else { new };
            let of_document = row.at.input == Input::Document;
            let real = resolve(root, &row.at.pointer).filter(|_| of_document);
            if let Some(real) = real.filter(|real| *real != row.at.pointer) {
                row.covers
                    .push(std::mem::replace(&mut row.at.pointer, real));
            }
            rows.push(row);
        }
        rows
    }

    /// The gravest first, then by place.
    pub(super) fn sorted(mut self) -> Vec<Row> {
        let key = |row: &Row| (row.rule.level, row.at.input, row.order.clone());
        self.rows.sort_by(|one, other| {
            let ((one_level, one_input, one_at), (level, input, at)) = (key(one), key(other));
            level
                .cmp(&one_level)
                .then_with(|| (one_input, one_at).cmp(&(input, at)))
                .then_with(|| one.rule.id.cmp(other.rule.id))
                .then_with(|| one.detail.cmp(&other.detail))
        });
        self.rows
    }
}

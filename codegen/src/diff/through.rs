//! Where a row's node really stands: schemas have members by `allOf` and by references, and the
//! place of what is gone is the nearest one that is left.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Side;
use super::row::{Row, Rows};
use crate::pointer::Pointer;
use crate::source::Input;

/// Gives each row the place of its node in the schema that declares it.
pub(super) fn declared(rows: &mut Rows, old: &Side<'_>, new: &Side<'_>) {
    rows.change(|row| {
        let Some(root) = root(row, old, new) else {
            return;
        };
        let place = row.at.pointer.clone();
        if place.get(root).is_some() {
            return;
        }
        let holders = Holders(root);
        let Some(found) = holders.find(&Pointer::root(), place.tokens()) else {
            return;
        };
        row.covers.push(place.clone());
        // Each part says for itself which members it requires.
        let schema = place.parent().and_then(|it| it.parent());
        let parts = schema.map_or(Vec::new(), |it| holders.parts(&it));
        row.covers
            .extend(parts.iter().map(|it| it.child("required")));
        row.at.pointer = found;
    });
}

/// Gives each row a place that exists.
pub(super) fn existing(rows: &mut Rows, old: &Side<'_>, new: &Side<'_>) {
    rows.change(|row| {
        let Some(root) = root(row, old, new) else {
            return;
        };
        let place = row.at.pointer.clone();
        let mut holders = std::iter::successors(Some(place), Pointer::parent);
        if let Some(found) = holders.find(|it| it.get(root).is_some()) {
            row.at.pointer = found;
        }
    });
}

/// The document that a row's place is in; `None` for the packaging.
fn root<'a>(row: &Row, old: &'a Side<'_>, new: &'a Side<'_>) -> Option<&'a Value> {
    let side = if row.at.old { old } else { new };
    (row.at.input == Input::Document).then(|| side.modelled.document.root())
}

/// A document whose schemas are made from others.
struct Holders<'a>(&'a Value);

impl Holders<'_> {
    /// The place below `at` that the tokens lead to, through parts and references.
    fn find(&self, at: &Pointer, tokens: &[String]) -> Option<Pointer> {
        let Some((token, rest)) = tokens.split_first() else {
            return Some(at.clone());
        };
        let places = self.parts(at).into_iter().map(|it| it.child(token));
        let mut there = places.filter(|it| it.get(self.0).is_some());
        there.find_map(|it| self.find(&it, rest))
    }

    /// A node, and all that it is made from, the nearest first.
    fn parts(&self, node: &Pointer) -> Vec<Pointer> {
        let mut seen = BTreeSet::from([node.clone()]);
        let mut parts = vec![node.clone()];
        let mut next = 0;
        while let Some(place) = parts.get(next).cloned() {
            next += 1;
            let node = place.get(self.0);
            let target = node.and_then(|it| Pointer::of_reference(it.get("$ref")?.as_str()?));
            let all = node.and_then(|it| it.get("allOf")?.as_array());
            let all = (0..all.map_or(0, Vec::len)).map(|at| place.child("allOf").child(at));
            let fresh = target.into_iter().chain(all);
            parts.extend(fresh.filter(|it| seen.insert(it.clone())));
        }
        parts
    }
}

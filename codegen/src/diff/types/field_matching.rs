//! Matches the fields of a struct between the two sides.

use crate::model::Field;

/// Matched fields, and those that only one side has.
pub(super) struct FieldMatching<'a> {
    /// Fields with the same name, in JSON or in Rust.
    pub(super) same_name: Vec<(&'a Field, &'a Field)>,
    /// Fields with other names that are otherwise alike.
    pub(super) renamed: Vec<(&'a Field, &'a Field)>,
    pub(super) removed: Vec<&'a Field>,
    pub(super) added: Vec<&'a Field>,
}

impl<'a> FieldMatching<'a> {
    /// Matches fields by their JSON name, then by their Rust name, then by similarity.
    pub(super) fn new(
        old: &'a [Field],
        new: &'a [Field],
        is_similar: impl Fn(&Field, &Field) -> bool,
    ) -> Self {
        let (mut removed, mut added) = (old.iter().collect(), new.iter().collect());
        let by_wire = take_pairs(&mut removed, &mut added, |was, now| was.wire == now.wire);
        let by_rust = take_pairs(&mut removed, &mut added, |was, now| was.rust == now.rust);
        let renamed = take_pairs(&mut removed, &mut added, is_similar);
        Self {
            same_name: by_wire.into_iter().chain(by_rust).collect(),
            renamed,
            removed,
            added,
        }
    }

    /// Iterates over all matched fields.
    pub(super) fn matched(&self) -> impl Iterator<Item = (&'a Field, &'a Field)> {
        self.same_name.iter().chain(&self.renamed).copied()
    }
}

/// Removes matching fields from both lists and returns them.
fn take_pairs<'a>(
    old: &mut Vec<&'a Field>,
    new: &mut Vec<&'a Field>,
    matches: impl Fn(&Field, &Field) -> bool,
) -> Vec<(&'a Field, &'a Field)> {
    let mut pairs = Vec::new();
    old.retain(|was| {
        let index = new.iter().position(|now| matches(was, now));
        let now = index.map(|index| new.remove(index));
        pairs.extend(now.map(|now| (*was, now)));
        now.is_none()
    });
    pairs
}

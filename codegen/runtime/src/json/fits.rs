//! Checks how well types fit a JSON value, without decoding it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fit::Fit;
use super::node::Node;
use super::raw::RawJson;
use crate::Secret;

/// The function [`Fits::fit`] of a type.
pub type FitOf = fn(&Node) -> Option<Fit>;

/// A type that can check how well it fits a value without decoding it.
pub trait Fits: 'static {
    /// Returns how well the type fits; `None` if decoding would fail.
    fn fit(node: &Node) -> Option<Fit>;

    /// Whether decoding loses nothing.
    fn is_exact(node: &Node) -> bool {
        Self::fit(node).is_some_and(|fit| fit.lost == 0)
    }

    /// Collects the parts of a value that decoding would lose.
    fn collect_lost(_: &Node, _: &mut LostParts) {}
}

/// The parts of a value that a type would lose, identified by their memory addresses.
#[derive(Debug, Default)]
pub struct LostParts(Vec<usize>);

impl LostParts {
    pub(super) fn add(&mut self, node: &Node) {
        self.0.push(address(node));
    }

    /// Sorts the set, which lookups need.
    pub(super) fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self
    }

    fn contains(&self, node: &Node) -> bool {
        self.0.binary_search(&address(node)).is_ok()
    }
}

fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

/// Counts the values that all of several types lose.
pub(super) fn lost_by_all(node: &Node, types: &[&LostParts]) -> usize {
    let keeping: Vec<&LostParts> = types
        .iter()
        .copied()
        .filter(|lost| !lost.contains(node))
        .collect();
    if keeping.is_empty() {
        return 1;
    }
    if keeping.iter().any(|lost| lost.0.is_empty()) {
        return 0;
    }
    match node {
        Node::Array(array) => {
            let items = array.values().iter();
            items.map(|item| lost_by_all(item, &keeping)).sum()
        }
        Node::Object(object) => {
            let members = object.values().iter();
            members.map(|(_, value)| lost_by_all(value, &keeping)).sum()
        }
        _ => 0,
    }
}

impl Fits for bool {
    fn fit(node: &Node) -> Option<Fit> {
        matches!(node, Node::Boolean(_)).then_some(Fit::EXACT)
    }
}

/// Integer types.
macro_rules! integers {
    ($($name:ty)*) => {$(
        impl Fits for $name {
            fn fit(node: &Node) -> Option<Fit> {
                let fits = match node {
                    Node::Negative(value) => <$name>::try_from(*value).is_ok(),
                    Node::Unsigned(value) => <$name>::try_from(*value).is_ok(),
                    _ => false,
                };
                fits.then_some(Fit::EXACT)
            }
        }
    )*};
}

integers!(i32 i64 u64);

impl Fits for f64 {
    fn fit(node: &Node) -> Option<Fit> {
        // Beyond 2^53 not every integer is representable.
        let integer = match node {
            Node::Float(_) => return Some(Fit::EXACT),
            Node::Negative(value) => i128::from(*value),
            Node::Unsigned(value) => i128::from(*value),
            _ => return None,
        };
        let is_exact = (integer as Self) as i128 == integer;
        Some(Fit::losing(usize::from(!is_exact)))
    }

    fn collect_lost(node: &Node, lost: &mut LostParts) {
        if Self::fit(node).is_some_and(|fit| fit.lost > 0) {
            lost.add(node);
        }
    }
}

/// Types that accept any string.
macro_rules! texts {
    ($($name:ty)*) => {$(
        impl Fits for $name {
            fn fit(node: &Node) -> Option<Fit> {
                matches!(node, Node::String(_)).then_some(Fit::EXACT)
            }
        }
    )*};
}

texts!(String Secret);

/// Types that accept some strings.
#[cfg(any(feature = "chrono", feature = "uuid"))]
macro_rules! formats {
    ($($feature:literal $name:ty;)*) => {$(
        #[cfg(feature = $feature)]
        impl Fits for $name {
            fn fit(node: &Node) -> Option<Fit> {
                node.read::<Self>().map(|_| Fit::EXACT)
            }
        }
    )*};
}

#[cfg(any(feature = "chrono", feature = "uuid"))]
formats! {
    "chrono" chrono::NaiveDate;
    "chrono" chrono::DateTime<chrono::Utc>;
    "uuid" uuid::Uuid;
}

/// Types that accept any value.
macro_rules! untyped {
    ($($name:ty)*) => {$(
        impl Fits for $name {
            fn fit(_: &Node) -> Option<Fit> {
                Some(Fit::EXACT)
            }
        }
    )*};
}

untyped!(Value RawJson);

impl Fits for Map<String, Value> {
    fn fit(node: &Node) -> Option<Fit> {
        matches!(node, Node::Object(_)).then_some(Fit::EXACT)
    }
}

impl<T: Fits> Fits for Option<T> {
    fn fit(node: &Node) -> Option<Fit> {
        match node {
            Node::Null => Some(Fit::EXACT),
            _ => T::fit(node),
        }
    }

    fn collect_lost(node: &Node, lost: &mut LostParts) {
        if !matches!(node, Node::Null) {
            T::collect_lost(node, lost);
        }
    }
}

impl<T: Fits> Fits for Box<T> {
    fn fit(node: &Node) -> Option<Fit> {
        T::fit(node)
    }

    fn collect_lost(node: &Node, lost: &mut LostParts) {
        T::collect_lost(node, lost);
    }
}

impl<T: Fits> Fits for Vec<T> {
    fn fit(node: &Node) -> Option<Fit> {
        let Node::Array(array) = node else {
            return None;
        };
        node.fit_once::<Self>(|| sum(array.values().iter().map(T::fit)))
    }

    fn collect_lost(node: &Node, lost: &mut LostParts) {
        let Node::Array(array) = node else { return };
        if !Self::is_exact(node) {
            array
                .values()
                .iter()
                .for_each(|item| T::collect_lost(item, lost));
        }
    }
}

impl<T: Fits> Fits for BTreeMap<String, T> {
    fn fit(node: &Node) -> Option<Fit> {
        let Node::Object(object) = node else {
            return None;
        };
        node.fit_once::<Self>(|| sum(object.values().iter().map(|(_, value)| T::fit(value))))
    }

    fn collect_lost(node: &Node, lost: &mut LostParts) {
        let Node::Object(object) = node else { return };
        if !Self::is_exact(node) {
            let members = object.values().iter();
            members.for_each(|(_, value)| T::collect_lost(value, lost));
        }
    }
}

/// Adds up the losses of all parts; `None` if one does not fit.
fn sum(parts: impl Iterator<Item = Option<Fit>>) -> Option<Fit> {
    parts
        .sum::<Option<TotalLoss>>()
        .map(|TotalLoss(lost)| Fit::losing(lost))
}

/// The number of values that are lost.
struct TotalLoss(usize);

impl std::iter::Sum<Fit> for TotalLoss {
    fn sum<I: Iterator<Item = Fit>>(parts: I) -> Self {
        Self(parts.map(|fit| fit.lost).sum())
    }
}

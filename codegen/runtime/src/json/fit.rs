//! How well types fit a value, found by looking at it and without making them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::node::Node;
use crate::Secret;

/// How well a type fits a value; the least is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// How many values would be lost in reading: undeclared members, and digits of numbers.
    pub(super) lost: usize,
    /// Whether it fits only because an enum keeps a value which it does not list.
    pub(super) unlisted: bool,
}

impl Fit {
    /// Nothing is lost.
    pub(super) const EXACT: Self = Self {
        unlisted: false,
        lost: 0,
    };

    /// It fits, and so many values would be lost.
    pub(super) const fn losing(lost: usize) -> Self {
        Self {
            unlisted: false,
            lost,
        }
    }

    /// It fits as a value that an enum does not list.
    pub(super) const UNLISTED: Self = Self {
        unlisted: true,
        lost: 0,
    };
}

/// Looks at a value the way a type would read it.
pub type FitOf = fn(&Node) -> Option<Fit>;

/// A type that can tell how well it fits a value before it is read.
pub trait Fits: 'static {
    /// How well it fits; `None` where reading it would fail.
    fn fit(node: &Node) -> Option<Fit>;

    /// Whether reading it loses nothing.
    fn is_exact(node: &Node) -> bool {
        Self::fit(node).is_some_and(|fit| fit.lost == 0)
    }

    /// Notes the parts of a value which reading this type would lose.
    fn note_lost(_: &Node, _: &mut Lost) {}
}

/// The parts of a value that a type would lose, known by where they are in memory.
#[derive(Debug, Default)]
pub struct Lost(Vec<usize>);

impl Lost {
    pub(super) fn add(&mut self, node: &Node) {
        self.0.push(address(node));
    }

    /// The set, ready to be asked.
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

/// How many values every one of several types loses.
pub(super) fn lost_by_all(node: &Node, types: &[&Lost]) -> usize {
    let keeping: Vec<&Lost> = types
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

macro_rules! whole_numbers {
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

whole_numbers!(i32 i64 u64);

impl Fits for f64 {
    fn fit(node: &Node) -> Option<Fit> {
        // Beyond 2^53 not every whole number is a float.
        let whole = match node {
            Node::Float(_) => return Some(Fit::EXACT),
            Node::Negative(value) => i128::from(*value),
            Node::Unsigned(value) => i128::from(*value),
            _ => return None,
        };
        let same = (whole as Self) as i128 == whole;
        Some(Fit::losing(usize::from(!same)))
    }

    fn note_lost(node: &Node, lost: &mut Lost) {
        if Self::fit(node).is_some_and(|fit| fit.lost > 0) {
            lost.add(node);
        }
    }
}

/// Types that read any text.
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

/// Types that read some text.
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

/// Types that read any value.
macro_rules! untyped {
    ($($name:ty)*) => {$(
        impl Fits for $name {
            fn fit(_: &Node) -> Option<Fit> {
                Some(Fit::EXACT)
            }
        }
    )*};
}

untyped!(Value super::Undeclared);

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

    fn note_lost(node: &Node, lost: &mut Lost) {
        if !matches!(node, Node::Null) {
            T::note_lost(node, lost);
        }
    }
}

impl<T: Fits> Fits for Box<T> {
    fn fit(node: &Node) -> Option<Fit> {
        T::fit(node)
    }

    fn note_lost(node: &Node, lost: &mut Lost) {
        T::note_lost(node, lost);
    }
}

impl<T: Fits> Fits for Vec<T> {
    fn fit(node: &Node) -> Option<Fit> {
        let Node::Array(array) = node else {
            return None;
        };
        node.fit_once::<Self>(|| sum(array.values().iter().map(T::fit)))
    }

    fn note_lost(node: &Node, lost: &mut Lost) {
        let Node::Array(array) = node else { return };
        if !Self::is_exact(node) {
            array
                .values()
                .iter()
                .for_each(|item| T::note_lost(item, lost));
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

    fn note_lost(node: &Node, lost: &mut Lost) {
        let Node::Object(object) = node else { return };
        if !Self::is_exact(node) {
            let members = object.values().iter();
            members.for_each(|(_, value)| T::note_lost(value, lost));
        }
    }
}

/// What all parts lose together; `None` where one does not fit.
fn sum(parts: impl Iterator<Item = Option<Fit>>) -> Option<Fit> {
    parts
        .sum::<Option<Lossy>>()
        .map(|Lossy(lost)| Fit::losing(lost))
}

/// How many values are lost.
struct Lossy(usize);

impl std::iter::Sum<Fit> for Lossy {
    fn sum<I: Iterator<Item = Fit>>(parts: I) -> Self {
        Self(parts.map(|fit| fit.lost).sum())
    }
}

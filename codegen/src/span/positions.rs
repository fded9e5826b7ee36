//! Where in a text a node stands, worked out only when a diagnostic needs it.
//!
//! Trees carry no positions: most runs have no diagnostic. When there is one, the text is read
//! again, by parsers that keep marks.

use std::ops::Range;

use super::node::Node;
use super::{json, yaml};
use crate::decode::decode;
use crate::pointer::Pointer;
use crate::source::Source;

/// The marked nodes of a text.
#[derive(Debug)]
pub struct Positions {
    root: Option<Node>,
    base: usize,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The member's name; `None` for elements of lists and the root.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
    /// Whether the pointer itself exists; otherwise this is its nearest ancestor that does.
    pub exact: bool,
}

impl Position {
    /// What is underlined: the key, or the value where there is no key.
    pub fn mark(&self) -> Range<usize> {
        self.key.clone().unwrap_or_else(|| self.value.clone())
    }
}

impl Positions {
    /// Reads an input's marks; a text that is no tree has none.
    pub fn of(source: &Source) -> Self {
        let Ok(text) = decode(source) else {
            return Self {
                root: None,
                base: 0,
            };
        };
        let root = if text.is_json() {
            json::read(text.text)
        } else {
            yaml::read(text.text)
        };
        Self {
            root,
            base: text.base,
        }
    }

    /// Where a node stands, or its nearest ancestor that exists.
    pub fn find(&self, pointer: &Pointer) -> Option<Position> {
        let mut node = self.root.as_ref()?;
        let mut key = None;
        let mut exact = true;
        for token in pointer.tokens() {
            match node.step(token) {
                Some((name, value)) => (key, node) = (name, value),
                None => {
                    exact = false;
                    break;
                }
            }
        }
        Some(Position {
            key: key.map(|range| self.shift(range)),
            value: self.shift(&node.range),
            exact,
        })
    }

    /// Where a member's name stands the second time in one object.
    pub(crate) fn repeated(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let (last, parents) = pointer.tokens().split_last()?;
        let member = self.root.as_ref()?.repeated(last, parents)?;
        Some(self.shift(&member.range))
    }

    fn shift(&self, range: &Range<usize>) -> Range<usize> {
        range.start + self.base..range.end + self.base
    }
}

//! Finds the position of a node in a text.
//!
//! Trees have no positions, because most runs have no diagnostic. When there is one, the text is
//! parsed again, by parsers that record positions.

use std::ops::Range;

use super::node::Node;
use super::{json, yaml};
use crate::decode::decode;
use crate::pointer::Pointer;
use crate::source::Source;

/// The positions of all nodes of a text.
#[derive(Debug)]
pub struct Positions {
    root: Option<Node>,
    base: usize,
}

/// The position of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The range of the member's name; `None` for list entries and the root.
    pub key: Option<Range<usize>>,
    /// The range of the value.
    pub value: Range<usize>,
    /// Whether the node exists; otherwise this is the position of its nearest ancestor.
    pub exact: bool,
}

impl Position {
    /// Returns the range to underline: the key, or the value if there is no key.
    pub fn mark(&self) -> Range<usize> {
        self.key.clone().unwrap_or_else(|| self.value.clone())
    }
}

impl Positions {
    /// Reads the positions of an input. Text that cannot be parsed has none.
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

    /// Returns the position of a node, or of its nearest ancestor that exists.
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

    /// Returns the second occurrence of a member's name in one object.
    pub(crate) fn repeated(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let (last, parents) = pointer.tokens().split_last()?;
        let member = self.root.as_ref()?.repeated(last, parents)?;
        Some(self.shift(&member.range))
    }

    fn shift(&self, range: &Range<usize>) -> Range<usize> {
        range.start + self.base..range.end + self.base
    }
}

//! Where in a text a node stands, worked out only when a diagnostic needs it.
//!
//! Trees carry no positions: most runs have no diagnostic. When there is one, the text is read
//! again, by parsers that keep marks.

mod json;
mod yaml;

use std::ops::Range;

use crate::parse::decode;
use crate::pointer::Pointer;
use crate::source::Source;

pub(crate) use yaml::{deeper_than, node, second_document};

/// No node below this depth has a position; its ancestor's is used.
const DEPTH: usize = 256;

/// The marked nodes of a text.
#[derive(Debug)]
pub struct Positions {
    root: Option<Node>,
    base: usize,
}

/// A node with its range of bytes.
#[derive(Debug)]
struct Node {
    range: Range<usize>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Scalar,
    List(Vec<Node>),
    /// Sorted by name, equal names in their order in the text.
    Object(Vec<Member>),
}

impl Content {
    fn object(mut members: Vec<Member>) -> Self {
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Self::Object(members)
    }
}

#[derive(Debug)]
struct Member {
    name: String,
    range: Range<usize>,
    value: Node,
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

impl Node {
    fn step(&self, token: &str) -> Option<(Option<&Range<usize>>, &Node)> {
        match &self.content {
            Content::Scalar => None,
            Content::List(list) => Some((None, list.get(token.parse::<usize>().ok()?)?)),
            // The last of equal names, as trees have it.
            Content::Object(_) => {
                let member = self.members(token).last()?;
                Some((Some(&member.range), &member.value))
            }
        }
    }

    /// The members of a name; more than one where the text is at fault.
    fn members(&self, name: &str) -> &[Member] {
        let Content::Object(members) = &self.content else {
            return &[];
        };
        let start = members.partition_point(|member| member.name.as_str() < name);
        let end = members.partition_point(|member| member.name.as_str() <= name);
        members.get(start..end).unwrap_or_default()
    }

    /// The second member `name` of an object below. On the way to it, any of equal names counts.
    fn repeated(&self, name: &str, way: &[String]) -> Option<&Member> {
        match (way, &self.content) {
            ([], _) => self.members(name).get(1),
            ([token, rest @ ..], Content::List(_)) => self.step(token)?.1.repeated(name, rest),
            ([token, rest @ ..], _) => self
                .members(token)
                .iter()
                .find_map(|member| member.value.repeated(name, rest)),
        }
    }
}

#[cfg(test)]
mod tests;

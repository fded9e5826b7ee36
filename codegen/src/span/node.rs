//! A tree of the ranges of a text's nodes and names.

use std::ops::Range;

/// Maximum depth of nodes with a position. Deeper nodes use their ancestor's.
pub(super) const DEPTH: usize = 256;

/// A node with its range of bytes.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) range: Range<usize>,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Scalar,
    List(Vec<Node>),
    /// Sorted by name, equal names in their order in the text.
    Object(Vec<Member>),
}

impl Content {
    pub(super) fn object(mut members: Vec<Member>) -> Self {
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Self::Object(members)
    }
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) range: Range<usize>,
    pub(super) value: Node,
}

impl Node {
    /// Returns a child with the range of its name.
    pub(super) fn step(&self, token: &str) -> Option<(Option<&Range<usize>>, &Node)> {
        match &self.content {
            Content::Scalar => None,
            Content::List(list) => Some((None, list.get(token.parse::<usize>().ok()?)?)),
            // The last of equal names, as in trees.
            Content::Object(_) => {
                let member = self.members(token).last()?;
                Some((Some(&member.range), &member.value))
            }
        }
    }

    /// Returns the members with a name; several if the name is duplicated.
    fn members(&self, name: &str) -> &[Member] {
        let Content::Object(members) = &self.content else {
            return &[];
        };
        let start = members.partition_point(|member| member.name.as_str() < name);
        let end = members.partition_point(|member| member.name.as_str() <= name);
        members.get(start..end).unwrap_or_default()
    }

    /// Returns the second member `name` of a descendant, looking into all members of equal names.
    pub(super) fn repeated(&self, name: &str, way: &[String]) -> Option<&Member> {
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

//! A document node that differs between the two sides.

use super::super::change::Origin;
use super::super::coverage::Coverage;

/// A node that differs.
#[derive(Clone, Debug)]
pub(in crate::diff) struct ChangedNode {
    pub(in crate::diff) at: Origin,
    /// The OpenAPI keyword of the node; `None` for a name that the author of the document chose.
    pub(super) keyword: Option<String>,
    /// How the node changed.
    pub(in crate::diff) text: String,
}

/// Keywords that only people read.
const PROSE: &[&str] = &[
    "$comment",
    "description",
    "example",
    "examples",
    "externalDocs",
    "summary",
    "title",
];

impl ChangedNode {
    /// Whether the node is prose or an example.
    pub(in crate::diff) fn is_prose(&self) -> bool {
        let tokens = self.at.pointer.tokens();
        let is_below = |name: &str| tokens.first().is_some_and(|token| token == name);
        let is_example = tokens.get(1).is_some_and(|token| token == "examples");
        is_below("info")
            || is_below("tags")
            || is_below("externalDocs")
            || (is_below("components") && is_example)
            || PROSE.contains(&self.keyword())
    }

    /// Returns the keyword; the empty text for a name that the author of the document chose.
    pub(super) fn keyword(&self) -> &str {
        self.keyword.as_deref().unwrap_or_default()
    }

    /// Whether a change covers the node, one of its ancestors, or one of its descendants.
    pub(super) fn is_covered(&self, coverage: &Coverage) -> bool {
        // These keywords describe the members or values of the schema that contains them.
        const ABOUT_SIBLINGS: &[&str] =
            &["allOf", "format", "nullable", "required", "type", "$ref"];
        let node = &self.at.pointer;
        let parent = node.parent();
        let schema = parent.filter(|_| ABOUT_SIBLINGS.contains(&self.keyword()));
        coverage.touches(node) || schema.is_some_and(|schema| coverage.has_within(&schema))
    }
}

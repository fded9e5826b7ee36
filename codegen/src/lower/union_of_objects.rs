//! The rule for an `allOf` of objects and one union: a union of merged objects.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::composed::{lists, parts_of, union_of};
use super::context::Context;
use super::documented::take_annotations;
use super::rule::{Effect, Keywords, Node};
use crate::bounds::members;
use crate::keywords::{self, UNIONS};
use crate::pointer::Pointer;

/// How deep an `allOf` is looked into for a union.
const DEEPEST: usize = 8;

/// `allOf: [base, {oneOf: [a, b]}]` is `oneOf: [{allOf: [base, a]}, {allOf: [base, b]}]`.
pub(super) fn all_of_with_union(context: &Context<'_>, node: &mut Node) -> Effect {
    let Some(parts) = Parts::of(context, node) else {
        return Effect::Unchanged;
    };
    let size: usize = parts.others.iter().map(members).sum();
    if !context.copies(size.saturating_mul(parts.branches.len())) {
        return Effect::Unchanged;
    }
    let schema = &mut node.keywords;
    *schema = take_annotations(schema);
    if let Some(discriminator) = parts.discriminator {
        schema.insert("discriminator".to_owned(), discriminator);
    }
    let branches = parts.branches.into_iter().map(|branch| {
        let others = parts.others.iter().cloned().map(Value::Object);
        // The branch is last: it names the merged object.
        let all: Vec<Value> = others.chain([branch]).collect();
        json!({ "allOf": all })
    });
    let branches = branches.collect();
    schema.insert(parts.keyword.to_owned(), branches);
    Effect::Distributed(String::new())
}

/// An `allOf` taken apart.
struct Parts {
    keyword: &'static str,
    branches: Vec<Value>,
    discriminator: Option<Value>,
    /// All other parts, and the keywords beside the union.
    others: Vec<Keywords>,
}

impl Parts {
    /// The parts of an `allOf` of which exactly one is a union.
    fn of(context: &Context<'_>, node: &Node) -> Option<Self> {
        let mut search = Search {
            context,
            place: &node.place,
            seen: BTreeSet::new(),
            unions: Vec::new(),
            others: Vec::new(),
        };
        let mut beside = node.keywords.clone();
        beside.remove("allOf")?;
        take_annotations(&mut beside);
        for part in parts_of(&node.keywords) {
            search.add(part, DEEPEST)?;
        }
        search.others.push(beside);
        let union = search.unions.pop().filter(|_| search.unions.is_empty())?;
        let (keyword, branches) = union_of(&union)?;
        let branches = branches.clone();
        let discriminator = union.get("discriminator").cloned();
        let mut beside = union;
        take_annotations(&mut beside);
        beside.retain(|name, _| name != "discriminator" && !UNIONS.contains(&name.as_str()));
        search.others.push(beside);
        search.others.retain(|part| !part.is_empty());
        Some(Self {
            keyword,
            branches,
            discriminator,
            others: search.others,
        })
    }
}

/// Looks for unions among the parts of an `allOf`, and the parts of those.
struct Search<'s, 'a> {
    context: &'s Context<'a>,
    place: &'s Pointer,
    /// The references that were followed.
    seen: BTreeSet<String>,
    unions: Vec<Keywords>,
    others: Vec<Keywords>,
}

impl Search<'_, '_> {
    /// Adds a part; `None` for one that is no schema, or where the search is too deep.
    fn add(&mut self, part: &Value, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let reference = part.get("$ref").and_then(Value::as_str);
        if reference.is_some_and(|reference| !self.seen.insert(reference.to_owned())) {
            return Some(());
        }
        let target = self.context.resolve(part)?.as_object()?.clone();
        if union_of(&target).is_some() && !lists(self.context, &target, [self.place]) {
            // Two unions in one schema, or a union of an `allOf`, are no union alone.
            let composing = target.keys().filter(|name| keywords::composes_others(name));
            (composing.count() == 1).then(|| self.unions.push(target))?;
            return Some(());
        }
        if holds_union(self.context, &target, depth) {
            for inner in parts_of(&target) {
                self.add(inner, depth)?;
            }
            let mut rest = target;
            rest.remove("allOf");
            take_annotations(&mut rest);
            self.others.push(rest);
        } else {
            self.others.push(part.as_object()?.clone());
        }
        Some(())
    }
}

/// Whether a part of an `allOf` is a union, at any depth.
fn holds_union(context: &Context<'_>, schema: &Keywords, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    parts_of(schema).iter().any(|part| {
        let part = context.resolve(part).and_then(Value::as_object);
        part.is_some_and(|part| union_of(part).is_some() || holds_union(context, part, depth))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::context::Context;
    use super::super::rule::{Effect, Node};
    use super::all_of_with_union;
    use crate::pointer::Pointer;
    use crate::resolve::References;

    /// What the rule makes of the schema `A` of a document.
    fn rewritten(schemas: &Value) -> Option<Value> {
        let references = References::of(schemas);
        let context = Context::new(&references);
        let keywords = schemas["A"].as_object().expect("it is an object").clone();
        let mut node = Node::new(keywords, &Pointer::root().child("A"));
        let effect = all_of_with_union(&context, &mut node);
        matches!(effect, Effect::Distributed(_)).then_some(Value::Object(node.keywords))
    }

    #[test]
    fn a_union_is_merged_with_what_stands_beside_it() {
        let schemas = json!({
            "A": { "allOf": [{ "$ref": "#/U" }, { "$ref": "#/B" }], "description": "d" },
            "B": { "type": "object" },
            "U": { "oneOf": [{ "title": "x" }, { "title": "y" }], "required": ["t"] },
        });
        let expected = json!({
            "description": "d",
            "oneOf": [
                { "allOf": [{ "$ref": "#/B" }, { "required": ["t"] }, { "title": "x" }] },
                { "allOf": [{ "$ref": "#/B" }, { "required": ["t"] }, { "title": "y" }] },
            ],
        });
        assert_eq!(rewritten(&schemas), Some(expected));
    }

    #[test]
    fn two_unions_are_left_alone() {
        let union = json!({ "oneOf": [{}, {}] });
        assert_eq!(
            rewritten(&json!({ "A": { "allOf": [union, union] } })),
            None
        );
    }

    #[test]
    fn a_child_does_not_take_over_the_union_of_its_parent() {
        let schemas = json!({
            "A": { "allOf": [{ "$ref": "#/P" }, { "required": ["a"] }] },
            "P": { "oneOf": [{ "$ref": "#/A" }], "properties": {} },
        });
        assert_eq!(rewritten(&schemas), None);
    }
}

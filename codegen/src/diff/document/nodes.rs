//! The document nodes that differ, before and after the changes account for theirs.

use serde_json::Value;

use super::super::change::Changes;
use super::super::coverage::Coverage;
use super::super::matching::MatchedModels;
use super::ChangedNode;
use super::component_renames::ComponentRenames;
use super::walk::Walk;
use crate::pipeline::ModelWithDocument;

/// Returns every node that only one side has, or that has another value.
pub(in crate::diff) fn changed_nodes(
    old: &ModelWithDocument,
    new: &ModelWithDocument,
    models: &MatchedModels<'_>,
) -> Vec<ChangedNode> {
    let roots = (old.document.root(), new.document.root());
    let mut nodes = walk(roots, ComponentRenames::new(old, new, models), models);
    // The report lists the version of the document among the inputs.
    nodes.retain(|node| node.at.pointer.to_string() != "/info/version");
    nodes
}

/// Returns the changed nodes of callbacks and webhooks, which are no part of a client.
pub(in crate::diff) fn changed_callbacks(
    old: &ModelWithDocument,
    new: &ModelWithDocument,
    models: &MatchedModels<'_>,
) -> Vec<ChangedNode> {
    let renames = ComponentRenames::new(old, new, models);
    let mut nodes = walk((&old.calls_back, &new.calls_back), renames, models);
    // Operations that only one side has are changes of their own.
    nodes.retain(|node| {
        let tokens = node.at.pointer.tokens();
        matches!(tokens, [top, ..] if top == "webhooks") || tokens.len() > 3
    });
    nodes
}

/// Returns the nodes that no change covers. Prose is never covered.
pub(in crate::diff) fn uncovered(nodes: Vec<ChangedNode>, changes: &Changes) -> Vec<ChangedNode> {
    let coverage = Coverage::of(changes);
    let remains = |node: &ChangedNode| node.is_prose() || !node.is_covered(&coverage);
    nodes.into_iter().filter(remains).collect()
}

fn walk(
    roots: (&Value, &Value),
    renames: ComponentRenames,
    models: &MatchedModels<'_>,
) -> Vec<ChangedNode> {
    let operations = models.operations.iter();
    let moved = operations.map(|(old, new)| (&*new.path, &*old.path));
    Walk::new(moved.collect(), renames).run(roots)
}

//! The entry points of the comparison: two versions of one client, or a client that only one side has.
//!
//! Every difference becomes a change: a rule of the table, a node of the document and the Rust items
//! that it affects. What no change covers is reported as well: document nodes that differ
//! ("document only") and lines of the Rust API that differ ("unexplained"). Nothing is dropped.

use super::change::Changes;
use super::matching::MatchedModels;
use super::report::DiffReport;
use super::side::Side;
use super::{client, document, features, operation, report, residual, servers, types};

/// Compares two versions of a client.
pub fn compare(client: &str, old: &Side<'_>, new: &Side<'_>) -> DiffReport {
    let models = MatchedModels::new(&old.modelled.model, &new.modelled.model);
    let mut changes = Changes::default();
    client::compare(&models, &mut changes);
    servers::compare(&models, &mut changes);
    features::compare(&models, &mut changes);
    operation::compare(&models, &mut changes);
    types::compare(&models, &mut changes);
    let nodes = document::changed_nodes(old.modelled, new.modelled, &models);
    let nodes = document::take_documented_constraints(nodes, &models, &mut changes);
    let roots = [old, new].map(|side| side.modelled.document.root());
    let changes = changes.resolved(roots);
    let mut nodes = document::uncovered(nodes, &changes);
    // No client makes these calls, so no change can cover them.
    nodes.extend(document::changed_callbacks(
        old.modelled,
        new.modelled,
        &models,
    ));
    let unexplained = residual::unexplained_lines(old, new, &models, &changes);
    report::build(client, (old, new), changes, &nodes, unexplained)
}

/// Reports a client that only one side has.
pub fn compare_alone(client: &str, name: &str, version: &str, added: bool) -> DiffReport {
    report::build_alone(client, name, version, added)
}

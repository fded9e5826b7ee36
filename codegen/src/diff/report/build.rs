//! Builds a report from the changes that were found.

use serde_json::Value;

use super::super::change::{Change, Changes, Origin, fingerprint};
use super::super::document::ChangedNode;
use super::super::groups::{ChangeGroup, group};
use super::super::notices::Notices;
use super::super::replacements::Replacements;
use super::super::resolve::nearest;
use super::super::rules::{self, Rule};
use super::super::side::Side;
use super::data::{DiffReport, DocumentChange, ReportedChange};
use super::inputs::changed_inputs;
use super::known_items::KnownItems;
use super::locate::locate;
use crate::pointer::Pointer;
use crate::render_diagnostics::Location;
use crate::source::Input;

/// Builds the report on a client that both sides have.
pub(in crate::diff) fn build(
    client: &str,
    (old, new): (&Side<'_>, &Side<'_>),
    changes: Changes,
    nodes: &[ChangedNode],
    unexplained: Vec<(&'static Rule, String)>,
) -> DiffReport {
    let changes = changes.sorted();
    let origins = changes.iter().map(|change| &change.at);
    let origins: Vec<&Origin> = origins.chain(nodes.iter().map(|node| &node.at)).collect();
    let mut locations = locate(&origins, old, new).into_iter();
    let mut next_location = || locations.next().flatten();
    let known = KnownItems::new(old, new);
    let replacements = Replacements::of(&changes);
    let roots = [old, new].map(|side| side.modelled.document.root());
    let reported = changes.iter().map(|change| ReportedChange {
        pointer: declared_at(&change.at, roots).to_string(),
        rust: known.existing(&change.items),
        candidates: known.existing(&replacements.candidates(change)),
        ..with_location(change, next_location())
    });
    let reported = reported.collect();
    let nodes = nodes.iter();
    let document_only = nodes.map(|node| document_change(node, next_location()));
    let (was, package) = (&old.modelled.model.package, &new.modelled.model.package);
    DiffReport {
        client: client.to_owned(),
        package: package.name.clone(),
        from: was.version.clone(),
        to: package.version.clone(),
        level: None,
        needs: None,
        sufficient: true,
        inputs: changed_inputs(old, new),
        groups: group(&changes),
        changes: reported,
        document_only: document_only.collect(),
        unexplained: unexplained
            .into_iter()
            .map(|(rule, line)| without_location(rule, line))
            .collect(),
        notices: Notices::of(old, new),
    }
    .with_verdict()
}

/// Builds the report on a client that only one side has.
pub(in crate::diff) fn build_alone(
    client: &str,
    name: &str,
    version: &str,
    added: bool,
) -> DiffReport {
    let rule = if added {
        &rules::CLIENT_ADDED
    } else {
        &rules::CLIENT_REMOVED
    };
    let change = without_location(rule, format!("`{name}`"));
    let group = ChangeGroup::single(rule, change.detail.clone(), change.fingerprint.clone());
    DiffReport {
        client: client.to_owned(),
        package: name.to_owned(),
        from: version.to_owned(),
        to: version.to_owned(),
        level: Some(rule.level),
        needs: None,
        sufficient: added,
        inputs: Vec::new(),
        groups: vec![group],
        changes: vec![change],
        unexplained: Vec::new(),
        document_only: Vec::new(),
        notices: Notices::default(),
    }
}

/// Creates a change that has no node in any input.
fn without_location(rule: &'static Rule, detail: String) -> ReportedChange {
    ReportedChange {
        fingerprint: fingerprint(rule, "", &detail),
        rule: rule.id,
        level: rule.level,
        summary: rule.summary,
        detail,
        file: None,
        line: 0,
        old: false,
        pointer: String::new(),
        rust: Vec::new(),
        reason: rule.reason,
        reference: rule.reference,
        before: None,
        after: None,
        candidates: Vec::new(),
    }
}

fn with_location(change: &Change, location: Option<Location>) -> ReportedChange {
    let (before, after) = change.usage.clone().unzip();
    ReportedChange {
        fingerprint: change.fingerprint(),
        line: location.as_ref().map_or(0, |found| found.line),
        file: location.map(|found| found.file),
        old: change.at.old,
        before,
        after: after.flatten(),
        ..without_location(change.rule, change.detail.clone())
    }
}

fn document_change(node: &ChangedNode, location: Option<Location>) -> DocumentChange {
    DocumentChange {
        prose: node.is_prose(),
        text: node.text.clone(),
        line: location.as_ref().map_or(0, |found| found.line),
        file: location.map(|found| found.file),
        old: node.at.old,
        pointer: node.at.pointer.to_string(),
    }
}

/// Returns the node of a change, or its nearest ancestor that exists.
fn declared_at(at: &Origin, [old, new]: [&Value; 2]) -> Pointer {
    match at.input {
        Input::Config => at.pointer.clone(),
        _ => nearest(if at.old { old } else { new }, &at.pointer),
    }
}

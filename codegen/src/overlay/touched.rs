//! The nodes that an overlay changes, and the corrected documents.

use std::collections::BTreeSet;

use serde_json::Value;

use super::action::{Action, Change};
use super::limits::Limits;
use super::read;
use crate::origins::Origins;
use crate::parse::tree;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::Source;

/// The nodes that an overlay changes, each with everything below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Touched {
    nodes: BTreeSet<Pointer>,
    /// The trees with every applicable action applied.
    pub(crate) corrected: Vec<Value>,
}

impl Touched {
    /// Whether an action changes this node or one of its ancestors.
    pub(crate) fn contains(&self, pointer: &Pointer) -> bool {
        let holders = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        holders
            .into_iter()
            .any(|holder| self.nodes.contains(&holder))
    }
}

/// Returns the nodes that an overlay changes in any of the trees. An action without a match is
/// reported by the pipeline, not here.
pub(crate) fn touched(
    overlay: Option<&Source>,
    roots: &[&Value],
    report: &mut Report,
) -> Result<Touched, Stop> {
    let mut touched = Touched::default();
    let Some(source) = overlay else {
        return Ok(touched);
    };
    let mut overlay = tree(source, report)?;
    let actions = read::actions(&mut overlay, report)?;
    for root in roots {
        let mut root = (*root).clone();
        let mut limits = Limits::of(&root);
        for action in &actions {
            let found = action.matches(&root, &mut limits);
            let found = found
                .map_err(|diagnostic| report.push(*diagnostic))
                .or(Err(Stop))?;
            action.add_touched(&root, &found, &mut touched.nodes);
            // Later actions may depend on earlier ones.
            let _ = action.change(&mut root, found, &mut Origins::default(), &mut limits);
        }
        touched.corrected.push(root);
    }
    Ok(touched)
}

impl Action {
    /// Adds the nodes that the action changes: the removed nodes, or the members that an update sets.
    fn add_touched(&self, root: &Value, found: &[Pointer], touched: &mut BTreeSet<Pointer>) {
        for pointer in found {
            match &self.change {
                Change::Remove => {
                    touched.insert(pointer.clone());
                }
                Change::Update(update) => {
                    add_updated(pointer.get(root), update, pointer.clone(), touched)
                }
            }
        }
    }
}

fn add_updated(
    target: Option<&Value>,
    update: &Value,
    at: Pointer,
    touched: &mut BTreeSet<Pointer>,
) {
    match (target, update) {
        (Some(Value::Object(members)), Value::Object(update)) => {
            for (name, value) in update {
                add_updated(members.get(name), value, at.child(name), touched);
            }
        }
        // An entry is appended to a list; existing entries stay.
        (Some(Value::Array(list)), _) => {
            touched.insert(at.child(list.len()));
        }
        _ => {
            touched.insert(at);
        }
    }
}

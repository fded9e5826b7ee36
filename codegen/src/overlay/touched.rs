//! Which nodes of a document an overlay says something about, and the document with that said.

use std::collections::BTreeSet;

use serde_json::Value;

use super::action::{Action, Change};
use super::limits::Limits;
use super::origins::Origins;
use super::read;
use crate::parse::tree;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::Source;

/// The nodes that actions change, each with everything below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Touched {
    nodes: BTreeSet<Pointer>,
    /// The trees with every action applied that can be.
    pub(crate) corrected: Vec<Value>,
}

impl Touched {
    /// Whether an action changes this node, or one that holds it.
    pub(crate) fn has(&self, pointer: &Pointer) -> bool {
        let holders = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        holders
            .into_iter()
            .any(|holder| self.nodes.contains(&holder))
    }
}

/// The nodes that an overlay changes in any of these trees. That an action changes nothing is
/// for the pipeline to say.
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
            let found = action.found(&root, &mut limits);
            let found = found
                .map_err(|diagnostic| report.push(*diagnostic))
                .or(Err(Stop))?;
            action.touches(&root, &found, &mut touched.nodes);
            // Later actions may rely on earlier ones.
            let _ = action.change(&mut root, found, &mut Origins::default(), &mut limits);
        }
        touched.corrected.push(root);
    }
    Ok(touched)
}

impl Action {
    /// A removal names what it removes, an update the members that it sets: other members of its
    /// target stay as the document has them.
    fn touches(&self, root: &Value, found: &[Pointer], touched: &mut BTreeSet<Pointer>) {
        for pointer in found {
            match &self.change {
                Change::Remove => {
                    touched.insert(pointer.clone());
                }
                Change::Update(update) => {
                    touched_by_update(pointer.get(root), update, pointer.clone(), touched)
                }
            }
        }
    }
}

fn touched_by_update(
    target: Option<&Value>,
    update: &Value,
    at: Pointer,
    touched: &mut BTreeSet<Pointer>,
) {
    match (target, update) {
        (Some(Value::Object(members)), Value::Object(update)) => {
            for (name, value) in update {
                touched_by_update(members.get(name), value, at.child(name), touched);
            }
        }
        // Entries are appended to a list; those that it has stay.
        (Some(Value::Array(list)), _) => {
            touched.insert(at.child(list.len()));
        }
        _ => {
            touched.insert(at);
        }
    }
}

//! Which nodes of a document an overlay says something about, and the document with that said.

use std::collections::BTreeSet;

use serde_json::Value;

use super::action::{Action, Change};
use super::read;
use super::{Limits, Origins};
use crate::parse::tree;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::Source;

/// The nodes that actions change, each with everything below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    nodes: BTreeSet<Pointer>,
    /// The trees with every action applied that can be.
    pub(crate) corrected: Vec<Value>,
}

impl Named {
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
pub(crate) fn named(
    overlay: Option<&Source>,
    roots: &[&Value],
    report: &mut Report,
) -> Result<Named, Stop> {
    let mut named = Named::default();
    let Some(source) = overlay else {
        return Ok(named);
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
            action.name(&root, &found, &mut named.nodes);
            // Later actions may rely on earlier ones.
            let _ = action.change(&mut root, found, &mut Origins::default(), &mut limits);
        }
        named.corrected.push(root);
    }
    Ok(named)
}

impl Action {
    /// A removal names what it removes, an update the members that it sets: other members of its
    /// target stay as the document has them.
    fn name(&self, root: &Value, found: &[Pointer], named: &mut BTreeSet<Pointer>) {
        for pointer in found {
            match &self.change {
                Change::Remove => {
                    named.insert(pointer.clone());
                }
                Change::Update(update) => set(pointer.get(root), update, pointer.clone(), named),
            }
        }
    }
}

fn set(target: Option<&Value>, update: &Value, at: Pointer, named: &mut BTreeSet<Pointer>) {
    match (target, update) {
        (Some(Value::Object(members)), Value::Object(update)) => {
            for (name, value) in update {
                set(members.get(name), value, at.child(name), named);
            }
        }
        // Entries are appended to a list; those that it has stay.
        (Some(Value::Array(list)), _) => {
            named.insert(at.child(list.len()));
        }
        _ => {
            named.insert(at);
        }
    }
}

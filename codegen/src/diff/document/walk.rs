//! Walks two JSON trees in parallel and records the nodes that differ.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::super::change::Origin;
use super::changed_node::ChangedNode;
use super::component_renames::ComponentRenames;
use crate::pointer::Pointer;

/// Keywords whose members are names, not keywords.
const NAMED: &[&str] = &[
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
    "webhooks",
    "$defs",
];

/// Keywords whose values are compared as a whole.
const OPAQUE: &[&str] = &[
    "const", "default", "enum", "example", "examples", "required", "security", "tags", "type",
];

/// A walk over two trees.
pub(super) struct Walk<'a> {
    /// Old paths of operations by their new paths.
    old_paths: BTreeMap<&'a str, &'a str>,
    renames: ComponentRenames,
    nodes: Vec<ChangedNode>,
}

/// The same node on both sides.
type Values<'v> = (&'v Value, &'v Value);

/// Where that node is on both sides.
type Pointers<'p> = (&'p Pointer, &'p Pointer);

impl<'a> Walk<'a> {
    /// Creates a walk that knows which paths and schemas were renamed.
    pub(super) fn new(old_paths: BTreeMap<&'a str, &'a str>, renames: ComponentRenames) -> Self {
        Self {
            old_paths,
            renames,
            nodes: Vec::new(),
        }
    }

    /// Returns the nodes that differ between two trees.
    pub(super) fn run(mut self, roots: Values<'_>) -> Vec<ChangedNode> {
        let root = Pointer::root();
        self.compare(roots, (&root, &root), false);
        self.nodes
    }

    /// Compares two values. `is_name` tells whether the key of the node is a name that the author
    /// of the document chose, and not a keyword.
    fn compare(&mut self, (old, new): Values<'_>, at: Pointers<'_>, is_name: bool) {
        let is_opaque = !is_name && at.1.last().is_some_and(|key| OPAQUE.contains(&key));
        match (old, new) {
            _ if old == new => {}
            (Value::String(old), Value::String(new))
                if self.renames.is_same_reference(old, new) => {}
            (Value::Object(old), Value::Object(new)) => self.members((old, new), at, is_name),
            (Value::Array(old), Value::Array(new)) if !is_opaque => self.elements((old, new), at),
            _ => {
                let text = match (short(old), short(new)) {
                    (Some(old), Some(new)) => format!("{old} → {new}"),
                    _ => "changed".to_owned(),
                };
                self.push(Origin::in_new(at.1), is_name, &text);
            }
        }
    }

    fn members(
        &mut self,
        (old, new): (&Map<String, Value>, &Map<String, Value>),
        (old_at, new_at): Pointers<'_>,
        is_name: bool,
    ) {
        // The members of such a keyword are names, and the members of a name are keywords.
        let are_names = !is_name && new_at.last().is_some_and(|key| NAMED.contains(&key));
        let mut removed: BTreeMap<&str, &Value> = sorted(old);
        for (name, value) in sorted(new) {
            let renamed = self.renamed_schema(new_at, name);
            let old_name = self.old_path(new_at, name).or(renamed.as_deref());
            let old_name = old_name.unwrap_or(name);
            let at = (old_at.child(old_name), new_at.child(name));
            if let Some(before) = &renamed {
                let text = format!("was `{before}`");
                self.push(Origin::in_new(&at.1), are_names, &text);
            }
            match removed.remove(old_name) {
                Some(old) => self.compare((old, value), (&at.0, &at.1), are_names),
                None => self.push(Origin::in_new(&at.1), are_names, "added"),
            }
        }
        for name in removed.into_keys() {
            self.push(Origin::in_old(&old_at.child(name)), are_names, "removed");
        }
    }

    /// Returns the old path of a member of `paths`, if its operations moved.
    fn old_path(&self, parent: &Pointer, name: &str) -> Option<&'a str> {
        let is_paths = matches!(parent.tokens(), [paths] if paths == "paths");
        self.old_paths.get(name).copied().filter(|_| is_paths)
    }

    /// Returns the old name of a schema of the components, if it was renamed.
    fn renamed_schema(&self, parent: &Pointer, name: &str) -> Option<String> {
        let is_schemas = matches!(
            parent.tokens(),
            [components, schemas] if components == "components" && schemas == "schemas"
        );
        let old = self.renames.old_name(name).filter(|_| is_schemas);
        old.map(str::to_owned)
    }

    /// Compares lists. Elements with an identity are matched by it, others by position.
    fn elements(&mut self, (old, new): (&[Value], &[Value]), (old_at, new_at): Pointers<'_>) {
        let keys = |list: &[Value]| -> Vec<String> {
            let elements = list.iter().enumerate();
            let keys = elements.map(|(index, element)| identity(element, index));
            keys.collect()
        };
        let today = |key: String| self.renames.new_reference(key);
        let old_keys: Vec<String> = keys(old).into_iter().map(today).collect();
        let new_keys = keys(new);
        let known: BTreeSet<&String> = old_keys.iter().collect();
        let mut found_at: BTreeMap<&String, usize> = BTreeMap::new();
        for (index, name) in new_keys.iter().enumerate() {
            found_at.entry(name).or_insert(index);
        }
        for (index, (value, name)) in old.iter().zip(&old_keys).enumerate() {
            let at = old_at.child(index);
            let found = found_at.get(name).copied();
            match found.and_then(|found| Some((found, new.get(found)?))) {
                // The key of an element is no keyword; its members are keywords.
                Some((found, now)) => {
                    self.compare((value, now), (&at, &new_at.child(found)), true);
                }
                None => self.push(Origin::in_old(&at), true, "removed"),
            }
        }
        for (index, name) in new_keys.iter().enumerate() {
            if !known.contains(name) {
                self.push(Origin::in_new(&new_at.child(index)), true, "added");
            }
        }
    }

    fn push(&mut self, at: Origin, is_name: bool, text: &str) {
        let keyword = at.pointer.last().filter(|_| !is_name).map(str::to_owned);
        let text = text.to_owned();
        self.nodes.push(ChangedNode { at, keyword, text });
    }
}

fn sorted(map: &Map<String, Value>) -> BTreeMap<&str, &Value> {
    map.iter()
        .map(|(name, value)| (name.as_str(), value))
        .collect()
}

/// Returns what identifies an element of a list: a reference, a name, a URL, or else its position.
fn identity(value: &Value, index: usize) -> String {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    match (text("$ref"), text("name"), text("in"), text("url")) {
        (Some(reference), ..) => reference.to_owned(),
        (_, Some(name), Some(place), _) => format!("{place} {name}"),
        (_, Some(name), ..) => name.to_owned(),
        (_, _, _, Some(url)) => url.to_owned(),
        _ => index.to_string(),
    }
}

/// Returns the text of a value that fits on a line.
fn short(value: &Value) -> Option<String> {
    const LONGEST: usize = 40;
    let text = match value {
        Value::Object(_) => return None,
        other => other.to_string(),
    };
    let fits = text.len() <= LONGEST && !text.contains(['`', '\n']);
    fits.then(|| format!("`{text}`"))
}

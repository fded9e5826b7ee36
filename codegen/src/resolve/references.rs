//! What each reference of a document leads to.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// The most references that may lead to one another. The check has refused cycles among those that
/// stand in the place of another object; schemas alone could have longer chains.
pub(super) const LONGEST_CHAIN: usize = 64;

/// Every reference of a document with its target.
#[derive(Debug, Default)]
pub(crate) struct References<'a> {
    targets: BTreeMap<&'a str, Target<'a>>,
}

/// What a reference leads to, which may be a reference itself.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    /// Where it is in the document.
    pub(crate) pointer: Pointer,
    /// What is there.
    pub(crate) value: &'a Value,
}

impl<'a> References<'a> {
    /// The references of a document.
    pub(crate) fn of(root: &'a Value) -> Self {
        let mut references = Self::default();
        let mut queue = vec![root];
        while let Some(value) = queue.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                        references.add(root, reference);
                    }
                    queue.extend(members.values());
                }
                Value::Array(list) => queue.extend(list),
                _ => {}
            }
        }
        references
    }

    fn add(&mut self, root: &'a Value, reference: &'a str) {
        if self.targets.contains_key(reference) {
            return;
        }
        let target = Pointer::parse(reference).and_then(|pointer| {
            let value = pointer.get(root)?;
            Some(Target { pointer, value })
        });
        if let Some(target) = target {
            self.targets.insert(reference, target);
        }
    }

    /// What one reference leads to, and no further.
    pub(crate) fn target(&self, reference: &str) -> Option<&Target<'a>> {
        self.targets.get(reference)
    }

    /// What a chain of references ends in, itself for what is no reference; `None` for a cycle, and
    /// where one leads nowhere.
    pub(crate) fn resolve<'b>(&'b self, mut node: &'b Value) -> Option<&'b Value> {
        for _ in 0..LONGEST_CHAIN {
            match node.get("$ref").and_then(Value::as_str) {
                None => return Some(node),
                Some(reference) => node = self.target(reference)?.value,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::References;

    #[test]
    fn chains_end_and_cycles_lead_nowhere() {
        let root = json!({
            "a": { "$ref": "#/b" }, "b": { "$ref": "#/c~1d" }, "c/d": { "type": "string" },
            "e": { "$ref": "#/f" }, "f": { "$ref": "#/e" }, "g": { "$ref": "#/nowhere" },
        });
        let references = References::of(&root);
        let ends_in = |name: &str| references.resolve(&root[name]);
        assert_eq!(ends_in("a"), Some(&root["c/d"]));
        assert_eq!(ends_in("e"), None);
        assert_eq!(ends_in("g"), None);
        let target = references.target("#/b").expect("it is in the document");
        assert_eq!(target.pointer.to_string(), "/b");
    }
}

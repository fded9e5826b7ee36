//! Replaces references by name with pointers.
//!
//! OpenAPI 3.1 lets a schema declare a name (`$anchor`, `$id`) for references. Later stages handle
//! only pointers. That an `$id` changes the base of the references below it is not supported.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::objects::{At, DOCUMENT, Object, Visitor, walk};
use crate::pointer::Pointer;

/// Replaces names by pointers. The check reports unknown names, which are kept.
pub(super) fn resolve(root: &mut Value) {
    let mut names = Names::default();
    walk(&DOCUMENT, root, &At::new(&Pointer::root()), &mut names);
    for (holder, name) in names.references {
        if let (Some(Some(target)), Some(Value::Object(members))) =
            (names.declared.get(&name), holder.get_mut(root))
        {
            members.insert("$ref".to_owned(), Value::String(target.to_reference()));
        }
    }
}

#[derive(Default)]
struct Names {
    /// Schemas by name; `None` for a name that several schemas declare.
    declared: BTreeMap<String, Option<Pointer>>,
    /// Nodes with a reference by name.
    references: Vec<(Pointer, String)>,
}

impl Visitor for Names {
    fn object(&mut self, object: &'static Object, members: &Map<String, Value>, at: &At<'_>) {
        if object.component != Some("schemas") {
            return;
        }
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let anchors = [text("$anchor"), text("$dynamicAnchor")];
        let anchors = anchors.into_iter().flatten().map(|name| format!("#{name}"));
        for name in anchors.chain(text("$id").map(str::to_owned)) {
            self.declared
                .entry(name)
                .and_modify(|target| *target = None)
                .or_insert_with(|| Some(at.pointer()));
        }
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        let is_pointer = reference == "#" || reference.starts_with("#/");
        if object.component == Some("schemas") && !is_pointer {
            self.references.push((at.pointer(), reference.to_owned()));
        }
    }
}

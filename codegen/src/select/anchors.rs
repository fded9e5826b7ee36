//! References by name: OpenAPI 3.1 lets a schema call itself something (`$anchor`, `$id`) and be
//! referred to by that. Later stages know pointers only, so the names are resolved here.
//!
//! Not looked at: that an `$id` changes what the references below it are relative to.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::objects::{At, DOCUMENT, Object, Visitor, walk};
use crate::pointer::Pointer;

/// Puts pointers in the place of names. A name that nothing has stays, for the check to report.
pub(super) fn resolve(root: &mut Value) {
    let mut names = Names::default();
    walk(&DOCUMENT, root, &At::new(&Pointer::root()), &mut names);
    for (holder, name) in names.used {
        if let (Some(Some(target)), Some(Value::Object(members))) =
            (names.given.get(&name), holder.get_mut(root))
        {
            members.insert("$ref".to_owned(), Value::String(target.to_reference()));
        }
    }
}

#[derive(Default)]
struct Names {
    /// Schemas by what a reference calls them; `None` for a name that several have.
    given: BTreeMap<String, Option<Pointer>>,
    /// Holders of references that are no pointers.
    used: Vec<(Pointer, String)>,
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
            self.given
                .entry(name)
                .and_modify(|target| *target = None)
                .or_insert_with(|| Some(at.pointer()));
        }
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        let is_pointer = reference == "#" || reference.starts_with("#/");
        if object.component == Some("schemas") && !is_pointer {
            self.used.push((at.pointer(), reference.to_owned()));
        }
    }
}

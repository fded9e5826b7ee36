//! The operations of a document, with what they refer to in place.

use serde_json::{Map, Value};

use super::references::References;
use crate::bounds::weight;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::select::METHODS;

/// An object that an operation has, or refers to.
#[derive(Clone, Debug)]
pub(crate) struct Located<'a> {
    pub(crate) object: &'a Map<String, Value>,
    /// The place of the object itself.
    pub(crate) origin: Pointer,
}

/// An operation with what its path item gives it.
#[derive(Debug)]
pub(crate) struct ResolvedOperation<'a> {
    pub(crate) path: &'a str,
    /// Lower-case HTTP method.
    pub(crate) method: &'static str,
    pub(crate) pointer: Pointer,
    pub(crate) object: &'a Map<String, Value>,
    /// The parameters of the path item, then the operation's own.
    pub(crate) parameters: Vec<Located<'a>>,
    pub(crate) body: Option<Located<'a>>,
    /// The responses by status, as the document spells it.
    pub(crate) responses: Vec<(&'a str, Located<'a>)>,
    /// The servers of the operation or else of its path item, with their place.
    pub(crate) servers: (&'a [Value], Pointer),
}

/// Every operation of a document.
pub(super) fn all<'a>(
    root: &'a Value,
    references: &References<'a>,
    report: &mut Report,
) -> Vec<ResolvedOperation<'a>> {
    let inherited = root.get("security").map(weight).unwrap_or_default();
    let paths = root.get("paths").and_then(Value::as_object);
    let mut operations = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let place = Pointer::root().child("paths").child(path);
        let Some(Value::Object(item)) = find(references, item) else {
            continue;
        };
        for method in METHODS {
            let Some(Value::Object(object)) = item.get(method) else {
                continue;
            };
            let pointer = place.child(method);
            // What the document says once for all operations is made for each of them.
            let own_security = object.contains_key("security");
            let inherited = if own_security { 0 } else { inherited };
            if !report.copy(inherited + pointer.size(), &pointer) {
                return operations;
            }
            let mut resolver = Resolver { references, report };
            operations.push(ResolvedOperation {
                path,
                method,
                parameters: resolver.parameters(item, object, &place, &pointer),
                body: resolver.body(object, &pointer),
                responses: resolver.responses(object, &pointer),
                servers: servers(item, object, &place, &pointer),
                pointer,
                object,
            });
        }
    }
    operations
}

/// As [`References::resolve`], with the life of the document.
fn find<'a>(references: &References<'a>, node: &'a Value) -> Option<&'a Value> {
    follow(references, node, Pointer::root()).map(|(value, _)| value)
}

/// What a chain of references ends in, and where that is.
fn follow<'a>(
    references: &References<'a>,
    mut node: &'a Value,
    mut origin: Pointer,
) -> Option<(&'a Value, Pointer)> {
    for _ in 0..super::references::LONGEST_CHAIN {
        let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
            break;
        };
        let target = references.target(reference)?;
        (node, origin) = (target.value, target.pointer.clone());
    }
    Some((node, origin))
}

/// The servers of an operation: its own, or else those of its path item.
fn servers<'a>(
    item: &'a Map<String, Value>,
    object: &'a Map<String, Value>,
    place: &Pointer,
    pointer: &Pointer,
) -> (&'a [Value], Pointer) {
    let of = |holder: &'a Map<String, Value>| holder.get("servers").and_then(Value::as_array);
    match of(object) {
        Some(own) => (own, pointer.child("servers")),
        None => {
            let inherited = of(item).map(Vec::as_slice).unwrap_or_default();
            (inherited, place.child("servers"))
        }
    }
}

/// Follows the references of one operation.
struct Resolver<'r, 'a> {
    references: &'r References<'a>,
    report: &'r mut Report,
}

impl<'a> Resolver<'_, 'a> {
    /// Follows a reference to an object. What it leads to is made once for each operation, which is
    /// counted; an object that stands in the operation itself is not shared.
    fn locate(&mut self, given: &'a Value, place: Pointer) -> Option<Located<'a>> {
        let (node, origin) = follow(self.references, given, place.clone())?;
        let is_shared = origin != place;
        if is_shared && !self.report.copy(weight(node) + origin.size(), &place) {
            return None;
        }
        let object = node.as_object()?;
        Some(Located { object, origin })
    }

    fn parameters(
        &mut self,
        item: &'a Map<String, Value>,
        object: &'a Map<String, Value>,
        place: &Pointer,
        pointer: &Pointer,
    ) -> Vec<Located<'a>> {
        let mut parameters = Vec::new();
        for (holder, place) in [(item, place), (object, pointer)] {
            let list = holder.get("parameters").and_then(Value::as_array);
            for (index, given) in list.into_iter().flatten().enumerate() {
                let place = place.child("parameters").child(index);
                parameters.extend(self.locate(given, place));
            }
        }
        parameters
    }

    fn body(&mut self, object: &'a Map<String, Value>, pointer: &Pointer) -> Option<Located<'a>> {
        self.locate(object.get("requestBody")?, pointer.child("requestBody"))
    }

    fn responses(
        &mut self,
        object: &'a Map<String, Value>,
        pointer: &Pointer,
    ) -> Vec<(&'a str, Located<'a>)> {
        let place = pointer.child("responses");
        let given = object.get("responses").and_then(Value::as_object);
        let mut responses = Vec::new();
        for (status, response) in given.into_iter().flatten() {
            if status.starts_with("x-") {
                continue;
            }
            if let Some(response) = self.locate(response, place.child(status)) {
                responses.push((status.as_str(), response));
            }
        }
        responses
    }
}

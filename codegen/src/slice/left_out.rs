//! Removes prose and examples from the nodes of a slice.
//!
//! Names, types and constraints of a document are facts; its sentences belong to their authors. The
//! OpenAPI object that has a member decides whether the member is prose, never its name alone: a
//! property `description`, a default and an extension are not prose. Everything that affects the
//! generated types stays, so the client of such a slice differs only in its documentation.

use serde_json::{Map, Value, json};

use crate::build::is_environment_name;
use crate::config::Part;
use crate::lower::{is_branch_name, is_typed_by_examples};
use crate::objects::{At, DOCUMENT, Form, Object, Visitor, component, walk};
use crate::pointer::Pointer;
use crate::select::COPIES;

/// How a member is removed.
enum Removal {
    /// The member is removed.
    Remove,
    /// The member becomes the empty string, because OpenAPI requires it.
    Empty,
    /// The member is removed unless the condition holds for it: a name is derived from it.
    Unless(fn(&Value) -> bool),
    /// The member is removed unless the condition holds for its object: it determines the type.
    UnlessHolder(fn(&Map<String, Value>) -> bool),
    /// The texts in `scopes` of each flow become empty strings.
    Scopes,
}

use Part::{Examples, Prose};
use Removal::{Empty, Remove, Scopes, Unless, UnlessHolder};

/// A removed member: its part, its name, and how it is removed.
type Row = (Part, &'static str, Removal);

/// The removed members by the object that has them.
static OBJECTS: &[(&str, &[Row])] = &[
    (
        "Header Object",
        &[
            (Prose, "description", Remove),
            (Examples, "example", Remove),
            (Examples, "examples", Remove),
        ],
    ),
    (
        "Info Object",
        &[
            (Prose, "contact", Remove),
            (Prose, "description", Remove),
            (Prose, "summary", Remove),
            (Prose, "termsOfService", Remove),
        ],
    ),
    (
        "Media Type Object",
        &[
            (Examples, "example", Remove),
            (Examples, "examples", Remove),
        ],
    ),
    (
        "Operation Object",
        &[
            (Prose, "description", Remove),
            (Prose, "externalDocs", Remove),
            (Prose, "summary", Remove),
        ],
    ),
    (
        "Parameter Object",
        &[
            (Prose, "description", Remove),
            (Examples, "example", Remove),
            (Examples, "examples", Remove),
        ],
    ),
    (
        "Path Item Object",
        &[(Prose, "description", Remove), (Prose, "summary", Remove)],
    ),
    (
        REFERENCE,
        &[(Prose, "description", Remove), (Prose, "summary", Remove)],
    ),
    ("Request Body Object", &[(Prose, "description", Remove)]),
    ("Response Object", &[(Prose, "description", Empty)]),
    (
        "Schema Object",
        &[
            (Prose, "$comment", Remove),
            (Prose, "description", Remove),
            (Prose, "externalDocs", Remove),
            (Prose, "title", Unless(is_branch_name)),
            (Examples, "example", UnlessHolder(is_typed_by_examples)),
            (Examples, "examples", UnlessHolder(is_typed_by_examples)),
        ],
    ),
    (
        "Security Scheme Object",
        &[(Prose, "description", Remove), (Prose, "flows", Scopes)],
    ),
    (
        "Server Object",
        &[(Prose, "description", Unless(is_environment_name))],
    ),
    ("Server Variable Object", &[(Prose, "description", Remove)]),
    (
        TAG,
        &[
            (Prose, "description", Remove),
            (Prose, "externalDocs", Remove),
        ],
    ),
];

/// A reference in the place of an object that is no schema.
const REFERENCE: &str = "Reference Object";

/// The tables of the grammar have no tags: only their names are read.
const TAG: &str = "Tag Object";

/// Removes `parts` from a document.
pub(super) fn remove(root: &mut Value, parts: &[Part]) {
    if parts.is_empty() {
        return;
    }
    for (place, object) in Places::of(root) {
        let rows = OBJECTS.iter().find(|(name, _)| *name == object);
        let Some(Value::Object(members)) = place.get_mut(root) else {
            continue;
        };
        for (part, name, act) in rows.into_iter().flat_map(|(_, rows)| *rows) {
            if parts.contains(part) {
                act.apply(members, name);
            }
        }
    }
}

impl Removal {
    fn apply(&self, members: &mut Map<String, Value>, name: &str) {
        let holder_needs_it = matches!(self, UnlessHolder(holds) if holds(members));
        let Some(value) = members.get_mut(name) else {
            return;
        };
        let stays = match self {
            Remove => false,
            UnlessHolder(_) => holder_needs_it,
            Empty => {
                *value = json!("");
                true
            }
            Unless(holds) => holds(value),
            Scopes => {
                let flows = value.as_object_mut().into_iter().flatten();
                let scopes = flows.filter_map(|(_, flow)| flow.get_mut("scopes"));
                let texts = scopes.filter_map(Value::as_object_mut).flatten();
                texts.for_each(|(_, text)| *text = json!(""));
                true
            }
        };
        if !stays {
            members.remove(name);
        }
    }
}

/// The objects of a document with their names in the specification.
#[derive(Default)]
struct Places {
    found: Vec<(Pointer, &'static str)>,
    /// Referenced nodes that are not components, with their kind.
    queue: Vec<(Pointer, &'static Object)>,
}

impl Places {
    fn of(root: &Value) -> Vec<(Pointer, &'static str)> {
        let mut places = Self::default();
        let top = Pointer::root();
        walk(&DOCUMENT, root, &At::new(&top), &mut places);
        let items = top.join(["components", "pathItems"]);
        let names = items.get(root).and_then(Value::as_object);
        let names = names.into_iter().flatten();
        let items = names.map(|(name, _)| items.child(name));
        let items = items.filter_map(|place| Some((place, component("pathItems")?)));
        places.queue.extend(items);
        let mut seen = std::collections::BTreeSet::new();
        while let Some((place, object)) = places.queue.pop() {
            if let (true, Some(value)) = (seen.insert(place.clone()), place.get(root)) {
                let form = Form::Object(object);
                walk(&form, value, &At::new(&place), &mut places);
            }
        }
        let tags = root.get("tags").and_then(Value::as_array);
        let count = tags.map_or(0, Vec::len);
        let tags = (0..count).map(|index| (top.child("tags").child(index), TAG));
        places.found.extend(tags);
        places.found
    }
}

impl Visitor for Places {
    fn object(&mut self, object: &'static Object, _members: &Map<String, Value>, at: &At<'_>) {
        self.found.push((at.pointer(), object.name));
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        let name = if object.boolean {
            object.name
        } else {
            REFERENCE
        };
        self.found.push((at.pointer(), name));
        let target = Pointer::of_reference(reference);
        let copy = |target: &Pointer| target.tokens().first().is_some_and(|first| first == COPIES);
        self.queue
            .extend(target.filter(copy).map(|target| (target, object)));
    }
}

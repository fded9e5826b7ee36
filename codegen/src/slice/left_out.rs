//! What a slice leaves behind of the nodes that it keeps: prose, examples.
//!
//! Names, types and constraints of a document are facts; its sentences belong to whoever wrote them.
//! What is prose is decided by the object of OpenAPI that has the member, never by the member's name
//! alone: a property `description`, a default and an extension are no prose. What shapes Rust stays,
//! so the client of such a slice differs in its documentation alone.

use serde_json::{Map, Value, json};

use crate::build::is_environment_name;
use crate::config::Part;
use crate::lower::{is_branch_name, is_told_by_examples};
use crate::objects::{At, DOCUMENT, Form, Object, Visitor, component, walk};
use crate::pointer::Pointer;
use crate::select::COPIES;

/// What is done with a member.
enum Act {
    /// It goes.
    Remove,
    /// It becomes the empty string, because OpenAPI requires the member.
    Empty,
    /// It goes unless this holds for it, which means that a name is made of it.
    Unless(fn(&Value) -> bool),
    /// It goes unless this holds for the object, whose type is told by it then.
    UnlessHolder(fn(&Map<String, Value>) -> bool),
    /// The texts in `scopes` of each flow become the empty string.
    Scopes,
}

use Act::{Empty, Remove, Scopes, Unless, UnlessHolder};
use Part::{Examples, Prose};

/// A member that is left behind: of which part it is, its name, what is done with it.
type Row = (Part, &'static str, Act);

/// The members that are left behind, by the object that has them.
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
            (Examples, "example", UnlessHolder(is_told_by_examples)),
            (Examples, "examples", UnlessHolder(is_told_by_examples)),
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

/// Takes `parts` out of a document.
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

impl Act {
    fn apply(&self, members: &mut Map<String, Value>, name: &str) {
        let held = matches!(self, UnlessHolder(holds) if holds(members));
        let Some(value) = members.get_mut(name) else {
            return;
        };
        let stays = match self {
            Remove => false,
            UnlessHolder(_) => held,
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

/// The objects of a document, each with its name in the specification.
#[derive(Default)]
struct Places {
    found: Vec<(Pointer, &'static str)>,
    /// References to what is no component, with what has to be there.
    apart: Vec<(Pointer, &'static Object)>,
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
        places.apart.extend(items);
        let mut seen = std::collections::BTreeSet::new();
        while let Some((place, object)) = places.apart.pop() {
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
        self.apart
            .extend(target.filter(copy).map(|target| (target, object)));
    }
}

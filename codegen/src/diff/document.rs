//! The documents themselves, node by node: bounds, prose, and all that no row is about.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::about::About;
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules::{self, Rule};
use crate::model::{Model, Shape, TypeDef};
use crate::pipeline::Modelled;
use crate::pointer::Pointer;

/// A node that differs.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) at: At,
    /// The keyword of OpenAPI that it is; `None` for a name that the document's author chose.
    keyword: Option<String>,
    /// What happened to it.
    pub(super) text: String,
}

impl Leaf {
    /// Whether it is prose, or an example.
    pub(super) fn is_prose(&self) -> bool {
        let tokens = self.at.pointer.tokens();
        let within = |name: &str| tokens.first().is_some_and(|it| it == name);
        let of_components = tokens.get(1).is_some_and(|it| it == "examples");
        within("info")
            || within("tags")
            || within("externalDocs")
            || (within("components") && of_components)
            || self
                .keyword
                .as_deref()
                .is_some_and(|it| PROSE.contains(&it))
    }
}

/// Members whose own members are names, not keywords.
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

/// Members that are taken as they are.
const OPAQUE: &[&str] = &[
    "const", "default", "enum", "example", "examples", "required", "security", "tags", "type",
];

/// Keywords that only tell people something.
const PROSE: &[&str] = &[
    "$comment",
    "description",
    "example",
    "examples",
    "externalDocs",
    "summary",
    "title",
];

/// Keywords that are documented and not checked.
const DOCUMENTED: &[(&str, &Rule)] = &[
    ("additionalProperties", &rules::CLOSED_CHANGED),
    ("allowEmptyValue", &rules::UNEXPRESSED_CHANGED),
    ("allowReserved", &rules::UNEXPRESSED_CHANGED),
    ("default", &rules::DEFAULT_CHANGED),
    ("exclusiveMaximum", &rules::BOUND_CHANGED),
    ("exclusiveMinimum", &rules::BOUND_CHANGED),
    ("format", &rules::FORMAT_DOCUMENTED),
    ("maxItems", &rules::BOUND_CHANGED),
    ("maxLength", &rules::BOUND_CHANGED),
    ("maxProperties", &rules::BOUND_CHANGED),
    ("maximum", &rules::BOUND_CHANGED),
    ("minItems", &rules::BOUND_CHANGED),
    ("minLength", &rules::BOUND_CHANGED),
    ("minProperties", &rules::BOUND_CHANGED),
    ("minimum", &rules::BOUND_CHANGED),
    ("multipleOf", &rules::BOUND_CHANGED),
    ("pattern", &rules::BOUND_CHANGED),
    ("uniqueItems", &rules::BOUND_CHANGED),
];

/// Every node that only one side has, or that has another value.
pub(super) fn leaves(old: &Modelled, new: &Modelled, pair: &Pair<'_>) -> Vec<Leaf> {
    let roots = (old.document.root(), new.document.root());
    let mut leaves = walked(roots, Schemas::new(old, new, pair), pair);
    // The version of the document has a place of its own on the page.
    leaves.retain(|it| it.at.pointer.to_string() != "/info/version");
    leaves
}

/// The same of the calls that a server makes by itself, which are no part of a client.
pub(super) fn calls_back(old: &Modelled, new: &Modelled, pair: &Pair<'_>) -> Vec<Leaf> {
    let schemas = Schemas::new(old, new, pair);
    let mut leaves = walked((&old.calls_back, &new.calls_back), schemas, pair);
    // Operations that only one side has are told as such.
    leaves.retain(|it| {
        matches!(it.at.pointer.tokens(), [top, ..] if top == "webhooks")
            || it.at.pointer.tokens().len() > 3
    });
    leaves
}

fn walked(sides: (&Value, &Value), schemas: Schemas, pair: &Pair<'_>) -> Vec<Leaf> {
    let paths = pair.operations.iter();
    let mut walk = Walk {
        moved: paths.map(|(old, new)| (&*new.path, &*old.path)).collect(),
        schemas,
        leaves: Vec::new(),
    };
    let root = Pointer::root();
    walk.node(sides, (&root, &root), false);
    walk.leaves
}

/// A walk over two trees at once.
struct Walk<'a> {
    /// Old paths by the new ones of the same operations.
    moved: BTreeMap<&'a str, &'a str>,
    schemas: Schemas,
    leaves: Vec<Leaf>,
}

/// Components that have another name.
struct Schemas {
    /// Old names by new ones.
    before: BTreeMap<String, String>,
    /// New references by old ones.
    now: BTreeMap<String, String>,
}

impl Schemas {
    fn new(old: &Modelled, new: &Modelled, pair: &Pair<'_>) -> Self {
        let mut schemas = Self {
            before: BTreeMap::new(),
            now: BTreeMap::new(),
        };
        for (name, was) in &pair.old.types {
            let Some(now) = pair.new.types.get(pair.new_name(name)) else {
                continue;
            };
            let is_there = |side: &Modelled, at: &Pointer| at.get(side.document.root()).is_some();
            let stays = is_there(old, &now.pointer) || is_there(new, &was.pointer);
            if let (Some(before), Some(after)) = (component(&was.pointer), component(&now.pointer))
                && !stays
            {
                let reference = |at: &Pointer| format!("#{at}");
                schemas.before.insert(after.to_owned(), before.to_owned());
                schemas
                    .now
                    .insert(reference(&was.pointer), reference(&now.pointer));
            }
        }
        schemas
    }

    /// Whether two values are one reference.
    fn same(&self, old: &str, new: &str) -> bool {
        self.now.get(old).is_some_and(|now| now == new)
    }
}

/// The name of a component of the schemas.
fn component(pointer: &Pointer) -> Option<&str> {
    match pointer.tokens() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name)
        }
        _ => None,
    }
}

impl Walk<'_> {
    fn node(
        &mut self,
        (old, new): (&Value, &Value),
        (old_at, new_at): (&Pointer, &Pointer),
        names: bool,
    ) {
        let opaque = !names && new_at.last().is_some_and(|it| OPAQUE.contains(&it));
        match (old, new) {
            _ if old == new => {}
            (Value::String(old), Value::String(new)) if self.schemas.same(old, new) => {}
            (Value::Object(old), Value::Object(new)) => {
                self.members((old, new), (old_at, new_at), names);
            }
            (Value::Array(old), Value::Array(new)) if !opaque => {
                self.elements((old, new), (old_at, new_at));
            }
            _ => {
                let text = match (short(old), short(new)) {
                    (Some(old), Some(new)) => format!("{old} → {new}"),
                    _ => "changed".to_owned(),
                };
                self.push(At::new(new_at), names, &text);
            }
        }
    }

    fn members(
        &mut self,
        (old, new): (&Map<String, Value>, &Map<String, Value>),
        (old_at, new_at): (&Pointer, &Pointer),
        names: bool,
    ) {
        // Below a keyword whose members are names there are names; below a name, keywords.
        let inside = !names && new_at.last().is_some_and(|it| NAMED.contains(&it));
        let is_paths = matches!(new_at.tokens(), [paths] if paths == "paths");
        let mut gone: BTreeMap<&str, &Value> = sorted(old);
        let is_schemas = matches!(
            new_at.tokens(),
            [components, schemas] if components == "components" && schemas == "schemas"
        );
        for (name, value) in sorted(new) {
            let moved = self.moved.get(name).copied().filter(|_| is_paths);
            let renamed = self.schemas.before.get(name).filter(|_| is_schemas);
            let renamed = renamed.cloned();
            let before = moved.or(renamed.as_deref()).unwrap_or(name);
            let at = (old_at.child(before), new_at.child(name));
            if let Some(before) = &renamed {
                self.push(At::new(&at.1), inside, &format!("was `{before}`"));
            }
            match gone.remove(before) {
                Some(old) => self.node((old, value), (&at.0, &at.1), inside),
                None => self.push(At::new(&at.1), inside, "added"),
            }
        }
        for name in gone.into_keys() {
            self.push(At::old(&old_at.child(name)), inside, "removed");
        }
    }

    /// Elements of lists; those that have a name are found by it.
    fn elements(
        &mut self,
        (old, new): (&[Value], &[Value]),
        (old_at, new_at): (&Pointer, &Pointer),
    ) {
        let keys = |list: &[Value]| -> Vec<String> {
            let named = list.iter().enumerate();
            named.map(|(index, it)| key(it, index)).collect()
        };
        let today = |key: String| self.schemas.now.get(&key).cloned().unwrap_or(key);
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
                // An element is no keyword, and what it holds are some.
                Some((found, now)) => self.node((value, now), (&at, &new_at.child(found)), true),
                None => self.push(At::old(&at), true, "removed"),
            }
        }
        for (index, name) in new_keys.iter().enumerate() {
            if !known.contains(name) {
                self.push(At::new(&new_at.child(index)), true, "added");
            }
        }
    }

    fn push(&mut self, at: At, names: bool, text: &str) {
        let keyword = at.pointer.last().filter(|_| !names).map(str::to_owned);
        let text = text.to_owned();
        self.leaves.push(Leaf { at, keyword, text });
    }
}

fn sorted(map: &Map<String, Value>) -> BTreeMap<&str, &Value> {
    map.iter().map(|(name, it)| (name.as_str(), it)).collect()
}

fn key(value: &Value, index: usize) -> String {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    match (text("$ref"), text("name"), text("in"), text("url")) {
        (Some(reference), ..) => reference.to_owned(),
        (_, Some(name), Some(place), _) => format!("{place} {name}"),
        (_, Some(name), ..) => name.to_owned(),
        (_, _, _, Some(url)) => url.to_owned(),
        _ => index.to_string(),
    }
}

/// A value that fits into a line.
fn short(value: &Value) -> Option<String> {
    const LONGEST: usize = 40;
    let text = match value {
        Value::Object(_) => return None,
        other => other.to_string(),
    };
    let fits = text.len() <= LONGEST && !text.contains(['`', '\n']);
    fits.then(|| format!("`{text}`"))
}

/// Makes rows of what is documented and not checked; gives back the rest.
pub(super) fn bounds(leaves: Vec<Leaf>, pair: &Pair<'_>, rows: &mut Rows) -> Vec<Leaf> {
    let mut rest = Vec::new();
    let mut about = About::of(rows);
    let (old, new) = (places(pair.old), places(pair.new));
    for leaf in leaves {
        let keyword = leaf.keyword.as_deref().unwrap_or_default();
        let documented = DOCUMENTED.iter().find(|(name, _)| *name == keyword);
        let is_rust = matches!(keyword, "additionalProperties" | "format");
        let is_told = is_rust && is_covered(&leaf, &about);
        // The default of a server's variable is a part of its URL.
        let of_server = matches!(
            leaf.at.pointer.tokens(),
            [.., servers, _, variables, _, _] if servers == "servers" && variables == "variables"
        );
        match documented {
            Some((_, rule)) if !is_told && !of_server => {
                let types = if leaf.at.old { &old } else { &new };
                let detail = format!("`{keyword}` {}", leaf.text);
                let row = Row::new(rule, leaf.at.clone(), detail);
                let row = row.items(item(types, &leaf.at.pointer));
                about.add(&row);
                rows.push(row);
            }
            _ => rest.push(leaf),
        }
    }
    rest
}

/// What no row is about.
pub(super) fn unnamed(leaves: Vec<Leaf>, rows: &Rows) -> Vec<Leaf> {
    let about = About::of(rows);
    let stays = |leaf: &Leaf| leaf.is_prose() || !is_covered(leaf, &about);
    leaves.into_iter().filter(stays).collect()
}

/// Whether a row is about a node, about what holds it, or about something in it.
fn is_covered(leaf: &Leaf, about: &About) -> bool {
    // These say something about the members or values of what they stand in.
    const ABOUT_OTHERS: &[&str] = &["allOf", "format", "nullable", "required", "type", "$ref"];
    let place = &leaf.at.pointer;
    let keyword = leaf.keyword.as_deref().unwrap_or_default();
    let holder = place.parent().filter(|_| ABOUT_OTHERS.contains(&keyword));
    about.is_near(place) || holder.is_some_and(|holder| about.is_in(&holder))
}

/// The types of a model by their places, the last of each.
fn places(model: &Model) -> BTreeMap<&Pointer, (&str, &TypeDef)> {
    let types = model.types.iter();
    types
        .map(|(name, it)| (&it.pointer, (name.as_str(), it)))
        .collect()
}

/// The item that a node describes.
fn item(types: &BTreeMap<&Pointer, (&str, &TypeDef)>, place: &Pointer) -> Option<String> {
    let mut holders = std::iter::successors(Some(place.clone()), Pointer::parent);
    let (name, definition) = holders.find_map(|it| types.get(&it))?;
    let below = place.tokens().get(definition.pointer.tokens().len()..)?;
    let field = match (&definition.shape, below) {
        (Shape::Struct { fields, .. }, [properties, wire, ..]) if properties == "properties" => {
            fields.iter().find(|it| it.wire == *wire)
        }
        _ => None,
    };
    Some(match field {
        Some(field) => format!("types::{name}.{}", field.rust),
        None => format!("types::{name}"),
    })
}

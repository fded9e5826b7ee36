//! The ids of named schemas by place, and names for those that are not components.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::SchemaId;
use crate::name::Numbers;
use crate::pointer::Pointer;

/// The named schemas: first the components, then every other place that a reference leads to.
pub(super) struct SchemaIds {
    names: Vec<String>,
    by_place: BTreeMap<Pointer, SchemaId>,
    taken: BTreeSet<String>,
    numbers: Numbers,
    /// Those that are still to be lowered, with their places.
    waiting: Vec<(SchemaId, Pointer)>,
}

impl SchemaIds {
    /// The components `names`, in this order.
    pub(super) fn of_components<'a>(names: impl Iterator<Item = &'a String>) -> Self {
        let mut ids = Self {
            names: Vec::new(),
            by_place: BTreeMap::new(),
            taken: BTreeSet::new(),
            numbers: Numbers::default(),
            waiting: Vec::new(),
        };
        let components = Pointer::root().join(["components", "schemas"]);
        for name in names {
            ids.add(components.child(name), name.clone());
        }
        ids
    }

    fn add(&mut self, place: Pointer, name: String) -> SchemaId {
        let id = SchemaId(self.names.len());
        self.taken.insert(name.clone());
        self.names.push(name);
        self.by_place.insert(place, id);
        id
    }

    /// The id of the schema at a place. One that is not a component gets a name, and is lowered later.
    pub(super) fn of(&mut self, place: &Pointer) -> SchemaId {
        if let Some(id) = self.by_place.get(place) {
            return *id;
        }
        let name = self.name_of(place);
        let id = self.add(place.clone(), name);
        self.waiting.push((id, place.clone()));
        id
    }

    /// The next schema that is still to be lowered.
    pub(super) fn next(&mut self) -> Option<(SchemaId, Pointer)> {
        self.waiting.pop()
    }

    /// The name of a schema.
    pub(super) fn name(&self, id: SchemaId) -> &str {
        self.names.get(id.0).map(String::as_str).unwrap_or_default()
    }

    /// A name from the words of a place: `Pet/properties/owner` is `Pet-owner`.
    fn name_of(&mut self, place: &Pointer) -> String {
        const STRUCTURE: &[&str] = &[
            crate::select::COPIES,
            "components",
            "schemas",
            "paths",
            "properties",
            "content",
            "schema",
            "definitions",
        ];
        let tokens = place.tokens().iter().map(String::as_str);
        let words: Vec<&str> = tokens.filter(|token| !STRUCTURE.contains(token)).collect();
        let name = words.join("-");
        if !self.taken.contains(&name) {
            return name;
        }
        // The second is `-copy`, and the third `-copy-3`.
        let numbered = |number| match number {
            2 => format!("{name}-copy"),
            _ => format!("{name}-copy-{number}"),
        };
        let taken = &self.taken;
        self.numbers
            .free(&name, numbered, |name| taken.contains(name))
    }
}

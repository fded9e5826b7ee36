//! What the members of types say about the unions whose branches they are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Branch, Field, Model, Schema, Shape};

/// How many names may stand for each other until the last of them counts.
const NESTING: usize = 8;

impl Model {
    /// Whether an object may be of a schema.
    pub(crate) fn may_be_object(&self, schema: &Schema) -> bool {
        self.may_be_object_within(schema, NESTING)
    }

    fn may_be_object_within(&self, schema: &Schema, depth: usize) -> bool {
        match schema {
            Schema::Boolean
            | Schema::Integer { .. }
            | Schema::Unsigned
            | Schema::Number
            | Schema::String(_)
            | Schema::Secret
            | Schema::File
            | Schema::Array(_) => false,
            Schema::Map(_) | Schema::Any | Schema::Concealed => true,
            Schema::Nullable(inner) => self.may_be_object_within(inner, depth),
            Schema::Ref(name) => {
                let Some(depth) = depth.checked_sub(1) else {
                    return true;
                };
                match self.types.get(name).map(|definition| &definition.shape) {
                    Some(Shape::Enum { .. } | Shape::Secret) => false,
                    Some(Shape::Alias(of)) => self.may_be_object_within(of, depth),
                    Some(Shape::Union { branches, .. }) => {
                        let mut schemas = branches.iter().map(|branch| &branch.schema);
                        schemas.any(|it| self.may_be_object_within(it, depth))
                    }
                    Some(Shape::Struct { .. }) | None => true,
                }
            }
        }
    }

    /// The member that tells the branches of a union apart: text that must be there in each, of
    /// values that no two have in common. With it the values of each branch.
    pub(crate) fn tag<'a>(&'a self, branches: &[Branch]) -> Option<(&'a str, Vec<Vec<&'a str>>)> {
        let required = |fields: &'a [Field]| -> BTreeMap<&'a str, &'a Schema> {
            let required = fields.iter().filter(|field| field.required);
            required.map(|it| (it.wire.as_str(), &it.schema)).collect()
        };
        let first = self.fields(&branches.first()?.schema)?;
        let fields: Vec<BTreeMap<&str, &Schema>> = branches
            .iter()
            .map(|branch| self.fields(&branch.schema).map(required))
            .collect::<Option<_>>()?;
        let candidates = first.iter().map(|field| field.wire.as_str());
        candidates
            .filter_map(|wire| {
                let values = fields.iter().map(|fields| self.values(fields.get(wire)?));
                Some((wire, values.collect::<Option<Vec<Vec<&str>>>>()?))
            })
            .find(|(_, values)| {
                let all: Vec<&str> = values.iter().flatten().copied().collect();
                all.iter().collect::<BTreeSet<_>>().len() == all.len()
            })
    }

    /// Whether a schema is any JSON value, itself or by name.
    pub(crate) fn is_untyped(&self, schema: &Schema) -> bool {
        let mut schema = schema;
        for _ in 0..NESTING {
            let Schema::Ref(name) = schema else { break };
            match self.types.get(name).map(|definition| &definition.shape) {
                Some(Shape::Alias(of)) => schema = of,
                _ => break,
            }
        }
        schema.is_untyped()
    }

    /// The members of a struct by name.
    pub(crate) fn fields(&self, schema: &Schema) -> Option<&[Field]> {
        let Schema::Ref(name) = schema else {
            return None;
        };
        match &self.types.get(name)?.shape {
            Shape::Struct { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// The known values of an enum by name.
    pub(crate) fn values(&self, schema: &Schema) -> Option<Vec<&str>> {
        let Schema::Ref(name) = schema else {
            return None;
        };
        match &self.types.get(name)?.shape {
            Shape::Enum { values } => Some(values.iter().map(|it| it.wire.as_str()).collect()),
            _ => None,
        }
    }
}

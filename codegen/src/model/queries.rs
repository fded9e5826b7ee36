//! Questions about the types of a model: which are secrets, files or unions, and which members tell
//! the branches of a union apart.

use std::collections::{BTreeMap, BTreeSet};

use super::client::Model;
use super::constant::Constant;
use super::types::{Branch, Field, Schema, Shape, TypeDef};

/// How many names may stand for one another.
const LONGEST_CHAIN: usize = 8;

/// Values by which unions tell their branches, by type and name in JSON of the member.
pub(crate) type Tags<'a> = BTreeMap<(&'a str, &'a str), &'a Constant>;

impl Model {
    /// Whether a value of this schema is a secret, under whatever name.
    pub fn is_secret(&self, schema: &Schema) -> bool {
        match schema {
            Schema::Secret => true,
            Schema::Nullable(inner) => self.is_secret(inner),
            Schema::Ref(name) => self
                .types
                .get(name)
                .is_some_and(|definition| definition.shape == Shape::Secret),
            _ => false,
        }
    }

    /// Whether this schema is a union by name, so that any of its branches converts into it.
    pub fn is_union(&self, schema: &Schema) -> bool {
        let Schema::Ref(name) = schema else {
            return false;
        };
        let shape = self.types.get(name).map(|definition| &definition.shape);
        matches!(shape, Some(Shape::Union { .. }))
    }

    /// Whether a type is a form with files, which has no form in JSON.
    pub fn has_files(definition: &TypeDef) -> bool {
        match &definition.shape {
            Shape::Struct { fields, .. } => fields.iter().any(|field| field.schema.is_file()),
            _ => false,
        }
    }

    /// Whether an object may be of a schema.
    pub(crate) fn may_be_object(&self, schema: &Schema) -> bool {
        self.may_be_object_within(schema, LONGEST_CHAIN)
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
                        schemas.any(|schema| self.may_be_object_within(schema, depth))
                    }
                    Some(Shape::Struct { .. }) | None => true,
                }
            }
        }
    }

    /// The member that tells the branches of a union apart: it must be there in each, with constants
    /// that no two have in common. With it the constants of each branch.
    pub(crate) fn tag<'a>(&'a self, branches: &[Branch]) -> Option<(&'a str, Vec<Vec<Constant>>)> {
        let required = |fields: &'a [Field]| -> BTreeMap<&'a str, &'a Field> {
            let required = fields.iter().filter(|field| field.required);
            required.map(|field| (field.wire.as_str(), field)).collect()
        };
        let first = self.fields(&branches.first()?.schema)?;
        let fields: Vec<BTreeMap<&str, &Field>> = branches
            .iter()
            .map(|branch| self.fields(&branch.schema).map(required))
            .collect::<Option<_>>()?;
        let candidates = first.iter().map(|field| field.wire.as_str());
        candidates
            .filter_map(|wire| {
                let values = fields
                    .iter()
                    .map(|fields| self.constants_of(fields.get(wire)?));
                Some((wire, values.collect::<Option<Vec<Vec<Constant>>>>()?))
            })
            .find(|(_, values)| {
                let all: Vec<&Constant> = values.iter().flatten().collect();
                all.iter().collect::<BTreeSet<_>>().len() == all.len()
            })
    }

    /// The members by which unions tell their branches, by type and name in JSON, with the value
    /// that a new value of the type has. A member for which unions differ is left out.
    pub(crate) fn tags(&self) -> Tags<'_> {
        let mut all: BTreeMap<(&str, &str), BTreeSet<&Constant>> = BTreeMap::new();
        for definition in self.types.values() {
            let Shape::Union {
                branches,
                discriminator: Some(discriminator),
            } = &definition.shape
            else {
                continue;
            };
            for (branch, value) in branches.iter().zip(&discriminator.new) {
                if let (Schema::Ref(name), Some(value)) = (&branch.schema, value) {
                    let tag = all.entry((name, &discriminator.wire)).or_default();
                    tag.insert(value);
                }
            }
        }
        let single = all.into_iter().filter(|(_, values)| values.len() == 1);
        single
            .filter_map(|(tag, values)| Some((tag, values.first().copied()?)))
            .collect()
    }

    /// Whether a schema is any JSON value, itself or by name.
    pub(crate) fn is_untyped(&self, schema: &Schema) -> bool {
        let mut schema = schema;
        for _ in 0..LONGEST_CHAIN {
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

    /// The values that a member may have; `None` where they are not listed.
    pub(crate) fn constants_of(&self, field: &Field) -> Option<Vec<Constant>> {
        let of_enum = self.values(&field.schema).map(|values| {
            let values = values.into_iter().map(str::to_owned);
            values.map(Constant::String).collect()
        });
        let own = (!field.constants.is_empty()).then(|| field.constants.clone());
        of_enum.or(own)
    }

    /// The known values of an enum by name.
    pub(crate) fn values(&self, schema: &Schema) -> Option<Vec<&str>> {
        let Schema::Ref(name) = schema else {
            return None;
        };
        match &self.types.get(name)?.shape {
            Shape::Enum { values } => {
                Some(values.iter().map(|value| value.wire.as_str()).collect())
            }
            _ => None,
        }
    }
}

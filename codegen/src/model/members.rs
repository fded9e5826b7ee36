//! What the members of types say about the unions whose branches they are.

use std::collections::BTreeSet;

use super::{Branch, Field, Model, Schema, Shape};

impl Model {
    /// The member that tells the branches of a union apart: text that must be there in each, of
    /// values that no two have in common. With it the values of each branch.
    pub(crate) fn tag(&self, branches: &[Branch]) -> Option<(&str, Vec<Vec<&str>>)> {
        let fields: Vec<&[Field]> = branches
            .iter()
            .map(|branch| self.fields(&branch.schema))
            .collect::<Option<_>>()?;
        let candidates = fields.first()?.iter().map(|field| field.wire.as_str());
        candidates
            .filter_map(|wire| {
                let values = fields.iter().map(|fields| {
                    let mut fields = fields.iter().filter(|field| field.required);
                    self.values(&fields.find(|field| field.wire == wire)?.schema)
                });
                Some((wire, values.collect::<Option<Vec<Vec<&str>>>>()?))
            })
            .find(|(_, values)| {
                let all: Vec<&str> = values.iter().flatten().copied().collect();
                all.iter().collect::<BTreeSet<_>>().len() == all.len()
            })
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

//! Probes: components that exist only so that typify types their properties.
//!
//! Parameters, bodies, responses and the branches of unions are members of no declared struct. One
//! component per operation and union has a property for each of them; nothing refers to it, but
//! typify types every component, so the Rust type of each property can be asked for.

use crate::model::Model;

/// A probe, by what its properties are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ProbeSchema {
    /// The parameters, body and responses of the operation with this index.
    Operation(usize),
    /// The branches of the union with this index among the model's types.
    Union(usize),
    /// The client's constant headers.
    Constants,
}

/// A property of a probe: a place whose Rust type is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ProbeProperty(ProbeSchema, String);

impl ProbeSchema {
    /// One of its properties.
    pub(crate) fn property(self, name: impl Into<String>) -> ProbeProperty {
        ProbeProperty(self, name.into())
    }
}

/// The names of probes: they begin with a prefix with which no type of the model begins.
pub(crate) struct ProbeNames {
    prefix: String,
}

impl ProbeNames {
    /// Names that no type of `model` has.
    pub(crate) fn new(model: &Model) -> Self {
        let mut prefix = String::from("Probe");
        while model.types.keys().any(|name| name.starts_with(&prefix)) {
            prefix.push('x');
        }
        Self { prefix }
    }

    /// The component's name; typify's case conversion leaves it as it is.
    pub(crate) fn name(&self, probe: ProbeSchema) -> String {
        let prefix = &self.prefix;
        match probe {
            ProbeSchema::Operation(index) => format!("{prefix}Operation{index}"),
            ProbeSchema::Union(index) => format!("{prefix}Union{index}"),
            ProbeSchema::Constants => format!("{prefix}Constants"),
        }
    }

    /// The probe that typify declared under this name.
    pub(crate) fn probe(&self, name: &str) -> Option<ProbeSchema> {
        let name = name.strip_prefix(&self.prefix)?;
        if name == "Constants" {
            return Some(ProbeSchema::Constants);
        }
        if let Some(index) = name.strip_prefix("Operation") {
            return Some(ProbeSchema::Operation(index.parse().ok()?));
        }
        Some(ProbeSchema::Union(
            name.strip_prefix("Union")?.parse().ok()?,
        ))
    }
}

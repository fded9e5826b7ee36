//! Components that exist only to have their properties typed.

use crate::model::Model;

/// Whose properties a carrier types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Carrier {
    /// The parameters, body and responses of the operation with this index.
    Operation(usize),
    /// The branches of the union with this index among the model's types.
    Union(usize),
    /// The client's constant headers.
    Constants,
}

/// A property of a carrier: a place whose Rust type is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot(Carrier, String);

impl Carrier {
    /// The slot of one of its properties.
    pub(crate) fn slot(self, property: impl Into<String>) -> Slot {
        Slot(self, property.into())
    }
}

/// How carriers are named: a prefix with which no type of the model begins.
pub(crate) struct CarrierNames {
    prefix: String,
}

impl CarrierNames {
    /// Names that no type of `model` has.
    pub(crate) fn new(model: &Model) -> Self {
        let mut prefix = String::from("Carrier");
        while model.types.keys().any(|name| name.starts_with(&prefix)) {
            prefix.push('x');
        }
        Self { prefix }
    }

    /// The component's name; typify's case conversion leaves it as it is.
    pub(crate) fn name(&self, carrier: Carrier) -> String {
        let prefix = &self.prefix;
        match carrier {
            Carrier::Operation(index) => format!("{prefix}Operation{index}"),
            Carrier::Union(index) => format!("{prefix}Union{index}"),
            Carrier::Constants => format!("{prefix}Constants"),
        }
    }

    /// The carrier that typify declared under this name.
    pub(crate) fn carrier(&self, name: &str) -> Option<Carrier> {
        let name = name.strip_prefix(&self.prefix)?;
        if name == "Constants" {
            return Some(Carrier::Constants);
        }
        if let Some(index) = name.strip_prefix("Operation") {
            return Some(Carrier::Operation(index.parse().ok()?));
        }
        Some(Carrier::Union(name.strip_prefix("Union")?.parse().ok()?))
    }
}

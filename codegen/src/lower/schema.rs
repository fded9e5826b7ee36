//! The lowered form of a schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::bounds::NODE;
use crate::model::{Constant, StringFormat};

/// A named schema, by its index in [`Lowered::schemas`](super::Lowered::schemas).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(crate) usize);

/// A schema: a type, and what is said about it at this place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Schema {
    pub(crate) kind: Kind,
    /// Whether `null` is a value of it too.
    pub(crate) nullable: bool,
    /// Markdown, with what no type expresses.
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// The only valid values, where they are numbers or booleans: they tell the branches of unions
    /// apart.
    pub(crate) constants: Vec<Constant>,
}

/// What a schema describes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Any JSON value.
    Any,
    /// Any JSON value, in which a secret may be.
    Concealed,
    Boolean,
    Integer(Width),
    Number,
    String(StringFormat),
    /// Text that must not be printed.
    Secret,
    /// A file in a multipart body.
    File,
    /// Text with known values.
    Enum(Vec<String>),
    /// A list; its items are any value where nothing is said about them.
    Array(Option<Box<Schema>>),
    Object(Object),
    Union(Union),
    /// The named schema.
    Ref(SchemaId),
}

/// How large an integer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Width {
    /// 32 bits with a sign.
    I32,
    /// 64 bits with a sign.
    I64,
    /// 64 bits without a sign.
    U64,
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Object {
    pub(crate) properties: BTreeMap<String, Schema>,
    pub(crate) required: BTreeSet<String>,
    /// What properties that are not declared are; `None` where the document says nothing about
    /// them, and where requests have none.
    pub(crate) additional: Option<Box<Schema>>,
}

/// A union.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Union {
    /// `oneOf` or `anyOf`, for the places of the branches.
    pub(crate) keyword: &'static str,
    /// At least one; the order is the document's.
    pub(crate) branches: Vec<Branch>,
    pub(crate) discriminator: Option<Discriminator>,
}

/// A branch of a union.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Branch {
    pub(crate) schema: Schema,
    /// What the branch says of itself, which names it: a title, or its one constant.
    pub(crate) name: Option<String>,
    /// Whether it is no branch of the document, but for values that only several of those describe
    /// together.
    pub(crate) combined: bool,
}

/// A discriminator (OpenAPI "Discriminator Object"), with lists in the order of the branches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Discriminator {
    /// The property that selects the branch.
    pub(crate) property: String,
    /// The values that the mapping has for each branch.
    pub(crate) mapped: Vec<Vec<String>>,
    /// The names of the components that each branch is, which count where nothing else is said.
    pub(crate) components: Vec<Vec<String>>,
}

impl Schema {
    /// A schema of which nothing is known but its kind.
    pub(crate) fn of(kind: Kind) -> Self {
        Self {
            kind,
            nullable: false,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            constants: Vec::new(),
        }
    }

    /// The size of the schema in bytes, with everything below it.
    pub(crate) fn weight(&self) -> usize {
        let below: usize = match &self.kind {
            Kind::Array(items) => items.iter().map(|items| items.weight()).sum(),
            Kind::Object(object) => {
                let properties = object.properties.iter();
                let properties = properties.map(|(name, schema)| name.len() + schema.weight());
                let additional = object.additional.iter().map(|schema| schema.weight());
                properties.chain(additional).sum()
            }
            Kind::Union(union) => {
                let branches = union.branches.iter();
                branches.map(|branch| branch.schema.weight()).sum()
            }
            Kind::Enum(values) => values.iter().map(|value| NODE + value.len()).sum(),
            _ => 0,
        };
        NODE + self.description.as_ref().map_or(0, String::len) + below
    }
}

//! The types of a client: what bodies, parameters and members hold.

use super::constant::Constant;
use crate::pointer::Pointer;

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Markdown for its documentation; includes the bounds that are not checked.
    pub doc: Option<String>,
    /// What it is.
    pub shape: Shape,
    /// Reached from a request (argument or body).
    pub in_request: bool,
    /// Reached from a request's body: an optional member that may be null is absent, null or set.
    pub in_body: bool,
    /// Reached from a success response.
    pub in_success: bool,
    /// Reached from an error response: its `Debug` must not print text from the server.
    pub in_error: bool,
    /// Deprecated by the document.
    pub deprecated: bool,
    /// Where it comes from in the selected document.
    pub pointer: Pointer,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known members.
    Struct {
        /// Its members, required ones first, each group in the order of wire names.
        fields: Vec<Field>,
        /// The type of further members, where `additionalProperties` is explicit.
        additional: Option<Schema>,
    },
    /// A string with known values; unknown ones from a server are kept.
    Enum {
        /// The known values, in the document's order.
        values: Vec<EnumValue>,
    },
    /// One of several schemas (`oneOf`, `anyOf`).
    Union {
        /// The branches, in the document's order; at least two.
        branches: Vec<Branch>,
        /// The discriminator: the member that selects the branch.
        discriminator: Option<Discriminator>,
    },
    /// A secret (`format: password`) with a type of its own.
    Secret,
    /// Another schema under a name: `struct Name(pub Inner)`.
    Alias(Schema),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name in JSON.
    pub wire: String,
    /// Name in Rust, as typify's own snake case leaves it unchanged.
    pub rust: String,
    /// Its type, without the absence that `required: false` adds.
    pub schema: Schema,
    /// The values that it may have, where they are listed and its type is no enum.
    pub constants: Vec<Constant>,
    /// Whether it must be present.
    pub required: bool,
    /// Markdown.
    pub doc: Option<String>,
    /// Deprecated by the document.
    pub deprecated: bool,
    /// Which direction it goes.
    pub access: Access,
}

/// Which direction a member goes (`readOnly`, `writeOnly`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Both.
    Both,
    /// Only answers have it.
    ReadOnly,
    /// Only requests have it.
    WriteOnly,
}

/// A known value of a string enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The string in JSON.
    pub wire: String,
    /// The variant.
    pub rust: String,
}

/// The member that selects the branch of a union (OpenAPI "Discriminator Object", or
/// the constants that each branch requires).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The member's name in JSON.
    pub wire: String,
    /// Its values for each branch, in the order of the branches. No value is of two branches; a
    /// branch without any is chosen by shape.
    pub values: Vec<Vec<Constant>>,
    /// The value that a new value of each branch has; `None` where several are as good.
    pub new: Vec<Option<Constant>>,
    /// The names of the components that each branch is, until it is settled whether they count.
    pub names: Vec<Vec<String>>,
}

/// A branch of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The variant.
    pub rust: String,
    /// What it holds.
    pub schema: Schema,
    /// Whether the union would contain itself by value without a `Box` here.
    pub boxed: bool,
    /// Whether it is no branch of the document, but holds what only several of those describe.
    pub combined: bool,
}

/// A type in place: everything that needs no declaration of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Schema {
    /// Any JSON value.
    Any,
    /// Any JSON value that may hold a secret: the runtime's `json::RawJson`.
    Concealed,
    /// `true` or `false`.
    Boolean,
    /// A whole number: `i64`, or `i32` with `format: int32`.
    Integer {
        /// Whether it is 32 bits wide.
        narrow: bool,
    },
    /// A whole number that is not below zero and may be above all of `i64`: `u64`
    /// (`format: uint64`).
    Unsigned,
    /// A number: `f64`, also with `format: float`. JSON gives digits and no width, and `f32` would
    /// lose some of them.
    Number,
    /// Text, of a format that has a Rust type or of none.
    String(StringFormat),
    /// A secret without a name of its own: the runtime's `Secret`.
    Secret,
    /// A file in a multipart body: the runtime's `File`.
    File,
    /// A list.
    Array(Box<Schema>),
    /// An object whose keys are data.
    Map(Box<Schema>),
    /// A named type, by its key in [`Model::types`](super::Model::types).
    Ref(String),
    /// The schema, or JSON `null`.
    Nullable(Box<Schema>),
}

impl Schema {
    /// Whether it is a file, or a list of files.
    pub fn is_file(&self) -> bool {
        match self {
            Self::File => true,
            Self::Array(inner) | Self::Nullable(inner) => inner.is_file(),
            _ => false,
        }
    }

    /// Whether it is any JSON value, null among them.
    pub fn is_untyped(&self) -> bool {
        matches!(self, Self::Any | Self::Concealed)
    }
}

/// Formats of strings that have a Rust type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StringFormat {
    /// No format, or one without a type: `String`.
    Plain,
    /// `date`, RFC 3339 full-date.
    Date,
    /// `date-time`, RFC 3339.
    DateTime,
    /// `uuid`, RFC 9562.
    Uuid,
}

//! The types of the tables that describe OpenAPI's objects and their members.
//!
//! Selection follows the tables to find what an operation uses, and the check compares a document
//! with them. Without tables they would mistake an example for a schema, or a property named
//! `example` for an example.

/// An object of OpenAPI.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its name in the specification.
    pub(crate) name: &'static str,
    /// Its section in OpenAPI 3.1.
    pub(crate) section: &'static str,
    /// Member of `components` that contains such objects; a reference may replace them.
    pub(crate) component: Option<&'static str>,
    /// Whether `true` and `false` are allowed in place of the object.
    pub(crate) boolean: bool,
    /// Members that are read.
    pub(crate) members: &'static [Member],
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) required: bool,
}

/// The form of a value.
#[derive(Debug)]
pub(crate) enum Form {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A string or a list of strings.
    Texts,
    /// Any value; it is not walked.
    Data,
    /// An object, or a reference to one.
    Object(&'static Object),
    /// A list.
    List(&'static Form),
    /// An object whose member names are chosen by the author.
    Map(&'static Form),
    /// The same, but members that start with `x-` are extensions.
    Patterned(&'static Form),
    /// A schema by name or by reference, in a discriminator.
    Mapping,
}

impl Form {
    /// Returns the name of the form with its article, for messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Text | Self::Mapping => "a string",
            Self::Texts => "a string or a list of strings",
            Self::Flag => "a boolean",
            Self::Number => "a number",
            Self::Data => "any value",
            Self::List(_) => "a list",
            Self::Map(_) | Self::Patterned(_) | Self::Object(_) => "an object",
        }
    }
}

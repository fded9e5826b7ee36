//! The objects of OpenAPI as tables: which members they have and what stands there.
//!
//! Two stages walk them: selection, to find what an operation uses, and the check, to compare a
//! document with them. Without tables one of the two would take an example for a schema, or a
//! property named `example` for an example.

/// An object of OpenAPI.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its name in the specification.
    pub(crate) name: &'static str,
    /// Its section in OpenAPI 3.1.
    pub(crate) section: &'static str,
    /// The member of `components` that holds such objects; they may be replaced by references.
    pub(crate) component: Option<&'static str>,
    /// Whether `true` and `false` stand for one.
    pub(crate) boolean: bool,
    /// The members that are looked at.
    pub(crate) members: &'static [Member],
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) required: bool,
}

/// What stands at a place.
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
    /// Any value: not walked.
    Data,
    /// An object, or a reference to one.
    Object(&'static Object),
    /// A list.
    List(&'static Form),
    /// An object whose members are named by the author.
    Map(&'static Form),
    /// The same, but members that start with `x-` are extensions.
    Patterned(&'static Form),
    /// A schema by name or by reference, as a discriminator has it.
    Mapping,
}

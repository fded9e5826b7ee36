//! The keys and formats under which this stage leaves facts of its own in the tree.
//!
//! Each begins with [`MARK`], with which no key of a document begins: reading one is an error
//! (`internal-key`). So nothing that a document says can be mistaken for one of these facts.

/// How each of them begins.
pub(crate) const MARK: &str = "\0fact:";

/// Of an operation: the URL of its own server.
pub(crate) const SERVER: &str = "\0fact:server";

/// Of a parameter, body or response: the pointer of the object that it was taken from.
pub(crate) const ORIGIN: &str = "\0fact:origin";

/// Of a media type of a form: the parts that are files, and how they are sent.
pub(crate) const PARTS: &str = "\0fact:parts";

/// Of a union: a name or `null` for each branch.
pub(crate) const LABELS: &str = "\0fact:labels";

/// Of a branch: it is for values which only several others describe together.
pub(crate) const SEVERAL: &str = "\0fact:several";

/// Of a schema that is no text: the constants that are valid.
pub(crate) const CONSTANTS: &str = "\0fact:constants";

/// Of a discriminator: the values that its mapping has for each branch.
pub(crate) const TAG_VALUES: &str = "\0fact:values";

/// Of a discriminator: the names of the components that each branch is.
pub(crate) const TAG_NAMES: &str = "\0fact:names";

/// The format of untyped JSON that may hold a secret.
pub(crate) const CONCEALED: &str = "\0fact:concealed";

/// The format of a file in a form.
pub(crate) const FILE: &str = "\0fact:file";

/// Whether a keyword is an extension: one of a document, or a fact of this stage.
pub(super) fn is_extension(keyword: &str) -> bool {
    keyword.starts_with("x-") || keyword.starts_with(MARK)
}

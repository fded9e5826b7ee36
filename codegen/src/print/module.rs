//! The input of printing: modules and their parts.

use proc_macro2::TokenStream;

use crate::prose::Doc;

/// A source file before it is printed.
pub(crate) struct Module<'a> {
    /// The path relative to `src/`.
    pub(crate) path: String,
    /// The module documentation.
    pub(crate) doc: Doc,
    /// The inner attributes of the file.
    pub(crate) attributes: Vec<syn::Attribute>,
    /// The imports.
    pub(crate) imports: TokenStream,
    /// The items, in order. They are emitted lazily, because tokens take much memory.
    pub(crate) parts: Box<dyn Iterator<Item = Result<Part, String>> + 'a>,
}

/// Items of a source file.
pub(crate) struct Part {
    /// The `cfg` attribute of the items, if they have one.
    pub(crate) condition: Option<syn::Attribute>,
    /// The items that typify declared, which come first. They are already syntax trees.
    pub(crate) declared: Vec<syn::Item>,
    /// The items.
    pub(crate) items: TokenStream,
}

impl Part {
    /// Creates the only part of a module.
    pub(crate) fn alone<'a>(
        items: TokenStream,
    ) -> Box<dyn Iterator<Item = Result<Self, String>> + 'a> {
        Box::new(std::iter::once(Ok(Self::always(items))))
    }

    /// Creates a part without a condition.
    pub(crate) fn always(items: TokenStream) -> Self {
        Self {
            condition: None,
            declared: Vec::new(),
            items,
        }
    }
}

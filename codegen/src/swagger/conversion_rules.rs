//! The rules of the conversion that are logged: what it assumes, and what OpenAPI 3.0 cannot say.
//!
//! The rest of the conversion says the same in other words, and is not logged.

use crate::report::Loss::Unexpressed;
use crate::report::Rule;

macro_rules! rules {
    ($($(#[$meta:meta])* $name:ident $id:literal: $does:literal, loses $loss:expr;)*) => {
        $($(#[$meta])* pub(super) static $name: Rule = Rule { id: $id, does: $does, loss: $loss };)*

        static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    /// Applied by `servers`.
    SCHEME_NOT_GIVEN "scheme-not-given": "a host without `schemes` is reached by https",
        loses None;
    /// Applied by `servers`.
    WEBSOCKET_SCHEME "websocket-scheme": "the schemes `ws` and `wss` give no server",
        loses Some(Unexpressed("connections by WebSocket"));
    /// Applied by `media_types`.
    MEDIA_TYPE_NOT_GIVEN "media-type-not-given": "a body without `consumes` or `produces` is JSON",
        loses None;
    /// Applied by `form`.
    FORM_WITHOUT_MEDIA_TYPE "form-without-media-type": "a form has a media type of forms, whatever `consumes` says",
        loses None;
    /// Applied by `response`.
    FILE_RESPONSE "file-response": "a file in a response is bytes, whatever `produces` says",
        loses None;
    /// Applied by `response`.
    EXAMPLE_OF_ANOTHER_TYPE "example-of-another-type": "an example of a media type that the response does not have is dropped",
        loses None;
    /// Applied by `list_format`.
    LIST_AS_TEXT "list-as-text": "a list is text where OpenAPI 3.0 cannot say how its items are separated",
        loses Some(Unexpressed("writing a list: the caller joins or splits its items"));
}

/// Every rule of the conversion.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied()
}

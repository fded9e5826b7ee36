//! How parameters become text (OpenAPI "Parameter Object", style values).
//!
//! Any serialisable value can be given. It is taken as JSON: a boolean, number or string is a
//! primitive; `null` is absent, in a list or object too; a list or object inside a list or
//! object has no text and is an error, except in `deepObject` and in bodies. The members of an object go in the order of their names,
//! so that equal values give equal requests.
//!
//! Everything in a URL or cookie is percent-encoded except the unreserved characters of RFC 3986
//! section 2.3; a space is `%20`. Headers are not percent-encoded.

mod cookie;
mod deep;
mod form;
mod header;
mod path;
mod query;
mod value;

pub(crate) use cookie::append as append_cookie;
pub use cookie::{cookie, json_cookie};
pub(crate) use deep::{pairs as deep_pairs, tree};
pub(crate) use form::plain;
pub use form::{FormProperty, form_body, form_body_as};
pub use header::{OrDefault, accept, content_type, header, header_as, json_header, secret_header};
pub(crate) use header::{field_value, is_field_value};
pub use path::{PathStyle, path, path_as};
pub use query::{QueryStyle, query, query_as};
pub(crate) use value::percent;

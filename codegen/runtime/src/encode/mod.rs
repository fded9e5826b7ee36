//! Encodes parameters and forms as text (OpenAPI "Parameter Object", style values).
//!
//! Any serialisable value is accepted. It is first converted to JSON: booleans, numbers and strings are
//! scalars; `null` is left out, also inside lists and objects; lists and objects inside lists or
//! objects are an error, except in the style `deepObject` and in bodies. Members of objects are sorted
//! by name, so that equal values give equal requests.
//!
//! In URLs and cookies everything is percent-encoded except the unreserved characters of RFC 3986
//! section 2.3; a space is `%20`. Headers are not percent-encoded.

mod cookie;
mod deep_object;
mod form;
mod header;
mod pairs;
mod path;
mod query;
mod value;

pub(crate) use cookie::append_cookie;
pub use cookie::{cookie, json_cookie};
pub(crate) use deep_object::{name_pairs, to_json};
pub(crate) use form::text_or_json;
pub use form::{FormProperty, form_body, form_body_as};
pub use header::{OrDefault, accept, content_type, header, header_as, json_header, secret_header};
pub(crate) use header::{field_value, is_field_value};
pub use path::{PathStyle, path, path_as};
pub use query::{QueryStyle, query, query_as};
pub(crate) use value::percent_encode;

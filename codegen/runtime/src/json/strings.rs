//! String enums, which keep values that they do not list.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

use super::fit::Fit;
use super::node::Node;

/// Implements a string enum: `as_str`, `From`, comparison, ordering and hashing by text, `Deserialize`,
/// `Serialize` and [`Fits`](crate::json::Fits).
///
/// The table has one line per value: the variant and the text in JSON. The last line `..Variant` names
/// the variant for all other values.
///
/// ```
/// #[derive(Debug)]
/// enum Kind {
///     Cat,
///     BigDog,
///     Unknown(String),
/// }
///
/// openapi_client_runtime::strings!(Kind {
///     Cat: "cat",
///     BigDog: "big-dog",
///     ..Unknown
/// });
///
/// assert_eq!(Kind::from("big-dog"), Kind::BigDog);
/// assert_eq!(Kind::from("bird").as_str(), "bird");
/// ```
#[macro_export]
macro_rules! strings {
    ($name:ident { $($variant:ident: $text:literal,)* ..$unknown:ident }) => {
        impl $name {
            /// Returns the value as text, the same as in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    unknown => Self::$unknown(unknown.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_text(node, &[$($text,)*])
            }
        }

        impl<'de> $crate::json::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::read_text(deserializer)
            }
        }

        impl $crate::json::serde::Serialize for $name {
            fn serialize<S: $crate::json::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// Returns how well a string enum with these values fits.
pub fn fit_text(node: &Node, known: &[&str]) -> Option<Fit> {
    let Node::String(text) = node else {
        return None;
    };
    Some(if known.contains(&&**text) {
        Fit::EXACT
    } else {
        Fit::UNLISTED
    })
}

/// Decodes a string enum.
///
/// # Errors
///
/// If the JSON is not a string.
pub fn read_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

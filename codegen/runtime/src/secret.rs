//! Text that must not be printed.
//!
//! There are two ways to read it: serialisation, because secrets are sent in bodies, and
//! [`Secret::expose_secret`].

use std::fmt;
use std::hint::black_box;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A password, token or key.
///
/// `Debug` is redacted, there is no `Display`, and the memory is overwritten on drop. Copies in
/// requests (a header, the JSON of a body) are not overwritten.
///
/// ```
/// let secret = openapi_client_runtime::Secret::from("hunter2");
/// assert_eq!(format!("{secret:?}"), "Secret([redacted])");
/// assert_eq!(secret.expose_secret(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Returns the secret text. Do not log it.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

/// Compares in constant time for secrets of equal length. The length is not hidden.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (self.0.as_bytes(), other.0.as_bytes());
        if left.len() != right.len() {
            return false;
        }
        // Every step passes through `black_box`, so that the loop cannot end early.
        let difference = left
            .iter()
            .zip(right)
            .fold(0_u8, |seen, (a, b)| black_box(seen | (a ^ b)));
        difference == 0
    }
}

impl Eq for Secret {}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn compares_by_content() {
        assert_eq!(Secret::from("abc"), Secret::from("abc"));
        assert_ne!(Secret::from("abc"), Secret::from("abd"));
        assert_ne!(Secret::from("abc"), Secret::from("abcd"));
    }

    #[test]
    fn serialises_as_plain_text() {
        let secret: Secret = serde_json::from_str("\"a\\nb\"").unwrap();
        assert_eq!(secret.expose_secret(), "a\nb");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"a\\nb\"");
    }
}

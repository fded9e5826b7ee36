//! JSON Pointer (RFC 6901), the address of a node in a document.

use std::fmt;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The address of a node in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    tokens: Vec<String>,
}

impl Pointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns the pointer to a member or entry; `token` is not escaped.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        self.join([token])
    }

    /// Appends a member or entry; `token` is not escaped.
    pub(crate) fn push(&mut self, token: impl fmt::Display) {
        self.tokens.push(token.to_string());
    }

    /// Returns the pointer to a node several levels below.
    #[must_use]
    pub fn join<T: fmt::Display>(&self, tokens: impl IntoIterator<Item = T>) -> Self {
        let further = tokens.into_iter();
        let mut tokens = Vec::with_capacity(self.tokens.len() + further.size_hint().0);
        tokens.extend_from_slice(&self.tokens);
        tokens.extend(further.map(|token| token.to_string()));
        Self { tokens }
    }

    /// Returns the pointer to the parent, or `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.tokens.split_last()?;
        Some(Self {
            tokens: rest.to_vec(),
        })
    }

    /// Returns the unescaped tokens, outermost first.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// Returns about the size of the text in bytes.
    pub(crate) fn size(&self) -> usize {
        self.tokens.iter().map(|token| token.len() + 1).sum()
    }

    /// Returns the innermost token.
    pub fn last(&self) -> Option<&str> {
        self.tokens.last().map(String::as_str)
    }

    /// Whether `other` is this node or below it.
    pub fn contains(&self, other: &Self) -> bool {
        other.tokens.starts_with(&self.tokens)
    }

    /// Parses the text form (`/paths/~1pets`) or the URI fragment of a local reference
    /// (`#/paths/~1pets`, percent-decoded according to RFC 6901 section 6).
    pub fn parse(text: &str) -> Option<Self> {
        let decoded;
        let text = match text.strip_prefix('#') {
            Some(fragment) if !fragment.contains('%') => fragment,
            Some(fragment) => {
                decoded = percent_decode(fragment)?;
                decoded.as_str()
            }
            None => text,
        };
        if text.is_empty() {
            return Some(Self::root());
        }
        let tokens = text.strip_prefix('/')?.split('/').map(unescape).collect();
        Some(Self { tokens })
    }

    /// Returns the target of a local reference, or `None` for other references.
    pub fn of_reference(reference: &str) -> Option<Self> {
        reference.starts_with('#').then(|| Self::parse(reference))?
    }

    /// Returns a reference to this node within the same document.
    pub(crate) fn to_reference(&self) -> String {
        format!("#{}", self.to_string().replace('%', "%25"))
    }

    /// Returns the node at this address.
    pub fn get<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.tokens.iter().try_fold(root, |node, token| match node {
            Value::Object(map) => map.get(token),
            Value::Array(list) => list.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Returns the node at this address for modification.
    pub fn get_mut<'a>(&self, root: &'a mut Value) -> Option<&'a mut Value> {
        self.tokens.iter().try_fold(root, |node, token| match node {
            Value::Object(map) => map.get_mut(token),
            Value::Array(list) => list.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in &self.tokens {
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

fn unescape(token: &str) -> String {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~")
    } else {
        token.to_owned()
    }
}

/// Decodes percent-encoded text; `None` if an escape is incomplete or the bytes are not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let is_escape = |rest: &str| {
        let digits = rest.bytes().take(2);
        digits.filter(u8::is_ascii_hexdigit).count() == 2
    };
    if !text.split('%').skip(1).all(is_escape) {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn text_and_tokens_agree() {
        let pointer = Pointer::root()
            .child("paths")
            .child("/auth/revoke")
            .child("a~b");
        assert_eq!(pointer.to_string(), "/paths/~1auth~1revoke/a~0b");
        assert_eq!(
            Pointer::parse("/paths/~1auth~1revoke/a~0b"),
            Some(pointer.clone())
        );
        assert_eq!(
            Pointer::parse("#/paths/~1auth~1revoke/a%7E0b"),
            Some(pointer)
        );
        assert_eq!(Pointer::parse("#"), Some(Pointer::root()));
        assert_eq!(Pointer::parse("components/x"), None);
        assert_eq!(Pointer::parse("#/a%2"), None);
    }
}

//! JSON Pointer (RFC 6901): where in a document something is.

use std::fmt;

use serde_json::Value;

/// A place in a document, as a JSON Pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    tokens: Vec<String>,
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// This place's member or element `token`, given unescaped.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        self.join([token])
    }

    /// Goes on to this place's member or element `token`, given unescaped.
    pub(crate) fn push(&mut self, token: impl fmt::Display) {
        self.tokens.push(token.to_string());
    }

    /// A place several steps below this one.
    #[must_use]
    pub fn join<T: fmt::Display>(&self, tokens: impl IntoIterator<Item = T>) -> Self {
        let further = tokens.into_iter();
        let mut tokens = Vec::with_capacity(self.tokens.len() + further.size_hint().0);
        tokens.extend_from_slice(&self.tokens);
        tokens.extend(further.map(|token| token.to_string()));
        Self { tokens }
    }

    /// The place that holds this one; `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.tokens.split_last()?;
        Some(Self {
            tokens: rest.to_vec(),
        })
    }

    /// The unescaped tokens, outermost first.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// How many bytes its text has, more or less.
    pub(crate) fn size(&self) -> usize {
        self.tokens.iter().map(|token| token.len() + 1).sum()
    }

    /// The innermost token.
    pub fn last(&self) -> Option<&str> {
        self.tokens.last().map(String::as_str)
    }

    /// Whether `other` is this place or below it.
    pub fn contains(&self, other: &Self) -> bool {
        other.tokens.starts_with(&self.tokens)
    }

    /// Reads the text form (`/paths/~1pets`), also as a local reference's URI fragment
    /// (`#/paths/~1pets`, percent-decoded as RFC 6901 section 6 asks).
    pub fn parse(text: &str) -> Option<Self> {
        let decoded;
        let text = match text.strip_prefix('#') {
            // Few have anything to decode.
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

    /// Where a local reference leads; `None` for references to anything else.
    pub fn of_reference(reference: &str) -> Option<Self> {
        reference.starts_with('#').then(|| Self::parse(reference))?
    }

    /// A reference to this place of the same document.
    pub(crate) fn to_reference(&self) -> String {
        format!("#{}", self.to_string().replace('%', "%25"))
    }

    /// What stands at this place.
    pub fn get<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.tokens.iter().try_fold(root, |node, token| match node {
            Value::Object(map) => map.get(token),
            Value::Array(list) => list.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// What stands at this place, to be changed.
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

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
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

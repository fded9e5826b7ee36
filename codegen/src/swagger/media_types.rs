//! The media types of an operation (Swagger 2.0 "Operation Object": `consumes`, `produces`).

use serde_json::{Map, Value};

use super::conversion::Conversion;
use super::conversion_rules::MEDIA_TYPE_NOT_GIVEN;
use super::spot::Spot;
use crate::pointer::Pointer;

/// The media type of a body for which the document names none.
const JSON: &str = "application/json";

/// The media types that a document names at one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum MediaTypes {
    /// Each with its place in the text.
    Listed(Vec<(String, Pointer)>),
    /// A value of a wrong type, and its place.
    Wrong(Value, Pointer),
}

/// The media types of the operations that name none themselves (Swagger 2.0 "Swagger Object").
pub(super) struct Defaults {
    pub(super) consumes: MediaTypes,
    pub(super) produces: MediaTypes,
}

impl Defaults {
    /// The media types at the root of a document.
    pub(super) fn of(root: &Map<String, Value>) -> Self {
        let of = |name| {
            let given = MediaTypes::of(root, name, &Pointer::root());
            given.unwrap_or(MediaTypes::Listed(Vec::new()))
        };
        Self {
            consumes: of("consumes"),
            produces: of("produces"),
        }
    }
}

impl MediaTypes {
    /// The media types that an object names; an empty list is one too. A text is a list of one.
    pub(super) fn of(holder: &Map<String, Value>, name: &str, at: &Pointer) -> Option<Self> {
        let (given, at) = (holder.get(name)?, at.child(name));
        let one = |value: &Value, at: Pointer| Some((value.as_str()?.to_owned(), at));
        let listed: Option<Vec<_>> = match given {
            Value::Array(list) => {
                let places = (0_usize..).map(|index| at.child(index));
                list.iter()
                    .zip(places)
                    .map(|(value, at)| one(value, at))
                    .collect()
            }
            value => one(value, at.clone()).map(|one| vec![one]),
        };
        Some(listed.map_or_else(|| Self::Wrong(given.clone(), at), Self::Listed))
    }

    /// Whether two lists have the same names, whatever their places.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Listed(own), Self::Listed(others)) => {
                let names = own.iter().map(|(name, _)| name);
                names.eq(others.iter().map(|(name, _)| name))
            }
            (own, other) => own == other,
        }
    }

    /// The names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let listed = match self {
            Self::Listed(list) => list.as_slice(),
            Self::Wrong(..) => &[],
        };
        listed.iter().map(|(name, _)| name.as_str())
    }

    /// The same media types, or JSON for the body at `spot` where there are none.
    pub(super) fn or_json(&self, conversion: &mut Conversion<'_>, spot: &Spot) -> Self {
        match self {
            Self::Listed(list) if list.is_empty() => {
                conversion.log(&MEDIA_TYPE_NOT_GIVEN, &spot.to, "");
                Self::Listed(vec![(JSON.to_owned(), spot.from.clone())])
            }
            given => given.clone(),
        }
    }

    /// The `content` of a body: an entry for each media type (OpenAPI 3.0 "Media Type Object").
    pub(super) fn content(
        &self,
        conversion: &mut Conversion<'_>,
        to: &Pointer,
        entry: &mut dyn FnMut(&mut Conversion<'_>, &str, &Pointer) -> Map<String, Value>,
    ) -> Value {
        let list = match self {
            Self::Listed(list) => list,
            Self::Wrong(value, from) => {
                let spot = Spot {
                    from: from.clone(),
                    to: to.clone(),
                };
                return conversion.copy(value, &spot);
            }
        };
        let mut content = Map::new();
        for (name, from) in list {
            if content.contains_key(name) || conversion.is_full() {
                continue;
            }
            let spot = Spot {
                from: from.clone(),
                to: to.child(name),
            };
            conversion.derive(&spot);
            let entry = entry(conversion, name, &spot.to);
            content.insert(name.clone(), Value::Object(entry));
        }
        Value::Object(content)
    }
}

/// The type and subtype of a media type, without parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

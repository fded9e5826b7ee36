//! Operations (Swagger 2.0 "Operation Object"), and the parameters that they and their path items
//! list.

use serde_json::{Map, Value, json};

use super::conversion::Conversion;
use super::form::{self, Field};
use super::media_types::{Defaults, MediaTypes};
use super::spot::Spot;
use super::{body, parameter, response, servers};
use crate::pointer::Pointer;

/// A list of parameters: the body, the fields of a form, and the others with their places in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed<'a> {
    body: Option<Body<'a>>,
    fields: Vec<Field<'a>>,
    others: Vec<(usize, &'a Value)>,
}

/// A parameter in the body.
#[derive(Clone, Debug)]
struct Body<'a> {
    members: &'a Map<String, Value>,
    /// The entry of the list.
    entry: Pointer,
    /// The parameter itself, also where it is shared.
    from: Pointer,
}

impl<'a> Listed<'a> {
    /// Sorts out the list at a place of the document. What cannot be said in OpenAPI 3.0, as a second
    /// body, stays among the others, where the check reports it.
    pub(super) fn of(conversion: &Conversion<'a>, at: &Pointer) -> Self {
        let list = at.get(conversion.old).and_then(Value::as_array);
        let mut listed = Self::default();
        let mut fields = Vec::new();
        for (index, entry) in list.into_iter().flatten().enumerate() {
            let place = at.child(index);
            let resolved = conversion.resolve(place.clone());
            let text = |name: &str| resolved.as_ref()?.1.get(name)?.as_str();
            match (text("in"), text("name"), &resolved) {
                (Some("body"), _, Some((from, members))) if listed.body.is_none() => {
                    listed.body = Some(Body {
                        members,
                        entry: place,
                        from: from.clone(),
                    });
                }
                (Some("formData"), Some(name), Some((from, members))) => {
                    let from = from.clone();
                    let field = Field {
                        name,
                        members,
                        from,
                    };
                    fields.push((index, entry, field));
                }
                _ => listed.others.push((index, entry)),
            }
        }
        if listed.body.is_some() {
            let fields = fields.into_iter();
            listed
                .others
                .extend(fields.map(|(index, entry, _)| (index, entry)));
            listed.others.sort_by_key(|(index, _)| *index);
        } else {
            listed.fields = fields.into_iter().map(|(_, _, field)| field).collect();
        }
        listed
    }

    /// Returns the parameters that are neither body nor form.
    pub(super) fn others(&self, conversion: &mut Conversion<'_>, spot: &Spot) -> Option<Value> {
        let others = self.others.iter().enumerate();
        let others: Vec<Value> = others
            .map(|(place, (index, entry))| {
                let spot = Spot {
                    from: spot.from.child(index),
                    to: spot.to.child(place),
                };
                parameter::convert(conversion, entry, &spot)
            })
            .collect();
        (!others.is_empty()).then_some(Value::Array(others))
    }

    /// The body or form of an operation with these parameters, whose path item has `shared`.
    fn or(&self, shared: &Self) -> Self {
        if self.body.is_some() || self.fields.is_empty() && shared.body.is_some() {
            let body = self.body.clone().or_else(|| shared.body.clone());
            return Self {
                body,
                ..Self::default()
            };
        }
        let mut fields = self.fields.clone();
        for field in &shared.fields {
            if !fields.iter().any(|own| own.name == field.name) {
                fields.push(field.clone());
            }
        }
        Self {
            fields,
            ..Self::default()
        }
    }
}

/// Returns an operation in the form of OpenAPI 3.0. `shared` are the parameters of its path item.
pub(super) fn convert(
    conversion: &mut Conversion<'_>,
    operation: &Value,
    shared: &Listed<'_>,
    defaults: &Defaults,
    spot: &Spot,
) -> Value {
    let Value::Object(members) = operation else {
        return operation.clone();
    };
    let mut converted = members.clone();
    for name in ["consumes", "produces", "schemes"] {
        converted.remove(name);
    }
    if let Some(servers) = servers::of_operation(conversion, members, spot) {
        converted.insert("servers".to_owned(), servers);
    }
    let place = spot.child("parameters");
    let own = Listed::of(conversion, &place.from);
    if members.get("parameters").is_some_and(Value::is_array) {
        converted.remove("parameters");
        if let Some(others) = own.others(conversion, &place) {
            converted.insert("parameters".to_owned(), others);
        }
    }
    let consumes = MediaTypes::of(members, "consumes", &spot.from);
    let consumes = consumes.as_ref().unwrap_or(&defaults.consumes);
    let body = own.or(shared);
    if let Some(body) = request_body(conversion, &body, consumes, defaults, spot) {
        converted.insert("requestBody".to_owned(), body);
    }
    let produces = MediaTypes::of(members, "produces", &spot.from);
    let produces = produces.as_ref().unwrap_or(&defaults.produces);
    if let Some(Value::Object(responses)) = converted.get_mut("responses") {
        let spot = spot.child("responses");
        for (status, response) in responses
            .iter_mut()
            .filter(|(name, _)| !name.starts_with("x-"))
        {
            let spot = spot.child(status);
            *response = response::convert(conversion, response, produces, defaults, &spot);
        }
    }
    Value::Object(converted)
}

fn request_body(
    conversion: &mut Conversion<'_>,
    listed: &Listed<'_>,
    consumes: &MediaTypes,
    defaults: &Defaults,
    spot: &Spot,
) -> Option<Value> {
    let to = spot.to.child("requestBody");
    if let Some(found) = &listed.body {
        let shared = Pointer::root().child("parameters");
        // A shared body has the media types of the document. An operation with others has a copy.
        if found.from.parent() == Some(shared) && consumes.is_like(&defaults.consumes) {
            conversion.record(&Spot {
                from: found.entry.clone(),
                to,
            });
            let target = conversion.place_of(&found.from).to_reference();
            return Some(json!({ "$ref": target }));
        }
        let from = found.from.clone();
        let spot = Spot { from, to };
        return Some(body::convert(conversion, found.members, consumes, &spot));
    }
    let first = listed.fields.first()?;
    let from = match first.from.parent() {
        Some(list) if spot.from.contains(&list) => list,
        _ => first.from.clone(),
    };
    let spot = Spot { from, to };
    Some(form::convert(conversion, &listed.fields, consumes, &spot))
}

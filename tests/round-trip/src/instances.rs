//! Instances of schemas: the document's own examples, and some that are made from the schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::schema::Schemas;

/// How deep a made instance goes with all that is optional.
const FULL: usize = 6;

/// The turn in which an instance is of all branches of an `anyOf` at once.
const ALL_AT_ONCE: usize = 11;

/// How deep it goes below that, with what is required only.
const REQUIRED: usize = 12;

/// The document's examples by the place of the schema: beside it, and where bodies are of it.
pub fn examples(document: &Value) -> BTreeMap<String, Vec<Value>> {
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let one = schema.get("example").into_iter();
        let several = schema.get("examples").and_then(Value::as_array);
        let all = one.chain(several.into_iter().flatten()).cloned();
        let place = format!("/components/schemas/{}", token(name));
        found.entry(place).or_default().extend(all);
    }
    contents(document, document, "", &mut found);
    found
}

fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Media types that have examples, anywhere in the document.
fn contents(node: &Value, document: &Value, place: &str, found: &mut BTreeMap<String, Vec<Value>>) {
    if let Some(schema) = node.get("schema") {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|part| part.strip_prefix('#'));
        let inline = format!("{place}/schema");
        let one = node.get("example").into_iter().cloned();
        let named = node.get("examples").and_then(Value::as_object);
        let named = named
            .into_iter()
            .flat_map(Map::values)
            .filter_map(|example| {
                let target = example.get("$ref").and_then(Value::as_str);
                let target = target.and_then(|part| document.pointer(part.strip_prefix('#')?));
                target.unwrap_or(example).get("value").cloned()
            });
        let all = found
            .entry(target.map_or(inline, str::to_owned))
            .or_default();
        all.extend(one.chain(named));
    }
    match node {
        Value::Object(members) => members.iter().for_each(|(name, it)| {
            contents(it, document, &format!("{place}/{}", token(name)), found);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, it)| {
            contents(it, document, &format!("{place}/{index}"), found);
        }),
        _ => {}
    }
}

/// Instances made from a schema: with what it requires only, with all there is, and with each
/// branch of its unions and each value of its enums taken in turn.
pub fn made(schemas: &Schemas, schema: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    for (full, turn) in [
        (false, 0),
        (true, 0),
        (true, 1),
        (true, 2),
        (true, 3),
        (true, 7),
        (true, ALL_AT_ONCE),
    ] {
        let maker = Maker {
            schemas,
            full,
            turn,
        };
        let made = maker.make(schema, FULL + REQUIRED);
        if !all.contains(&made) {
            all.push(made);
        }
    }
    all
}

struct Maker<'a> {
    schemas: &'a Schemas,
    /// Whether optional members are there.
    full: bool,
    /// Which of several alternatives is taken.
    turn: usize,
}

impl Maker<'_> {
    fn make(&self, schema: &Value, depth: usize) -> Value {
        let Value::Object(members) = schema else {
            return json!({});
        };
        if let Some(target) = members.get("$ref").and_then(Value::as_str) {
            let target = self.schemas.target(target);
            return match (depth, target) {
                (0, _) | (_, None) => Value::Null,
                (_, Some(target)) => self.make(target, depth - 1),
            };
        }
        if let Some(value) = members.get("const") {
            return value.clone();
        }
        if let Some(values) = members.get("enum").and_then(Value::as_array) {
            return self.of(values).cloned().unwrap_or_default();
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(branches) = members.get(keyword).and_then(Value::as_array) {
                // A discriminator says of which branch a value is.
                let one = keyword == "oneOf" || members.contains_key("discriminator");
                if self.turn == ALL_AT_ONCE && !one {
                    let made = branches.iter();
                    let made = made.map(|value| self.make(value, depth.saturating_sub(1)));
                    let whole = made.reduce(merged).unwrap_or_default();
                    return merged(whole, self.own(members, depth));
                }
                let Some(branch) = self.of(branches) else {
                    return Value::Null;
                };
                let made = self.make(branch, depth.saturating_sub(1));
                let whole = merged(made, self.own(members, depth));
                return told(whole, branch, members.get("discriminator"));
            }
        }
        if let Some(parts) = members.get("allOf").and_then(Value::as_array) {
            let parts = parts
                .iter()
                .map(|value| self.make(value, depth.saturating_sub(1)));
            let whole = parts.reduce(merged).unwrap_or_default();
            return merged(whole, self.own(members, depth));
        }
        self.own(members, depth)
    }

    /// One of several, by turns.
    fn of<'b>(&self, all: &'b [Value]) -> Option<&'b Value> {
        all.get(self.turn % all.len().max(1))
    }

    /// What the schema's own type asks for.
    fn own(&self, members: &Map<String, Value>, depth: usize) -> Value {
        let given = members.get("type");
        let listed = given.and_then(Value::as_array);
        let one = listed.and_then(|value| self.of(value)).or(given);
        let implied = match members.contains_key("properties") {
            true => Some("object"),
            false => None,
        };
        match one.and_then(Value::as_str).or(implied) {
            Some("object") => self.object(members, depth),
            Some("array") => self.array(members, depth),
            Some("string") => text(members),
            Some("integer") => json!(bounded(members).round() as i64),
            Some("number") => json!(bounded(members) + 0.5),
            Some("boolean") => json!(self.turn.is_multiple_of(2)),
            _ => Value::Null,
        }
    }

    fn object(&self, members: &Map<String, Value>, depth: usize) -> Value {
        let mut made = Map::new();
        let required = members.get("required").and_then(Value::as_array);
        let required: Vec<&str> = required
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = members.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            let wanted = self.full && depth > REQUIRED;
            if wanted || required.contains(&name.as_str()) {
                made.insert(name.clone(), self.make(schema, depth.saturating_sub(1)));
            }
        }
        if self.full && depth > REQUIRED {
            match members.get("additionalProperties") {
                Some(open @ Value::Object(_)) => {
                    made.insert("x-further".to_owned(), self.make(open, depth - 1));
                }
                Some(Value::Bool(true)) => {
                    made.insert("x-further".to_owned(), json!({"a": [1, null]}));
                }
                _ => {}
            }
        }
        Value::Object(made)
    }

    fn array(&self, members: &Map<String, Value>, depth: usize) -> Value {
        let least = members.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let wanted = if self.full && depth > REQUIRED {
            least.max(1)
        } else {
            least
        };
        let item = members.get("items").cloned().unwrap_or_default();
        let items = (0..wanted.min(3)).map(|_| self.make(&item, depth.saturating_sub(1)));
        Value::Array(items.collect())
    }
}

/// A number within the bounds.
fn bounded(members: &Map<String, Value>) -> f64 {
    let bound = |name: &str| members.get(name).and_then(Value::as_f64);
    let low = bound("minimum").or(bound("exclusiveMinimum").map(|value| value + 1.0));
    let high = bound("maximum").or(bound("exclusiveMaximum").map(|value| value - 1.0));
    low.or(high.map(|value| value.min(1.0))).unwrap_or(1.0)
}

/// A text of the format, as long as it must be.
fn text(members: &Map<String, Value>) -> Value {
    let known = match members.get("format").and_then(Value::as_str) {
        Some("date-time") => "2024-02-29T12:34:56Z",
        Some("date") => "2024-02-29",
        Some("time") => "12:34:56Z",
        Some("uuid") => "0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0",
        Some("email") => "a@example.com",
        Some("uri" | "url") => "https://example.com/a?b=c",
        Some("ipv4" | "ip") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("hostname") => "example.com",
        Some("byte") => "YQ==",
        _ => "a",
    };
    let least = members
        .get("minLength")
        .and_then(Value::as_u64)
        .unwrap_or(0);
    let least = usize::try_from(least).unwrap_or(0).min(500);
    json!(known.repeat(least.div_ceil(known.len()).max(1)))
}

/// An instance of a branch with the value that a discriminator has for it.
fn told(mut made: Value, branch: &Value, discriminator: Option<&Value>) -> Value {
    let told = || {
        let discriminator = discriminator?;
        let member = discriminator.get("propertyName")?.as_str()?;
        let target = branch.get("$ref")?.as_str()?;
        let name = target.rsplit('/').next()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mut mapping = mapping.into_iter().flatten();
        let leads = |to: &Value| to == target || to == name;
        let value = mapping.find_map(|(value, to)| leads(to).then_some(value.as_str()));
        Some((member.to_owned(), json!(value.unwrap_or(name))))
    };
    if let (Some((member, value)), Value::Object(made)) = (told(), &mut made) {
        made.insert(member, value);
    }
    made
}

fn merged(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            one.extend(other);
            Value::Object(one)
        }
        (one, Value::Null) => one,
        (Value::Null, other) => other,
        (one, _) => one,
    }
}

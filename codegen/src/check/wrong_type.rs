//! What is done about a value of a wrong type.

use serde_json::{Value, json};

use super::repair::{Edit, Repair};
use crate::diagnostic::Cost;
use crate::keywords::{self, Class};
use crate::objects::{Form, Object};
use crate::pointer::Pointer;

/// The names of JSON types (JSON Schema 2020-12, core, section 4.2.1, and `integer`).
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// The length in bytes of the longest value that a diagnostic repeats.
const LONGEST_SHOWN: usize = 60;

/// A member that the client can do without when its type is wrong: of which object (by its name in
/// the specification), which (`*` for any), and what that costs.
type Dispensable = (&'static str, &'static str, Cost);

const DISPENSABLE: &[Dispensable] = &[
    ("Info Object", "*", Cost::Mended),
    ("Server Object", "description", Cost::Mended),
    ("Server Object", "variables", Cost::LostInPart),
    ("Operation Object", "tags", Cost::Mended),
    ("Operation Object", "summary", Cost::Mended),
    ("Operation Object", "description", Cost::Mended),
    ("Operation Object", "operationId", Cost::Mended),
    ("Operation Object", "deprecated", Cost::Mended),
    ("Operation Object", "security", Cost::LostInPart),
    ("Operation Object", "responses", Cost::LostInPart),
    ("OpenAPI Object", "security", Cost::LostInPart),
    ("OpenAPI Object", "servers", Cost::LostInPart),
    ("OpenAPI Object", "components", Cost::LostInPart),
    ("Components Object", "*", Cost::LostInPart),
    ("Parameter Object", "description", Cost::Mended),
    ("Parameter Object", "deprecated", Cost::Mended),
    ("Parameter Object", "required", Cost::Mended),
    ("Request Body Object", "description", Cost::Mended),
    ("Request Body Object", "required", Cost::Mended),
    ("Response Object", "description", Cost::Mended),
    ("Response Object", "headers", Cost::LostInPart),
    ("Response Object", "content", Cost::LostInPart),
    ("Header Object", "*", Cost::LostInPart),
    ("Security Scheme Object", "*", Cost::LostInPart),
    ("Discriminator Object", "*", Cost::LostInPart),
];

/// Returns what is done about a value that does not have the form of its place.
pub(super) fn repair(
    form: &Form,
    holder: &'static Object,
    value: &Value,
    place: &Pointer,
) -> Repair {
    if let Some((read, reading)) = coerced(form, value, holder, place) {
        return Repair::mended(reading).put(place.clone(), read);
    }
    if value.is_null() {
        return Repair::mended("read as absent").remove(place.clone());
    }
    if let Form::Object(object) = form {
        match object.name {
            "Schema Object" => {
                return Repair::lost("read as any JSON").put(place.clone(), json!({}));
            }
            "Path Item Object" => {
                let reading = "the operations of the path are unknown and left out";
                return Repair::new(Cost::LeftOut, reading).remove(place.clone());
            }
            "Info Object" => return Repair::mended("read as absent").remove(place.clone()),
            _ => {}
        }
    }
    let member = place.last().unwrap_or_default();
    match cost_without(holder, member, value) {
        Some(cost) => Repair::new(cost, format!("read as if there were no `{member}`"))
            .with(Edit::Remove(place.clone())),
        None => Repair::left_out(place),
    }
}

/// Returns what it costs to ignore a member, or `None` where the operation makes no sense without.
fn cost_without(holder: &Object, member: &str, value: &Value) -> Option<Cost> {
    // JSON Schema until draft 3 had a flag of this name in each property.
    if member == "required" && value.is_boolean() {
        return Some(Cost::Mended);
    }
    if holder.name == "Schema Object" {
        return Some(match keywords::find(member).map(|keyword| keyword.class) {
            Some(Class::Shapes | Class::Composes | Class::NotExpressed) => Cost::LostInPart,
            Some(Class::Constrains | Class::Annotates) | None => Cost::Mended,
        });
    }
    let mut rows = DISPENSABLE.iter();
    let row =
        rows.find(|(object, name, _)| *object == holder.name && (*name == member || *name == "*"));
    row.map(|(_, _, cost)| *cost)
}

/// Returns the value that is obviously meant, with a sentence about it.
fn coerced(
    form: &Form,
    value: &Value,
    holder: &Object,
    place: &Pointer,
) -> Option<(Value, String)> {
    let is_type = || {
        place
            .tokens()
            .iter()
            .rev()
            .take(2)
            .any(|name| name == "type")
    };
    let read = match (form, value) {
        (Form::Text | Form::Texts, Value::Null) if holder.name == "Schema Object" && is_type() => {
            json!("null")
        }
        (Form::Text | Form::Texts, Value::Number(number)) => json!(number.to_string()),
        (Form::Text | Form::Texts, Value::Bool(flag)) => json!(flag.to_string()),
        (Form::Flag, Value::String(text)) => Value::Bool(text.trim().parse().ok()?),
        (Form::Number, Value::String(text)) => {
            let number: serde_json::Number = text.trim().parse().ok()?;
            Value::Number(number)
        }
        (Form::List(Form::Text), Value::Null) => json!([]),
        (Form::List(_), Value::Null) if holder.name != "Schema Object" => json!([]),
        (Form::List(_), Value::String(_) | Value::Object(_)) => json!([value]),
        (Form::Map(_) | Form::Patterned(_), Value::Null) => json!({}),
        (Form::Map(Form::List(_)), Value::String(name)) => json!({ name: [] }),
        (Form::Object(object), Value::Null)
            if object.members.iter().all(|member| !member.required) =>
        {
            json!({})
        }
        (Form::Object(object), Value::String(name))
            if object.name == "Schema Object" && TYPES.contains(&name.as_str()) =>
        {
            json!({ "type": name })
        }
        _ => return None,
    };
    let shown = read.to_string();
    let reading = if shown.len() > LONGEST_SHOWN {
        "read as a value of the required type".to_owned()
    } else {
        format!("read as `{shown}`")
    };
    Some((read, reading))
}

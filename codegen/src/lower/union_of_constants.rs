//! The rule for a union whose branches are single values: an `enum`.

use serde_json::{Value, json};

use super::composed::union_of;
use super::context::Context;
use super::documented::append_description;
use super::rule::{Effect, Keywords, Node};
use super::scalars::is_secret_schema;
use crate::keywords;
use crate::prose::span;

/// `oneOf: [{const: a, title: A}, {const: b}]` lists values, which an `enum` does too. Titles
/// and descriptions of the branches are moved into the description. The values of a secret are not
/// documented.
pub(super) fn union_of_constants(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let lists = ["enum", "const", "$ref", "allOf", "discriminator"];
    let secret = is_secret_schema(schema);
    if secret || lists.iter().any(|name| schema.contains_key(*name)) {
        return Effect::Unchanged;
    }
    let Some((keyword, branches)) = union_of(schema) else {
        return Effect::Unchanged;
    };
    let values: Option<Vec<(Value, Option<String>)>> = branches.iter().map(constant).collect();
    let Some(values) = values.filter(|values| of_one_type(values)) else {
        return Effect::Unchanged;
    };
    schema.remove(keyword);
    let described = values.iter().filter_map(|(value, text)| {
        let text = text.as_ref()?;
        Some(format!("- {}: {text}", span(&text_of(value))))
    });
    let described: Vec<String> = described.collect();
    let detail = format!("{} values", values.len());
    let values = values.into_iter().map(|(value, _)| value);
    let values: Vec<Value> = values.collect();
    schema.insert("enum".to_owned(), json!(values));
    if !described.is_empty() {
        append_description(schema, &described.join("\n"));
    }
    Effect::Restart(detail)
}

/// The one value of a branch, and what the branch says of it.
fn constant(branch: &Value) -> Option<(Value, Option<String>)> {
    let branch = branch.as_object()?;
    let expected = |name: &String| {
        ["const", "enum", "type"].contains(&name.as_str()) || keywords::is_annotation(name)
    };
    if !branch.keys().all(expected) {
        return None;
    }
    let listed = branch.get("enum").and_then(Value::as_array);
    let value = match (branch.get("const"), listed.map(Vec::as_slice)) {
        (Some(value), None) | (None, Some([value])) => value,
        _ => return None,
    };
    let scalar = value.is_string() || value.is_number() || value.is_boolean();
    scalar.then(|| (value.clone(), description(branch)))
}

/// What a branch says of its value, in one line.
fn description(branch: &Keywords) -> Option<String> {
    let text = |name: &str| branch.get(name).and_then(Value::as_str);
    let text = text("description").or(text("title"))?;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn of_one_type(values: &[(Value, Option<String>)]) -> bool {
    let all = |is: fn(&Value) -> bool| values.iter().all(|(value, _)| is(value));
    values.len() > 1 && (all(Value::is_string) || all(Value::is_number) || all(Value::is_boolean))
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::context::Context;
    use super::super::rule::{Effect, Node};
    use super::union_of_constants;
    use crate::pointer::Pointer;
    use crate::resolve::References;

    #[track_caller]
    fn check(applies: bool, schema: &Value) {
        let references = References::of(schema);
        let keywords = schema.as_object().expect("it is an object").clone();
        let mut node = Node::new(keywords, &Pointer::root());
        let effect = union_of_constants(&Context::new(&references), &mut node);
        assert_eq!(matches!(effect, Effect::Restart(_)), applies, "{schema}");
    }

    #[test]
    fn values_of_one_type_are_listed() {
        check(
            true,
            &json!({ "oneOf": [{ "const": "a" }, { "enum": ["b"] }] }),
        );
        check(
            false,
            &json!({ "oneOf": [{ "const": "a" }, { "const": 1 }] }),
        );
        check(
            false,
            &json!({ "oneOf": [{ "const": "a" }, { "type": "string" }] }),
        );
    }

    #[test]
    fn values_of_a_secret_are_not_listed() {
        let union = json!([{ "const": "a", "title": "A" }, { "const": "b" }]);
        check(
            false,
            &json!({ "type": "string", "format": "password", "oneOf": union }),
        );
    }
}

//! Rules that move what Rust does not express into the documentation.

use serde_json::Value;

use super::additional_properties;
use super::context::Context;
use super::rule::{Effect, Keywords, Node};
use crate::keywords::{self, Class, Documented, Keyword};
use crate::prose::span;

/// Appends a paragraph to a schema's description.
pub(super) fn append_description(schema: &mut Keywords, text: &str) {
    let description = match schema.get("description").and_then(Value::as_str) {
        Some(before) => format!("{}\n\n{text}", before.trim_end()),
        None => text.to_owned(),
    };
    schema.insert("description".to_owned(), Value::String(description));
}

/// Takes the annotations that a user has to know out of a schema.
pub(super) fn take_annotations(schema: &mut Keywords) -> Keywords {
    let all = std::mem::take(schema);
    let (annotations, rest): (Keywords, Keywords) = all
        .into_iter()
        .partition(|(name, _)| keywords::is_kept_annotation(name));
    *schema = rest;
    annotations
}

/// Drops the keywords that no type and no sentence expresses.
pub(super) fn dropped(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    additional_properties::make_room(context, schema);
    schema.retain(|name, _| !keywords::is_annotation(name) || keywords::is_kept_annotation(name));
    let inexpressible = keywords::of_class(Class::NotExpressed);
    let mut gone: Vec<&str> = inexpressible
        .map(|keyword| keyword.name)
        .filter(|name| schema.contains_key(*name))
        .collect();
    if gone.is_empty() {
        return Effect::Unchanged;
    }
    schema.retain(|name, _| !gone.contains(&name.as_str()));
    gone.sort_unstable();
    Effect::Restart(gone.join(", "))
}

/// Documents which properties are required if another one is present.
pub(super) fn dependent_required(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    // What is not as the standard has it is left to `dropped`, which logs it.
    let Some(sentences) = schema.get("dependentRequired").and_then(dependencies) else {
        return Effect::Unchanged;
    };
    schema.remove("dependentRequired");
    if sentences.is_empty() {
        return Effect::Unchanged;
    }
    let text = sentences.join(" ");
    append_description(schema, &text);
    Effect::Applied(text)
}

/// A sentence for each entry that demands something, in the order of names.
fn dependencies(entries: &Value) -> Option<Vec<String>> {
    let mut entries: Vec<_> = entries.as_object()?.iter().collect();
    entries.sort_unstable_by_key(|(name, _)| name.as_str());
    let mut sentences = Vec::new();
    for (name, needed) in entries {
        let needed: Option<Vec<String>> = needed
            .as_array()?
            .iter()
            .map(|name| name.as_str().map(span))
            .collect();
        let demand = match needed?.as_slice() {
            [] => continue,
            [one] => format!("{one} is"),
            [most @ .., last] => format!("{} and {last} are", most.join(", ")),
        };
        sentences.push(format!("With {}, also {demand} required.", span(name)));
    }
    Some(sentences)
}

/// Documents which names the members of an object may have.
pub(super) fn property_names(context: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    // What sentences do not say as a whole is left to `dropped`, which logs it.
    let names = schema.get("propertyNames");
    let names = names.and_then(|names| {
        let is_reference = names.as_object().is_some_and(|names| names.len() == 1);
        if is_reference {
            context.resolve(names)
        } else {
            Some(names)
        }
    });
    let Some(sentences) = names.and_then(demands_on_names) else {
        return Effect::Unchanged;
    };
    schema.remove("propertyNames");
    if sentences.is_empty() {
        return Effect::Unchanged;
    }
    let text = format!("Each name: {}", sentences.join(" "));
    append_description(schema, &text);
    Effect::Applied(text)
}

/// What a schema demands of names, in sentences; `None` if they do not say all of it.
fn demands_on_names(schema: &Value) -> Option<Vec<String>> {
    if schema == &Value::Bool(true) {
        return Some(Vec::new());
    }
    let mut schema = schema.as_object()?.clone();
    schema.retain(|name, _| {
        let concerns = keywords::find(name).and_then(|keyword| keyword.concerns);
        concerns.is_none_or(|json_type| json_type == "string")
    });
    let listed = match schema.remove("enum") {
        Some(names) => Some(one_of(names.as_array()?)?),
        None => None,
    };
    if schema.remove("type").is_some_and(|of| of != "string") {
        return None;
    }
    let bounds = take_sentences(&mut schema, Class::Constrains);
    let nothing_is_left = schema
        .keys()
        .all(|name| keywords::is_annotation(name) && !keywords::is_kept_annotation(name));
    nothing_is_left.then(|| listed.into_iter().chain(bounds).collect())
}

/// A sentence that lists names; `None` if there are none, or values that are no names.
fn one_of(names: &[Value]) -> Option<String> {
    let names: Option<Vec<String>> = names.iter().map(|name| name.as_str().map(span)).collect();
    match names?.as_slice() {
        [] => None,
        [one] => Some(format!("{one}.")),
        [most @ .., last] => Some(format!("{} or {last}.", most.join(", "))),
    }
}

/// Documents bounds.
pub(super) fn bounds(_: &Context<'_>, node: &mut Node) -> Effect {
    let text = document_bounds(&mut node.keywords);
    if text.is_empty() {
        Effect::Unchanged
    } else {
        Effect::Applied(text)
    }
}

/// Moves bounds into the description; says which there were.
pub(super) fn document_bounds(schema: &mut Keywords) -> String {
    let mut sentences = Vec::new();
    for (keyword, exclusive, word) in [
        ("minimum", "exclusiveMinimum", ("More than", "At least")),
        ("maximum", "exclusiveMaximum", ("Less than", "At most")),
    ] {
        let is_exclusive = schema.remove(exclusive) == Some(Value::Bool(true));
        if let Some(bound) = schema.remove(keyword) {
            let word = if is_exclusive { word.0 } else { word.1 };
            sentences.push(format!("{word} {}.", number(&bound)));
        }
    }
    sentences.extend(take_sentences(schema, Class::Constrains));
    if schema.remove("uniqueItems") == Some(Value::Bool(true)) {
        sentences.push("No item twice.".to_owned());
    }
    let text = sentences.join(" ");
    if !text.is_empty() {
        append_description(schema, &text);
    }
    text
}

/// Documents how text is encoded and what it contains.
pub(super) fn content(_: &Context<'_>, node: &mut Node) -> Effect {
    let text = document_content(&mut node.keywords);
    if text.is_empty() {
        Effect::Unchanged
    } else {
        Effect::Applied(text)
    }
}

/// Moves the encoding and the media type of text into the description; says which there were.
pub(super) fn document_content(schema: &mut Keywords) -> String {
    let text = take_sentences(schema, Class::Annotates).join(" ");
    if !text.is_empty() {
        append_description(schema, &text);
    }
    text
}

/// Takes the keywords of a class that have a sentence, as sentences.
fn take_sentences(schema: &mut Keywords, class: Class) -> Vec<String> {
    keywords::of_class(class)
        .filter_map(|keyword| sentence(schema, keyword))
        .collect()
}

fn sentence(schema: &mut Keywords, keyword: &Keyword) -> Option<String> {
    let Documented::Sentence(sentence) = keyword.documented else {
        return None;
    };
    let value = number(&schema.remove(keyword.name)?);
    let text = sentence.replace("{}", &value);
    Some(match value.as_str() {
        "1" => text.replace("s.", "."),
        _ => text,
    })
}

/// A bound as a person writes it: `100`, not `100.0`.
fn number(bound: &Value) -> String {
    match bound {
        Value::String(text) => span(text),
        other => {
            let text = other.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
    }
}

/// Documents a default.
pub(super) fn default(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(value) = schema.remove("default").filter(|value| !value.is_null()) else {
        return Effect::Unchanged;
    };
    let text = value.to_string();
    append_description(schema, &format!("Default: {}.", span(&text)));
    Effect::Applied(text)
}

/// Uses a title as the description if there is none.
pub(super) fn title(_: &Context<'_>, node: &mut Node) -> Effect {
    let schema = &mut node.keywords;
    let Some(Value::String(title)) = schema.remove("title") else {
        return Effect::Unchanged;
    };
    if !schema.contains_key("description") && !title.trim().is_empty() {
        schema.insert("description".to_owned(), Value::String(title.clone()));
    }
    Effect::Applied(title)
}

//! Edits of a document's tree: what people and their tools do to documents, and worse.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// An edit of one node; the other tree is another seed, to take from.
struct Edit {
    /// How often it is taken, beside the others.
    weight: usize,
    apply: fn(&mut Random, &mut Value, &Value),
}

/// A larger tree would only be slow.
const LARGEST: usize = 200_000;

const EDITS: &[Edit] = &[
    Edit {
        weight: 6,
        apply: remove,
    },
    Edit {
        weight: 3,
        apply: repeat,
    },
    Edit {
        weight: 6,
        apply: splice,
    },
    Edit {
        weight: 6,
        apply: compose,
    },
    Edit {
        weight: 5,
        apply: refer,
    },
    Edit {
        weight: 4,
        apply: retype,
    },
    Edit {
        weight: 4,
        apply: keyword,
    },
    Edit {
        weight: 3,
        apply: rename,
    },
    Edit {
        weight: 2,
        apply: scalar,
    },
    Edit {
        weight: 1,
        apply: nest,
    },
];

/// Names that mean something to Rust, to OpenAPI, or to nobody.
const NAMES: &[&str] = &[
    "",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "r#type",
    "_",
    "__",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "String",
    "Option",
    "Vec",
    "Result",
    "Box",
    "Error",
    "Client",
    "body",
    "client",
    "options",
    "new",
    "default",
    "1",
    "1a",
    "ß",
    "日本",
    "a b",
    "a.b",
    "a/b",
    "a~b",
    "a%b",
    "{a}",
    "$ref",
    "\u{0}",
    "x-a",
    "Content-Type",
    "Authorization",
    "types",
    "runtime",
    "encode",
    "serde",
    "std",
];

/// Keywords with values that are right somewhere.
fn keywords(random: &mut Random) -> (&'static str, Value) {
    let all = [
        ("nullable", json!(true)),
        ("type", json!(["string", "null"])),
        ("type", json!("object")),
        ("type", json!(["string", "integer", "object", "array"])),
        ("format", json!("password")),
        ("format", json!("binary")),
        ("format", json!("date-time")),
        ("format", json!("uuid")),
        ("enum", json!(["a", "A", "", "a-b", "a_b", null])),
        ("enum", json!([1, "1", true])),
        ("const", json!("a")),
        ("default", json!({"a": [1]})),
        ("minimum", json!(-1e300)),
        ("maximum", json!(u64::MAX)),
        ("exclusiveMinimum", json!(true)),
        ("exclusiveMaximum", json!(3)),
        ("minLength", json!(10)),
        ("required", json!(["a", "b", "type"])),
        ("additionalProperties", json!(true)),
        ("additionalProperties", json!(false)),
        ("additionalProperties", json!({"type": "string"})),
        ("properties", json!({"a": {}, "A": true, "a_": false})),
        ("items", json!({})),
        ("items", json!(false)),
        ("not", json!({})),
        ("allOf", json!([])),
        ("oneOf", json!([])),
        ("anyOf", json!([{}, {"type": "null"}])),
        (
            "discriminator",
            json!({"propertyName": "a", "mapping": {"x": "Nothing"}}),
        ),
        ("readOnly", json!(true)),
        ("writeOnly", json!(true)),
        ("deprecated", json!(true)),
        ("description", json!("*/ ]] ``` \u{202e} <b>\\\n\n # a")),
        ("explode", json!(false)),
        ("style", json!("deepObject")),
        ("in", json!("cookie")),
        ("in", json!("path")),
        ("required", json!(true)),
        ("operationId", json!("new")),
        ("tags", json!(["types", "client", "a b"])),
        ("security", json!([{}, {"nobody": []}])),
        (
            "servers",
            json!([{"url": "https://{a}.example/{b}", "variables": {"a": {"default": "x"}}}]),
        ),
        (
            "content",
            json!({"multipart/form-data": {"schema": {"type": "object"}}}),
        ),
        ("content", json!({"text/plain": {}, "application/json": {}})),
        ("200", json!({"description": ""})),
        ("2XX", json!({"description": ""})),
        (
            "default",
            json!({"description": "", "content": {"*/*": {}}}),
        ),
        ("$ref", json!("#")),
    ];
    random.of(&all).clone()
}

/// A document made of another by some edits.
pub fn mutate(random: &mut Random, seed: &Value, other: &Value) -> Value {
    let mut document = seed.clone();
    let weights: usize = EDITS.iter().map(|edit| edit.weight).sum();
    for _ in 0..=random.below(6) {
        let mut at = random.below(weights);
        for edit in EDITS {
            if at < edit.weight {
                if let Some(node) = somewhere(random, &mut document) {
                    (edit.apply)(random, node, other);
                }
                break;
            }
            at -= edit.weight;
        }
        if size(&document) > LARGEST {
            return seed.clone();
        }
    }
    document
}

/// How many nodes a tree has.
fn size(node: &Value) -> usize {
    match node {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(list) => 1 + list.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// The node at this place in a walk over a tree.
fn at<'a>(node: &'a mut Value, place: &mut usize) -> Option<&'a mut Value> {
    if *place == 0 {
        return Some(node);
    }
    *place -= 1;
    match node {
        Value::Object(members) => members.values_mut().find_map(|value| at(value, place)),
        Value::Array(list) => list.iter_mut().find_map(|value| at(value, place)),
        _ => None,
    }
}

fn somewhere<'a>(random: &mut Random, document: &'a mut Value) -> Option<&'a mut Value> {
    let mut place = random.below(size(document));
    at(document, &mut place)
}

/// A part of another tree.
fn part(random: &mut Random, other: &Value) -> Value {
    let mut other = other.clone();
    let part = somewhere(random, &mut other).map(|value| value.take());
    part.filter(|value| size(value) < 2000).unwrap_or_default()
}

fn key(random: &mut Random, members: &Map<String, Value>) -> Option<String> {
    let keys: Vec<&String> = members.keys().collect();
    (!keys.is_empty()).then(|| (*random.of(&keys)).clone())
}

fn remove(random: &mut Random, node: &mut Value, _: &Value) {
    match node {
        Value::Object(members) => {
            if let Some(key) = key(random, members) {
                members.remove(&key);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            list.remove(random.below(list.len()));
        }
        other => *other = Value::Null,
    }
}

fn repeat(random: &mut Random, node: &mut Value, _: &Value) {
    match node {
        Value::Object(members) => {
            let name = (*random.of(NAMES)).to_owned();
            if let Some(value) = key(random, members).and_then(|key| members.get(&key).cloned()) {
                members.insert(name, value);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            let one = random.of(list).clone();
            list.push(one);
        }
        _ => {}
    }
}

fn splice(random: &mut Random, node: &mut Value, other: &Value) {
    let part = part(random, other);
    match node {
        Value::Object(members) => match key(random, members) {
            Some(key) if random.below(2) == 0 => {
                members.insert(key, part);
            }
            _ => {
                if let Value::Object(more) = part {
                    members.extend(more);
                }
            }
        },
        node => *node = part,
    }
}

fn compose(random: &mut Random, node: &mut Value, other: &Value) {
    let keyword = *random.of(&["oneOf", "anyOf", "allOf", "items", "additionalProperties"]);
    let inner = node.take();
    *node = match keyword {
        "items" => json!({"type": "array", "items": inner}),
        "additionalProperties" => json!({"type": "object", "additionalProperties": inner}),
        keyword => json!({ keyword: [inner, part(random, other), {"type": "null"}] }),
    };
}

/// A reference to where there is something, or not.
fn refer(random: &mut Random, node: &mut Value, _: &Value) {
    let place = *random.of(&[
        "#/components/schemas/A",
        "#/components/schemas",
        "#/components",
        "#",
        "#/paths",
        "#/",
        "",
        "#/components/schemas/A/properties/a",
        "a.yaml#/A",
        "#/%41",
        "#/~2",
    ]);
    *node = json!({"$ref": place});
}

fn retype(random: &mut Random, node: &mut Value, _: &Value) {
    let values = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1.5),
        json!(""),
        json!([]),
        json!({}),
        json!([[]]),
        json!("A"),
    ];
    *node = random.of(&values).clone();
}

fn keyword(random: &mut Random, node: &mut Value, _: &Value) {
    if let Value::Object(members) = node {
        let (keyword, value) = keywords(random);
        members.insert(keyword.to_owned(), value);
    }
}

fn rename(random: &mut Random, node: &mut Value, _: &Value) {
    if let Value::Object(members) = node
        && let Some(key) = key(random, members)
        && let Some(value) = members.remove(&key)
    {
        members.insert((*random.of(NAMES)).to_owned(), value);
    }
}

fn scalar(random: &mut Random, node: &mut Value, _: &Value) {
    match node {
        Value::String(text) => match random.below(4) {
            0 => text.clear(),
            1 => *text = text.repeat(1 + random.below(50)),
            2 => text.push_str(random.of::<&str>(NAMES)),
            _ => *text = (*random.of(NAMES)).to_owned(),
        },
        Value::Number(_) => {
            let numbers = [
                json!(u64::MAX),
                json!(i64::MIN),
                json!(1e308),
                json!(-0.0),
                json!(1e-7),
            ];
            *node = random.of(&numbers).clone();
        }
        Value::Bool(flag) => *flag = !*flag,
        _ => {}
    }
}

fn nest(random: &mut Random, node: &mut Value, _: &Value) {
    let wrap = *random.of(&["items", "properties", "allOf"]);
    for _ in 0..random.below(150) {
        let inner = node.take();
        *node = match wrap {
            "items" => json!({"type": "array", "items": inner}),
            "properties" => json!({"type": "object", "properties": {"a": inner}}),
            _ => json!({"allOf": [inner]}),
        };
    }
}

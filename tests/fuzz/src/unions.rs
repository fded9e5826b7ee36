//! JSON of chance for unions of every kind: what is read says no more than what came, reading it
//! again gives the same, and text and tree are read alike.

use std::collections::BTreeMap;

use openapi_client_runtime as runtime;
use runtime::json::RawJson;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::random::Random;

struct Circle {
    kind: i64,
    radius: Option<f64>,
    inner: Option<Box<Figure>>,
}

struct Square {
    kind: i64,
    side: f64,
    inner: Option<Box<Choice>>,
}

enum Figure {
    Circle(Circle),
    Square(Square),
    Other(Loose),
    Unknown(RawJson),
}

struct Loose {
    name: Option<String>,
    parts: Option<Vec<Choice>>,
    kind: Option<String>,
}

struct Open {
    ok: bool,
    extra: BTreeMap<String, Choice>,
}

struct Patched {
    name: Option<Option<String>>,
    inner: Option<Box<Choice>>,
    shade: Shade,
}

enum Shade {
    Dark,
    Unknown(String),
}

enum Choice {
    Loose(Loose),
    Open(Open),
    Patched(Patched),
    Figure(Box<Figure>),
    Apart(Box<Apart>),
    Combined(RawJson),
}

enum Apart {
    Word(Shade),
    Number(f64),
    Truth(bool),
    List(Vec<Choice>),
    Group(Loose),
}

runtime::object!(Circle {
    required kind: "kind" = Integer(1),
    optional radius: "radius",
    optional inner: "inner",
});
runtime::object!(Square {
    required kind: "kind" = Integer(2),
    required side: "side",
    optional inner: "inner",
});
runtime::object!(Loose {
    optional name: "name",
    optional parts: "parts",
    optional kind: "kind",
});
runtime::object!(Open {
    required ok: "ok" = Boolean(true),
    ..extra
});
runtime::object!(Patched {
    patch name: "name",
    optional inner: "inner",
    required shade: "shade",
});
runtime::strings!(Shade {
    Dark: "dark",
    ..Unknown
});
runtime::tagged!(Figure by "kind" {
    Circle(kind): Integer(1),
    Square(kind): Integer(2),
    Other: ,
    ..Unknown
});
runtime::best_match!(Choice {
    Loose,
    Open,
    Patched,
    Figure,
    Apart,
    ..Combined
});
runtime::union!(Apart {
    Word: String,
    Number: Number,
    Truth: Boolean,
    List: Array,
    Group: Object,
});

/// One value through two unions.
pub fn trial(random: &mut Random) -> Result<(), String> {
    let value = value(random, 6);
    holds::<Figure>(&value).map_err(|problem| format!("Figure: {problem}: {value}"))?;
    holds::<Choice>(&value).map_err(|problem| format!("Choice: {problem}: {value}"))
}

fn holds<T: DeserializeOwned + Serialize>(value: &Value) -> Result<(), String> {
    let text = serde_json::from_str::<T>(&value.to_string());
    let tree = serde_json::from_value::<T>(value.clone());
    let (text, tree) = match (text, tree) {
        (Err(_), Err(_)) => return Ok(()),
        (Ok(text), Ok(tree)) => (written(&text)?, written(&tree)?),
        _ => return Err("text and tree are not read alike".to_owned()),
    };
    if text != tree {
        return Err(format!("text gives {text}, the tree {tree}"));
    }
    if !says_no_more(&text, value) {
        return Err(format!("{text} says more"));
    }
    let again = serde_json::from_value::<T>(text.clone());
    let again = again.map_err(|_| format!("{text} is not read again"))?;
    let again = written(&again)?;
    if again != text {
        return Err(format!("{text} becomes {again}"));
    }
    Ok(())
}

fn written<T: Serialize>(value: &T) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| error.to_string())
}

/// Whether nothing was added and nothing became another value.
fn says_no_more(after: &Value, before: &Value) -> bool {
    match (after, before) {
        (Value::Object(after), Value::Object(before)) => after.iter().all(|(name, value)| {
            let was = before.get(name);
            was.is_some_and(|was| says_no_more(value, was))
        }),
        (Value::Array(after), Value::Array(before)) => {
            let mut pairs = after.iter().zip(before);
            after.len() == before.len() && pairs.all(|(after, before)| says_no_more(after, before))
        }
        (Value::Number(after), Value::Number(before)) => after.as_f64() == before.as_f64(),
        (after, before) => after == before,
    }
}

const NAMES: &[&str] = &[
    "kind", "radius", "side", "inner", "name", "parts", "ok", "shade", "x",
];

const WORDS: &[&str] = &["dark", "light", "1", "true", "", "\u{202e}"];

fn value(random: &mut Random, depth: usize) -> Value {
    let kinds = if depth == 0 { 6 } else { 10 };
    match random.below(kinds) {
        0 => Value::Null,
        1 => Value::from(random.below(2) == 0),
        2 => Value::from(random.below(4)),
        3 => Value::from(*random.of(&[-1.0, 0.5, 1.0, 2.0, 1e300])),
        4 => Value::from(*random.of(&[i64::MIN, i64::MAX, 9_007_199_254_740_993])),
        5 => Value::from(*random.of(WORDS)),
        6 => {
            let items = 0..random.below(4);
            items.map(|_| value(random, depth - 1)).collect()
        }
        _ => {
            let members = 0..random.below(6);
            let members = members.map(|_| {
                let name = (*random.of(NAMES)).to_owned();
                (name, value(random, depth - 1))
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

//! Parses text to a tree, with one visitor for both formats.
//!
//! The value types of the libraries are not used, because they silently keep the last of two equal
//! members, lose the text of YAML keys such as `200`, and reject integers beyond 64 bits, which real
//! documents use as bounds.

use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use crate::bounds::{self, Room};
use crate::decode::Text;
use crate::diagnostic::{Cost, Diagnostic, DiagnosticKind, Place, Tolerance};
use crate::diagnostics;
use crate::faults;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::{Input, Source};
use crate::span::{self, Positions};

/// Maximum nesting of objects and lists. Both parsers reject 128 levels themselves; later stages
/// recurse and rely on the limit.
pub const DEPTH: usize = 120;

const TOO_DEEP: &str = "nested too deeply";
const TOO_MANY: &str = "too many nodes";
const EXPANDED: &str = "too much by aliases";
const SCALAR_KEY: &str = "a key that is a scalar";

/// Parses the only tree of a text.
pub(super) fn read(text: &Text<'_>, source: &Source, report: &mut Report) -> Result<Value, Stop> {
    let mut notes = Notes::of(text.text);
    let read = if text.is_json() {
        json(text.text, &mut notes)
    } else {
        yaml(text.text, &mut notes)
    };
    match read {
        Ok(root) if notes.oddities.is_empty() => Ok(root),
        Ok(root) => {
            let positions = Positions::of(source);
            let tolerant = source.input == Input::Document && !report.is_strict();
            let mut readable = true;
            for oddity in notes.oddities {
                let tolerance = oddity.tolerance.clone().filter(|_| tolerant);
                readable &= tolerance.is_some();
                let node = oddity.pointer();
                let mut diagnostic = oddity.diagnostic(source, &positions);
                if let Some(Tolerance { cost, reading }) = &tolerance {
                    let detail = format!("{}: {reading}", diagnostic.kind.id);
                    report.apply(faults::rule(*cost), &node, detail);
                }
                diagnostic.tolerance = tolerance;
                report.push(diagnostic);
            }
            readable.then_some(root).ok_or(Stop)
        }
        Err(failure) => {
            let at = failure.offset.min(text.text.len().saturating_sub(1)) + text.base;
            let place = Place::Bytes(source.input, at..at + 1);
            report.push(Diagnostic::new(failure.kind, place, failure.message));
            Err(Stop)
        }
    }
}

/// Why a text cannot be parsed.
struct Failure {
    kind: &'static DiagnosticKind,
    message: String,
    offset: usize,
}

impl Failure {
    /// Classifies an error of a library, which has only a message.
    fn new(error: &str, offset: usize) -> Self {
        let (kind, message) = if error.contains(TOO_DEEP) || error.contains("recursion limit") {
            let message = format!("nested more than {DEPTH} levels deep");
            (&diagnostics::TOO_DEEP, message)
        } else if error.contains(TOO_MANY) {
            let message = format!("the input has more than {} nodes", bounds::NODES);
            (&diagnostics::TOO_MANY_NODES, message)
        } else if error.contains(EXPANDED) || error.contains("repetition limit exceeded") {
            let message = "aliases expand to much more than the written text";
            (&diagnostics::ALIAS_EXPANSION, message.to_owned())
        } else if error.contains(SCALAR_KEY) {
            (
                &diagnostics::YAML_KEY,
                "this key is not a scalar".to_owned(),
            )
        } else {
            (&diagnostics::SYNTAX, error.to_owned())
        };
        Self {
            kind,
            message,
            offset,
        }
    }
}

fn json(text: &str, notes: &mut Notes) -> Result<Value, Failure> {
    let mut input = serde_json::Deserializer::from_str(text);
    let root = Node::new(notes, false).deserialize(&mut input);
    root.and_then(|root| input.end().map(|()| root))
        .map_err(|error| {
            let message = error.to_string();
            let (reason, _) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
            let offset = line_start(text, error.line()) + error.column().saturating_sub(1);
            Failure::new(reason, offset)
        })
}

fn yaml(text: &str, notes: &mut Notes) -> Result<Value, Failure> {
    if let Some(offset) = too_deep_at(text) {
        return Err(Failure::new(TOO_DEEP, offset));
    }
    if let Some(offset) = too_many_at(text) {
        return Err(Failure::new(TOO_MANY, offset));
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Ok(Value::Null);
    };
    let root = Node::new(notes, true).deserialize(first).map_err(|error| {
        let message = error.to_string();
        let (reason, _) = message.split_once(" at line ").unwrap_or((&message, ""));
        let index = error.location().map_or(0, |location| location.index());
        let offset = text.char_indices().nth(index);
        Failure::new(reason, offset.map_or(text.len(), |(at, _)| at))
    })?;
    match documents.next() {
        None => Ok(root),
        Some(_) => Err(Failure {
            kind: &diagnostics::SEVERAL_DOCUMENTS,
            message: "a second YAML document starts here".to_owned(),
            offset: span::second_document(text).unwrap_or_default(),
        }),
    }
}

/// Returns the offset of a line's first byte; lines are numbered from 1.
fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum()
}

/// Returns the offset of a node that is nested too deeply. The YAML library detects it too, but only
/// after a time quadratic in the nesting.
fn too_deep_at(text: &str) -> Option<usize> {
    const SUSPICIOUS: usize = 1000;
    let mut depth: usize = 0;
    let suspicious = text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > SUSPICIOUS
    });
    // Only a parser can tell brackets from those in text.
    suspicious.then(|| span::deeper_than(text, DEPTH))?
}

/// Returns the offset of the first node beyond the limit. The YAML library stores all nodes before
/// it returns the first.
fn too_many_at(text: &str) -> Option<usize> {
    let signs = text.bytes().filter(|byte| b"-:?,[{".contains(byte)).count();
    // No character begins more than a collection, a key and a value.
    let suspicious = signs.saturating_mul(3) > bounds::NODES;
    // Keys are nodes too in the YAML library.
    suspicious.then(|| span::nth_node(text, 2 * bounds::NODES))?
}

/// The problems of a tree, and the remaining budgets.
struct Notes {
    oddities: Vec<Oddity>,
    /// Nodes, and bytes of their text, that may still be read. An alias is counted at each use.
    nodes: Room,
    text: Room,
}

impl Notes {
    fn of(text: &str) -> Self {
        Self {
            oddities: Vec::new(),
            nodes: Room::new(bounds::NODES),
            text: Room::new(text.len() + bounds::ADDED),
        }
    }
}

/// Something that the format allows and a tree cannot represent.
struct Oddity {
    kind: &'static DiagnosticKind,
    detail: String,
    /// How it is read in a document, unless the run is strict.
    tolerance: Option<Tolerance>,
    /// Its pointer, innermost token first. The visitor adds the tokens on its way back.
    reversed: Vec<String>,
}

impl Oddity {
    fn pointer(&self) -> Pointer {
        Pointer::root().join(self.reversed.iter().rev())
    }

    fn diagnostic(self, source: &Source, positions: &Positions) -> Diagnostic {
        let pointer = self.pointer();
        let repeated = positions.repeated(&pointer);
        let place = match repeated {
            Some(range) if *self.kind == diagnostics::DUPLICATE_KEY => {
                Place::Bytes(source.input, range)
            }
            _ => Place::Node(source.input, pointer),
        };
        Diagnostic::new(self.kind, place, self.detail)
    }
}

/// Reads one node.
struct Node<'a> {
    notes: &'a mut Notes,
    yaml: bool,
    depth: usize,
}

impl<'a> Node<'a> {
    fn new(notes: &'a mut Notes, yaml: bool) -> Self {
        Self {
            notes,
            yaml,
            depth: 0,
        }
    }

    /// Returns the visitor of a child.
    fn child(&mut self) -> Node<'_> {
        Node {
            notes: self.notes,
            yaml: self.yaml,
            depth: self.depth + 1,
        }
    }

    fn note(&mut self, kind: &'static DiagnosticKind, detail: String) {
        self.notes.oddities.push(Oddity {
            kind,
            detail,
            tolerance: None,
            reversed: Vec::new(),
        });
    }

    /// Reads a value whose key occurred before, with another value.
    fn repeated(&mut self, key: &str, first: Value, again: Value) -> Value {
        let (cost, reading, value) = match (first, again) {
            (first, again) if first == again => (Cost::Mended, "both are the same", again),
            (Value::Object(mut first), Value::Object(again))
                if again.keys().all(|name| !first.contains_key(name)) =>
            {
                first.extend(again);
                let reading = "read as one object with the members of both";
                (Cost::Mended, reading, Value::Object(first))
            }
            (_, again) => (Cost::LostInPart, "the last one counts", again),
        };
        self.notes.oddities.push(Oddity {
            kind: &diagnostics::DUPLICATE_KEY,
            detail: format!("`{key}` occurs twice"),
            tolerance: Some(Tolerance {
                cost,
                reading: reading.to_owned(),
            }),
            reversed: Vec::new(),
        });
        value
    }

    /// Adds `token` to the pointer of every oddity since `mark`.
    fn within(&mut self, mark: usize, token: impl Fn() -> String) {
        for oddity in self.notes.oddities.iter_mut().skip(mark) {
            oddity.reversed.push(token());
        }
    }

    /// Spends the bytes of a scalar or of a key.
    fn spend<E: de::Error>(&mut self, text: &str) -> Result<(), E> {
        if self.notes.text.take(text.len()) {
            Ok(())
        } else {
            Err(E::custom(EXPANDED))
        }
    }

    fn enter<E: de::Error>(&self) -> Result<(), E> {
        if self.depth < DEPTH {
            Ok(())
        } else {
            Err(E::custom(TOO_DEEP))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Value, D::Error> {
        if !self.notes.nodes.take(1) {
            return Err(de::Error::custom(TOO_MANY));
        }
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    // A YAML text of comments alone.
    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    // An integer beyond 64 bits becomes the nearest float, as in the JSON parser.
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E>(mut self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or_else(
            || {
                self.note(
                    &diagnostics::YAML_NUMBER,
                    format!("`{value}` is not a number in JSON"),
                );
                Value::Null
            },
            Value::Number,
        ))
    }

    fn visit_str<E: de::Error>(mut self, value: &str) -> Result<Value, E> {
        self.spend(value)?;
        Ok(Value::from(value))
    }

    fn visit_string<E: de::Error>(mut self, value: String) -> Result<Value, E> {
        self.spend(&value)?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut list = Vec::new();
        loop {
            let mark = self.notes.oddities.len();
            let Some(element) = seq.next_element_seed(self.child())? else {
                return Ok(Value::Array(list));
            };
            self.within(mark, || list.len().to_string());
            list.push(element);
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut map = Map::new();
        while let Some(key) = access.next_key_seed(Key)? {
            self.spend(&key)?;
            let mark = self.notes.oddities.len();
            let mut value = access.next_value_seed(self.child())?;
            if key.len() > bounds::KEY {
                let size = key.len();
                self.note(&diagnostics::LONG_KEY, format!("this key has {size} bytes"));
            }
            if let Some(first) = map.remove(&key) {
                value = self.repeated(&key, first, value);
            }
            self.within(mark, || key.clone());
            map.insert(key, value);
        }
        if self.yaml {
            merge(&mut map);
        }
        Ok(Value::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(mut self, access: A) -> Result<Value, A::Error> {
        let (tag, content) = access.variant::<String>()?;
        self.note(&diagnostics::YAML_TAG, format!("`!{tag}` is a tag of YAML"));
        content.newtype_variant_seed(self.child())
    }
}

/// Applies YAML's merge key: adds the members of the mappings under `<<` that are missing.
fn merge(map: &mut Map<String, Value>) {
    let sources = match map.get("<<") {
        Some(Value::Object(_)) => map.remove("<<").into_iter().collect(),
        Some(Value::Array(list)) if list.iter().all(Value::is_object) => match map.remove("<<") {
            Some(Value::Array(list)) => list,
            _ => return,
        },
        _ => return,
    };
    for source in sources {
        if let Value::Object(source) = source {
            for (key, value) in source {
                map.entry(key).or_insert(value);
            }
        }
    }
}

/// Reads a key as it is written: `200` and `true` are keys like any other.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<String, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SCALAR_KEY)
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }
}

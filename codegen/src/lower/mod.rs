//! Turns OpenAPI 3.0 and 3.1 into one small language that every later stage understands.
//!
//! A table of rules (`rules`) is walked over every schema, outermost first; operations are brought
//! into one form before (`operations`). Each application is logged with its place and what
//! is lost by it. What is lost but can be said is moved into the description.

mod compose;
mod media;
mod operations;
mod prose;
mod rules;
mod values;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::report::{Report, Rule};
pub(crate) use media::{kind as body_kind, response_kind};
pub(crate) use operations::ORIGIN;
use rules::{Effect, TABLE};

/// A document without references except to named schemas, in the small language:
///
/// - schemas have one `type`, `nullable`, `enum` of strings, `properties`, `required`, `items`,
///   `additionalProperties`, `oneOf`/`anyOf`, `format`, `$ref` beside annotations, and prose;
/// - operations hold their parameters, bodies and responses themselves, one media type each.
#[derive(Clone, Debug)]
pub struct Lowered {
    pub(crate) root: Value,
    /// The named schemas.
    pub(crate) schemas: BTreeMap<String, Value>,
    /// The operations by path, then method, each with what the path item gave it.
    pub(crate) operations: Vec<LoweredOperation>,
}

/// One operation in the small language.
#[derive(Clone, Debug)]
pub(crate) struct LoweredOperation {
    pub(crate) path: String,
    pub(crate) method: String,
    pub(crate) object: Map<String, Value>,
    pub(crate) pointer: Pointer,
}

/// Applies both tables. Structure has been checked before; what is malformed all the same is
/// passed over.
pub fn lower(root: &Value, report: &mut Report) -> Lowered {
    let mut operations = operations::collect(root, report);
    let context = Context { root };
    let mut schemas = BTreeMap::new();
    let place = Pointer::root().join(["components", "schemas"]);
    if let Some(Value::Object(named)) = place.get(root) {
        for (name, schema) in sorted(named) {
            let mut schema = schema.clone();
            context.schema(&mut schema, &place.child(name), report);
            schemas.insert(name.clone(), schema);
        }
    }
    for operation in &mut operations {
        let pointer = operation.pointer.clone();
        operations::schemas(&mut operation.object, &pointer, &mut |schema, pointer| {
            context.schema(schema, pointer, report);
        });
    }
    operations::deep_references(&context, &mut operations, &mut schemas, report);
    Lowered {
        root: root.clone(),
        schemas,
        operations,
    }
}

/// Every rule of this stage.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let schemas = TABLE
        .iter()
        .map(|row| row.rule)
        .chain([&rules::FALSE_SCHEMA]);
    let mut all: Vec<&'static Rule> = schemas.chain(operations::ALL.iter().copied()).collect();
    all.sort_by_key(|rule| rule.id);
    all.dedup_by_key(|rule| rule.id);
    all.into_iter()
}

/// The members of a map in the order of their names, whatever order the map keeps.
pub(crate) fn sorted(map: &Map<String, Value>) -> BTreeMap<&String, &Value> {
    map.iter().collect()
}

/// What rules may look at beyond their own node.
pub(crate) struct Context<'a> {
    /// The document before lowering.
    pub(crate) root: &'a Value,
}

/// A node may be rewritten so often before it is taken as it is.
const RESTARTS: usize = 64;

impl Context<'_> {
    /// Lowers a schema and everything below it.
    pub(crate) fn schema(&self, node: &mut Value, pointer: &Pointer, report: &mut Report) {
        if let Value::Bool(allowed) = node {
            if !*allowed {
                report.apply(&rules::FALSE_SCHEMA, pointer, "");
            }
            *node = Value::Object(Map::new());
        }
        let Value::Object(schema) = node else { return };
        for _ in 0..RESTARTS {
            if !self.pass(schema, pointer, report) {
                break;
            }
        }
        for keyword in ["properties", "patternProperties"] {
            let Some(Value::Object(members)) = schema.get_mut(keyword) else {
                continue;
            };
            let place = pointer.child(keyword);
            let names: Vec<String> = sorted(members).into_keys().cloned().collect();
            for name in names {
                if let Some(member) = members.get_mut(&name) {
                    self.schema(member, &place.child(&name), report);
                }
            }
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(member @ Value::Object(_)) = schema.get_mut(keyword) {
                self.schema(member, &pointer.child(keyword), report);
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
                continue;
            };
            let place = pointer.child(keyword);
            for (index, branch) in branches.iter_mut().enumerate() {
                self.schema(branch, &place.child(index), report);
            }
        }
    }

    /// One walk over the table; whether it must be walked again.
    fn pass(
        &self,
        schema: &mut Map<String, Value>,
        pointer: &Pointer,
        report: &mut Report,
    ) -> bool {
        for row in TABLE {
            match (row.rewrite)(self, schema) {
                Effect::None => {}
                Effect::Silent => return true,
                Effect::Done(detail) => report.apply(row.rule, pointer, detail),
                Effect::Again(detail) => {
                    report.apply(row.rule, pointer, detail);
                    return true;
                }
            }
        }
        false
    }

    /// What a chain of local references ends in; `None` for a cycle or nothing.
    pub(crate) fn resolve<'b>(&'b self, mut node: &'b Value) -> Option<&'b Value> {
        for _ in 0..RESTARTS {
            match node.get("$ref").and_then(Value::as_str) {
                None => return Some(node),
                Some(reference) => node = Pointer::parse(reference)?.get(self.root)?,
            }
        }
        None
    }
}

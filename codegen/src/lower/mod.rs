//! Turns OpenAPI 3.0 and 3.1 into one small language that every later stage understands.
//!
//! A table of rules (`rules`) is walked over every schema, outermost first; operations are brought
//! into one form before (`operations`). Each application is logged with its place and what
//! is lost by it. What is lost but can be said is moved into the description.

mod apart;
mod compose;
mod discriminate;
mod internal;
mod labels;
mod media;
mod open;
mod operations;
mod parts;
mod prose;
mod refine;
mod rules;
mod secrets;
mod servers;
mod shared;
mod unsaid;
mod values;

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::bounds::Room;
use crate::pointer::Pointer;
use crate::report::{Report, Rule, Stop};
pub(crate) use internal::{
    CONCEALED, CONSTANTS, FILE, LABELS, MARK, ORIGIN, PARTS, SERVER, SEVERAL, TAG_NAMES, TAG_VALUES,
};
pub(crate) use labels::is_branch_name;
pub(crate) use media::{kind as body_kind, response_kind};
use rules::{Effect, TABLE};
use secrets::Secrets;
pub(crate) use servers::url as server_url;
use shared::Shared;
pub(crate) use values::is_secret;
pub(crate) use values::is_told_by_examples;

/// A document without references except to named schemas, in the small language:
///
/// - schemas have one `type`, `nullable`, `enum` of strings, `properties`, `required`, `items`,
///   `additionalProperties`, `oneOf`/`anyOf`, `format`, `$ref` beside annotations, and prose;
/// - operations hold their parameters, bodies and responses themselves, one media type each.
#[derive(Clone, Debug)]
pub struct Lowered<'a> {
    /// The document before this stage, for what is no schema and no operation.
    pub(crate) root: &'a Value,
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
///
/// # Errors
///
/// [`Stop`] if more is copied than any document needs.
pub fn lower<'a>(root: &'a Value, report: &mut Report) -> Result<Lowered<'a>, Stop> {
    let mut operations = operations::collect(root, report);
    let mut lowering = Lowering::new(root);
    let mut schemas = BTreeMap::new();
    let place = Pointer::root().join(["components", "schemas"]);
    if let Some(Value::Object(named)) = place.get(root) {
        for (name, schema) in sorted(named) {
            let mut schema = schema.clone();
            lowering.schema(&mut schema, &place.child(name), report);
            schemas.insert(name.clone(), schema);
        }
    }
    for operation in &mut operations {
        let pointer = operation.pointer.clone();
        let texts = lowering.secrets.mark_texts(&mut operation.object);
        for media_type in texts {
            report.apply(&rules::CONCEALED, &pointer, media_type);
        }
        operations::schemas(&mut operation.object, &pointer, &mut |schema, pointer| {
            lowering.schema(schema, pointer, report);
        });
    }
    operations::deep_references(&mut lowering, &mut operations, &mut schemas, report);
    if report.is_full() {
        return Err(Stop);
    }
    Ok(Lowered {
        root,
        schemas,
        operations,
    })
}

/// Every rule of this stage.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let schemas = TABLE
        .iter()
        .map(|row| row.rule)
        .chain([&rules::FALSE_SCHEMA, &rules::CONCEALED]);
    let mut all: Vec<&'static Rule> = schemas
        .chain(operations::ALL.iter().copied())
        .chain(servers::ALL.iter().copied())
        .chain(unsaid::ALL.iter().copied())
        .chain(crate::select::LEFT_BEHIND.iter().copied())
        .collect();
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
    /// How many bytes rules may still copy.
    room: Cell<Room>,
    /// How often schemas may still be compared.
    comparisons: Cell<Room>,
}

/// A node may be rewritten so often before it is taken as it is.
const RESTARTS: usize = 64;

/// The walk over every schema.
pub(crate) struct Lowering<'a> {
    context: Context<'a>,
    shared: Shared,
    secrets: Secrets,
}

/// What a walk over the table did to a node.
#[derive(Clone, Copy, Default)]
struct Passed {
    /// The table must be walked again.
    again: bool,
    /// Parts of the node, or of what it refers to, may now stand in several places.
    copied: bool,
    /// Each branch of the union was made here, from the whole node.
    distributed: bool,
    /// Values of the union may need several of its branches.
    several: bool,
}

impl<'a> Lowering<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            context: Context::new(root),
            shared: Shared::default(),
            secrets: Secrets::of(root),
        }
    }

    /// What a reference to somewhere else than a named schema means, before it is lowered.
    pub(crate) fn target(&self, place: &Pointer) -> Value {
        let shared = self.shared.get(place);
        let target = shared.or_else(|| place.get(self.context.root));
        target.cloned().unwrap_or_default()
    }

    /// Lowers a schema and everything below it.
    pub(crate) fn schema(&mut self, node: &mut Value, pointer: &Pointer, report: &mut Report) {
        self.node(node, pointer, false, report);
    }

    /// Lowers a schema below another, which may have been `copied`.
    fn below(&mut self, node: &mut Value, pointer: &Pointer, copied: bool, report: &mut Report) {
        if copied && node.as_object().is_some_and(|it| self.composes(it)) {
            self.shared.replace(self.context.root, node, pointer);
        } else {
            self.node(node, pointer, copied, report);
        }
    }

    fn composes(&self, schema: &Map<String, Value>) -> bool {
        shared::composes(schema) && !refine::refines(&self.context, schema)
    }

    fn node(&mut self, node: &mut Value, pointer: &Pointer, copied: bool, report: &mut Report) {
        if let Value::Bool(allowed) = node {
            if !*allowed {
                report.apply(&rules::FALSE_SCHEMA, pointer, "");
            }
            *node = Value::Object(Map::new());
        }
        let hides = self.secrets.may_hide(node);
        let Value::Object(schema) = node else { return };
        // A composition may also come out where a union or another composition goes.
        let may_come_out = copied && !self.composes(schema);
        let mut done = Passed {
            copied,
            ..Passed::default()
        };
        for _ in 0..RESTARTS {
            if may_come_out && self.composes(schema) {
                self.shared.replace(self.context.root, node, pointer);
                return;
            }
            let passed = self.context.pass(schema, pointer, report);
            if report.is_full() {
                return;
            }
            done.copied |= passed.copied;
            done.distributed |= passed.distributed;
            done.several |= passed.several;
            if !passed.again {
                break;
            }
        }
        self.inner(schema, pointer, done, report);
        if hides && secrets::conceal(schema) {
            report.apply(&rules::CONCEALED, pointer, "");
        }
    }

    /// Lowers what stands inside of a schema, according to what was done to the schema itself.
    fn inner(
        &mut self,
        schema: &mut rules::Node,
        pointer: &Pointer,
        done: Passed,
        report: &mut Report,
    ) {
        let copied = done.copied;
        for keyword in ["properties", "patternProperties"] {
            let Some(Value::Object(members)) = schema.get_mut(keyword) else {
                continue;
            };
            let place = pointer.child(keyword);
            let names: Vec<String> = sorted(members).into_keys().cloned().collect();
            for name in names {
                if let Some(member) = members.get_mut(&name) {
                    self.below(member, &place.child(&name), copied, report);
                }
            }
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(member @ Value::Object(_)) = schema.get_mut(keyword) {
                self.below(member, &pointer.child(keyword), copied, report);
            }
        }
        labels::label(schema);
        for keyword in ["oneOf", "anyOf"] {
            let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
                continue;
            };
            let place = pointer.child(keyword);
            for (index, branch) in branches.iter_mut().enumerate() {
                if done.distributed {
                    self.node(branch, &place.child(index), copied, report)
                } else {
                    self.below(branch, &place.child(index), copied, report)
                }
            }
        }
        if let (true, Some(Value::Array(branches))) = (done.several, schema.get_mut("anyOf")) {
            branches.push(compose::several());
        }
    }
}

impl<'a> Context<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            root,
            room: Cell::default(),
            comparisons: Cell::new(Room::new(apart::STEPS)),
        }
    }

    /// Whether a rule may copy so many bytes.
    pub(crate) fn copies(&self, bytes: usize) -> bool {
        let mut room = self.room.get();
        let fits = room.take(bytes);
        self.room.set(room);
        fits
    }

    /// Whether schemas may be compared in so many steps.
    fn compares(&self, steps: usize) -> bool {
        let mut room = self.comparisons.get();
        let fits = room.take(steps);
        self.comparisons.set(room);
        fits
    }

    /// One walk over the table.
    fn pass(
        &self,
        schema: &mut Map<String, Value>,
        pointer: &Pointer,
        report: &mut Report,
    ) -> Passed {
        let again = Passed {
            again: true,
            ..Passed::default()
        };
        let mut several = false;
        for row in TABLE {
            if self.room.get().is_used_up() {
                let _ = report.copy(usize::MAX, pointer);
            }
            if report.is_full() {
                break;
            }
            match (row.rewrite)(self, schema) {
                Effect::None => {}
                Effect::Silent => return again,
                Effect::Done(detail) => {
                    several |= row.rule == &rules::ANY_OF;
                    report.apply(row.rule, pointer, detail);
                }
                Effect::Again(detail) => {
                    report.apply(row.rule, pointer, detail);
                    let distributed = [&rules::TYPES, &rules::BASE_OF_UNION].contains(&row.rule);
                    return Passed {
                        again: true,
                        copied: distributed || row.rule == &rules::ALL_OF_MERGED,
                        distributed,
                        ..Passed::default()
                    };
                }
            }
        }
        Passed {
            several,
            ..Passed::default()
        }
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

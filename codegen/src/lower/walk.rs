//! The walk over every schema: the table of rules first, outermost schema first, then the typed form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::branch_names;
use super::context::Context;
use super::hoist::{self, Hoisted};
use super::members::{is_set, text};
use super::narrowing;
use super::rule::{Effect, Keywords, Node};
use super::schema::{Branch, Kind, Object, Schema, Union, Width};
use super::schema_ids::SchemaIds;
use super::schema_rules::{CONCEALED, FALSE_SCHEMA, TABLE};
use super::secret_taint::{self, Secrets};
use crate::keywords::UNIONS;
use crate::model::StringFormat;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::resolve::Resolved;

/// How often a schema may be rewritten. After that it is used as it is.
const RESTARTS: usize = 64;

/// Lowers schemas.
pub(super) struct Lowering<'a> {
    root: &'a Value,
    context: Context<'a>,
    hoisted: Hoisted,
    pub(super) ids: SchemaIds,
    pub(super) secrets: Secrets,
}

/// What rules have done to a schema so far.
#[derive(Clone, Copy, Default)]
struct Rewritten {
    /// Parts of the schema, or of what it refers to, may now be in several places.
    copied: bool,
    /// Each branch of the union was made here, from the whole schema.
    distributed: bool,
}

/// The result of one pass over the table.
enum Pass {
    /// The table has to be gone through again.
    Again,
    /// No rule changed the schema so that another could apply.
    Done,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(resolved: &'a Resolved<'a>, ids: SchemaIds) -> Self {
        Self {
            root: resolved.root(),
            context: Context::new(&resolved.references),
            hoisted: Hoisted::default(),
            ids,
            secrets: Secrets::of(resolved.root(), &resolved.references),
        }
    }

    /// Lowers a schema and everything below it.
    pub(super) fn schema(&mut self, value: Value, place: &Pointer, report: &mut Report) -> Schema {
        self.lower(value, place, false, report)
    }

    /// The schema of a place that a reference leads to: a hoisted one, or the document's.
    pub(super) fn target(&self, place: &Pointer) -> Value {
        let hoisted = self.hoisted.get(place);
        let target = hoisted.or_else(|| place.get(self.root));
        target.cloned().unwrap_or_default()
    }

    /// Lowers a schema below another, which may have been `copied`.
    fn lower_child(
        &mut self,
        value: Value,
        place: &Pointer,
        copied: bool,
        report: &mut Report,
    ) -> Schema {
        match value {
            Value::Object(keywords) if copied && self.composes(&keywords, place) => {
                self.hoist(keywords, place)
            }
            value => self.lower(value, place, copied, report),
        }
    }

    /// Whether lowering the schema copies others, or parts of itself.
    fn composes(&self, keywords: &Keywords, place: &Pointer) -> bool {
        hoist::composes(keywords) && !narrowing::applies(&self.context, keywords, place)
    }

    /// Replaces a schema by a reference to one shared copy.
    fn hoist(&mut self, keywords: Keywords, place: &Pointer) -> Schema {
        let flag = |name: &str| is_set(&keywords, name);
        let (deprecated, read_only, write_only) =
            (flag("deprecated"), flag("readOnly"), flag("writeOnly"));
        let place = self
            .hoisted
            .place(self.root, &Value::Object(keywords), place);
        Schema {
            deprecated,
            read_only,
            write_only,
            ..Schema::of(Kind::Ref(self.ids.of(&place)))
        }
    }

    fn lower(
        &mut self,
        value: Value,
        place: &Pointer,
        copied: bool,
        report: &mut Report,
    ) -> Schema {
        let may_hide = self.secrets.may_hide(&value);
        let keywords = match value {
            Value::Object(keywords) => keywords,
            Value::Bool(allowed) => {
                if !allowed {
                    report.apply(&FALSE_SCHEMA, place, "");
                }
                Keywords::new()
            }
            _ => return Schema::of(Kind::Any),
        };
        let mut node = Node::new(keywords, place);
        // Removing a union can expose a composition, which is hoisted then.
        let may_be_hoisted = copied && !self.composes(&node.keywords, place);
        let mut rewritten = Rewritten {
            copied,
            distributed: false,
        };
        for _ in 0..RESTARTS {
            if may_be_hoisted && self.composes(&node.keywords, place) {
                return self.hoist(node.keywords, place);
            }
            let pass = self.pass(&mut node, &mut rewritten, report);
            if matches!(pass, Pass::Done) || report.is_full() {
                break;
            }
        }
        if report.is_full() {
            return Schema::of(Kind::Any);
        }
        let mut schema = self.typed(node, rewritten, report);
        if may_hide && secret_taint::conceal(&mut schema) {
            report.apply(&CONCEALED, place, "");
        }
        schema
    }

    /// Goes through the table once.
    fn pass(&self, node: &mut Node, rewritten: &mut Rewritten, report: &mut Report) -> Pass {
        for row in TABLE {
            if self.context.is_full() {
                let _ = report.copy(usize::MAX, &node.place);
            }
            if report.is_full() {
                break;
            }
            let detail = match (row.rewrite)(&self.context, node) {
                Effect::Unchanged => continue,
                Effect::Rearranged => return Pass::Again,
                Effect::Applied(detail) => {
                    report.apply(row.rule, &node.place, detail);
                    continue;
                }
                Effect::Restart(detail) => detail,
                Effect::Merged(detail) => {
                    rewritten.copied = true;
                    detail
                }
                Effect::Distributed(detail) => {
                    rewritten.copied = true;
                    rewritten.distributed = true;
                    detail
                }
            };
            report.apply(row.rule, &node.place, detail);
            return Pass::Again;
        }
        Pass::Done
    }

    /// The typed form of a schema that no rule applies to any more.
    fn typed(&mut self, node: Node, rewritten: Rewritten, report: &mut Report) -> Schema {
        let Node {
            mut keywords,
            facts,
            place,
        } = node;
        let properties = self.properties(&mut keywords, &place, rewritten.copied, report);
        let items = self.inner("items", &mut keywords, &place, rewritten.copied, report);
        let additional = "additionalProperties";
        let additional = self.inner(additional, &mut keywords, &place, rewritten.copied, report);
        let mut unions = self.unions(&mut keywords, &place, rewritten, report);
        if let Some(union) = unions.first_mut() {
            union.discriminator = facts.discriminator;
            if facts.needs_combined_branch {
                union.branches.push(combined());
            }
        }
        let object = Object {
            properties,
            required: required(&keywords),
            additional,
        };
        let kind = match unions.into_iter().next() {
            _ if keywords.contains_key("$ref") => self.reference(&keywords),
            Some(union) if !keywords.contains_key("enum") => Kind::Union(union),
            _ => simple(&keywords, items, object),
        };
        Schema {
            kind,
            nullable: is_set(&keywords, "nullable"),
            description: text(&keywords, "description").map(str::to_owned),
            deprecated: is_set(&keywords, "deprecated"),
            read_only: is_set(&keywords, "readOnly"),
            write_only: is_set(&keywords, "writeOnly"),
            constants: facts.constants,
        }
    }

    fn reference(&mut self, keywords: &Keywords) -> Kind {
        let target = text(keywords, "$ref").and_then(Pointer::parse);
        target.map_or(Kind::Any, |target| Kind::Ref(self.ids.of(&target)))
    }

    fn properties(
        &mut self,
        keywords: &mut Keywords,
        place: &Pointer,
        copied: bool,
        report: &mut Report,
    ) -> BTreeMap<String, Schema> {
        let Some(Value::Object(members)) = keywords.remove("properties") else {
            return BTreeMap::new();
        };
        let place = place.child("properties");
        let members: BTreeMap<String, Value> = members.into_iter().collect();
        let lowered = members.into_iter().map(|(name, member)| {
            let member = self.lower_child(member, &place.child(&name), copied, report);
            (name, member)
        });
        lowered.collect()
    }

    /// The schema at a keyword; `true` is any value, and `false` says nothing about a type.
    fn inner(
        &mut self,
        keyword: &str,
        keywords: &mut Keywords,
        place: &Pointer,
        copied: bool,
        report: &mut Report,
    ) -> Option<Box<Schema>> {
        let schema = match keywords.remove(keyword)? {
            Value::Bool(true) => Schema::of(Kind::Any),
            value @ Value::Object(_) => {
                self.lower_child(value, &place.child(keyword), copied, report)
            }
            _ => return None,
        };
        Some(Box::new(schema))
    }

    /// The unions of a schema. There is one: where both keywords stand, the first counts.
    fn unions(
        &mut self,
        keywords: &mut Keywords,
        place: &Pointer,
        rewritten: Rewritten,
        report: &mut Report,
    ) -> Vec<Union> {
        let names = branch_names::of(keywords);
        let mut unions = Vec::new();
        for keyword in UNIONS {
            let Some(Value::Array(branches)) = keywords.remove(keyword) else {
                continue;
            };
            let place = place.child(keyword);
            let branches = branches.into_iter().enumerate().map(|(index, branch)| {
                let place = place.child(index);
                Branch {
                    schema: if rewritten.distributed {
                        self.lower(branch, &place, rewritten.copied, report)
                    } else {
                        self.lower_child(branch, &place, rewritten.copied, report)
                    },
                    name: names.get(index).cloned().flatten(),
                    combined: false,
                }
            });
            unions.push(Union {
                keyword,
                branches: branches.collect(),
                discriminator: None,
            });
        }
        unions
    }
}

/// The branch for values that only several others describe together: JSON that is not printed.
fn combined() -> Branch {
    Branch {
        schema: Schema::of(Kind::Concealed),
        name: None,
        combined: true,
    }
}

/// The type of a schema that is neither a reference nor a union.
fn simple(keywords: &Keywords, items: Option<Box<Schema>>, object: Object) -> Kind {
    if let Some(Value::Array(values)) = keywords.get("enum") {
        let values = values.iter().filter_map(Value::as_str);
        return Kind::Enum(values.map(str::to_owned).collect());
    }
    let format = text(keywords, "format").unwrap_or_default();
    match text(keywords, "type").unwrap_or_default() {
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer(match format {
            "int32" => Width::I32,
            "uint64" => Width::U64,
            _ => Width::I64,
        }),
        "number" => Kind::Number,
        "string" => match format {
            "password" => Kind::Secret,
            "date" => Kind::String(StringFormat::Date),
            "date-time" => Kind::String(StringFormat::DateTime),
            "uuid" => Kind::String(StringFormat::Uuid),
            _ => Kind::String(StringFormat::Plain),
        },
        "array" => Kind::Array(items),
        "object" => Kind::Object(object),
        _ => Kind::Any,
    }
}

fn required(keywords: &Keywords) -> BTreeSet<String> {
    let names = keywords.get("required").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

//! The stage: operations, then schemas, each in one direction.

use serde_json::Value;

use super::context::Context;
use super::lowered::{Info, Lowered, NamedSchema, SecurityScheme, Server};
use super::operation::Operation;
use super::operation_draft::Draft;
use super::operation_ids::{self, Reason};
use super::own_server::{self, OwnServer};
use super::schema::{Kind, Schema};
use super::schema_ids::SchemaIds;
use super::walk::Lowering;
use super::{operation_rules, schema_rules, unsupported};
use crate::model::{CredentialKind, Location};
use crate::pointer::Pointer;
use crate::report::{Report, Rule, Stop};
use crate::resolve::Resolved;
use crate::server_url;

/// Applies both tables of rules. Structure has been checked before; what is malformed all the same
/// is passed over.
///
/// # Errors
///
/// [`Stop`] if more is copied than any document needs.
pub fn lower(mut resolved: Resolved<'_>, report: &mut Report) -> Result<Lowered, Stop> {
    let operations = operations(&mut resolved, report);
    let components = resolved.components("schemas");
    let names = components.into_iter().flat_map(|schemas| schemas.keys());
    let mut lowering = Lowering::new(&resolved, SchemaIds::of_components(names));
    let mut schemas = Vec::new();
    let place = Pointer::root().join(["components", "schemas"]);
    for (name, schema) in components.into_iter().flatten() {
        schemas.push(lowering.schema(schema.clone(), &place.child(name), report));
    }
    let operations = operations
        .into_iter()
        .map(|operation| lower_schemas(&mut lowering, operation, report))
        .collect();
    lower_referenced(&mut lowering, &mut schemas, report);
    if report.is_full() {
        return Err(Stop);
    }
    let named = schemas.into_iter().enumerate().map(|(index, schema)| {
        let name = lowering.ids.name(super::SchemaId(index)).to_owned();
        NamedSchema { name, schema }
    });
    Ok(Lowered {
        info: info(resolved.member("info")),
        servers: servers(resolved.member("servers")),
        security_schemes: security_schemes(&resolved),
        schemas: named.collect(),
        operations,
    })
}

/// Every rule of this stage, and of selection, which logs what it leaves out.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let of_schemas = schema_rules::TABLE.iter().filter(|row| row.is_logged);
    let of_schemas = of_schemas.map(|row| row.rule);
    let of_operations = operation_rules::TABLE.iter().map(|row| row.rule);
    let others = [
        &schema_rules::FALSE_SCHEMA,
        &schema_rules::CONCEALED,
        &operation_rules::MISSING_ID,
        &operation_rules::DUPLICATE_ID,
        &operation_rules::DEEP_REFERENCE,
    ];
    let dropped = crate::select::LEFT_BEHIND.iter().copied();
    let mut all: Vec<&'static Rule> = of_schemas
        .chain(of_operations)
        .chain(others)
        .chain(dropped)
        .collect();
    all.sort_by_key(|rule| rule.id);
    all.into_iter()
}

/// The rules for operations in the order in which they are applied, each with the reason for its
/// place.
pub fn rules_for_operations() -> impl Iterator<Item = (&'static Rule, &'static str)> {
    let rows = operation_rules::TABLE.iter();
    rows.map(|row| (row.rule, row.order))
}

/// The rules for schemas in the order in which they are tried, each with the reason for its place.
pub fn rules_for_schemas() -> impl Iterator<Item = (&'static Rule, &'static str)> {
    let rows = schema_rules::TABLE.iter();
    rows.map(|row| (row.rule, row.order))
}

/// The operations, with schemas as the document has them.
fn operations(resolved: &mut Resolved<'_>, report: &mut Report) -> Vec<Operation<Value>> {
    let of_api = own_server::of_api(resolved.member("servers"));
    let security = resolved.member("security");
    let earlier = report.log.len();
    let given = std::mem::take(&mut resolved.operations);
    let context = Context::new(&resolved.references);
    let mut drafts = Vec::new();
    let mut descriptions = Vec::new();
    for operation in given {
        let server = OwnServer::of(&operation, &of_api);
        let mut draft = Draft::of(&context, operation, server);
        let since = report.log.len();
        for row in operation_rules::TABLE {
            for application in (row.apply)(&mut draft) {
                report.apply(row.rule, &application.place, application.detail);
            }
        }
        let given = draft.resolved.object.get("description");
        let (before, own) = report.log.split_at(since);
        let before = before.get(..earlier).unwrap_or_default();
        let given = given.and_then(Value::as_str);
        descriptions.push(unsupported::describe(given, draft.place(), before, own));
        drafts.push(draft);
    }
    for (index, reason) in operation_ids::identify(&mut drafts) {
        let rule = match reason {
            Reason::Missing => &operation_rules::MISSING_ID,
            Reason::Duplicate => &operation_rules::DUPLICATE_ID,
        };
        if let Some(draft) = drafts.get(index) {
            report.apply(rule, draft.place(), draft.id.as_deref().unwrap_or_default());
        }
    }
    let drafts = drafts.into_iter().zip(descriptions);
    drafts
        .map(|(draft, description)| draft.finish(description, security))
        .collect()
}

/// Lowers the schemas of an operation.
fn lower_schemas(
    lowering: &mut Lowering<'_>,
    mut operation: Operation<Value>,
    report: &mut Report,
) -> Operation {
    for media_type in lowering.secrets.mark_texts(&mut operation) {
        report.apply(&schema_rules::CONCEALED, &operation.pointer, media_type);
    }
    operation.map_schemas(&mut |schema, place| lowering.schema(schema, place, report))
}

/// Lowers the targets of references that are not components, until none is left.
fn lower_referenced(lowering: &mut Lowering<'_>, schemas: &mut Vec<Schema>, report: &mut Report) {
    while let Some((id, place)) = lowering.ids.next() {
        let target = lowering.target(&place);
        if !report.copy(crate::bounds::weight(&target), &place) {
            return;
        }
        let name = lowering.ids.name(id).to_owned();
        report.apply(&operation_rules::DEEP_REFERENCE, &place, name);
        let schema = lowering.schema(target, &place, report);
        if schemas.len() <= id.0 {
            schemas.resize(id.0 + 1, Schema::of(Kind::Any));
        }
        if let Some(slot) = schemas.get_mut(id.0) {
            *slot = schema;
        }
    }
}

fn info(info: Option<&Value>) -> Info {
    let text = |key: &str| {
        let text = info.and_then(|info| info.get(key)?.as_str());
        text.map(str::to_owned)
    };
    Info {
        title: text("title").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        description: text("description"),
    }
}

fn servers(servers: Option<&Value>) -> Vec<Server> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    let servers = servers.enumerate().map(|(index, server)| {
        let url = server_url::expand(server);
        let description = server.get("description").and_then(Value::as_str);
        Server {
            url: url.url,
            replaced_variables: url.replaced,
            description: description.map(str::to_owned),
            pointer: Pointer::root().child("servers").child(index),
        }
    });
    servers.collect()
}

/// The security schemes that a client can serve.
fn security_schemes(resolved: &Resolved<'_>) -> Vec<SecurityScheme> {
    let schemes = resolved.components("securitySchemes");
    let schemes = schemes.into_iter().flatten();
    let servable = schemes.filter_map(|(name, scheme)| {
        let description = scheme.get("description").and_then(Value::as_str);
        Some(SecurityScheme {
            name: name.clone(),
            kind: credential_kind(scheme)?,
            description: description.map(str::to_owned),
        })
    });
    servable.collect()
}

fn credential_kind(scheme: &Value) -> Option<CredentialKind> {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "http" => match text("scheme").to_ascii_lowercase().as_str() {
            "bearer" => Some(CredentialKind::Bearer),
            "basic" => Some(CredentialKind::Basic),
            _ => None,
        },
        "oauth2" | "openIdConnect" => Some(CredentialKind::Bearer),
        "apiKey" => {
            let location = match text("in") {
                "header" => Location::Header,
                "query" => Location::Query,
                "cookie" => Location::Cookie,
                _ => return None,
            };
            Some(CredentialKind::ApiKey {
                location,
                name: text("name").to_owned(),
            })
        }
        _ => None,
    }
}

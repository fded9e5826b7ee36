//! Which types are used by requests, successes and errors; what nothing uses is dropped.

use std::collections::BTreeSet;

use crate::model::{BodyKind, Model, Schema, Shape, Status};

/// Where a type is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Usage {
    Request,
    Body,
    Success,
    Error,
}

/// Marks what is reached, and drops types and credentials that nothing uses.
pub(super) fn prune(model: &mut Model) {
    let mut roots: Vec<(Usage, Schema)> = Vec::new();
    for constant in &model.constants {
        roots.push((Usage::Request, constant.schema.clone()));
    }
    for operation in &model.operations {
        let parameters = operation
            .parameters
            .iter()
            .map(|parameter| parameter.schema.clone());
        roots.extend(parameters.map(|schema| (Usage::Request, schema)));
        if let Some(body) = &operation.body {
            roots.push((Usage::Request, body.schema.clone()));
            roots.push((Usage::Body, body.schema.clone()));
        }
        for response in &operation.responses {
            let Some(body) = &response.body else { continue };
            if body.kind != BodyKind::Json {
                continue;
            }
            let success = matches!(response.status, Status::Code(200..=299) | Status::Range(2));
            if success || response.status == Status::Default {
                roots.push((Usage::Success, body.schema.clone()));
            }
            if !success {
                roots.push((Usage::Error, body.schema.clone()));
            }
        }
    }
    for (usage, schema) in roots {
        mark(model, usage, schema);
    }
    model.types.retain(|_, definition| {
        definition.in_request || definition.in_success || definition.in_error
    });
    drop_credentials(model);
}

/// Follows references from a schema. A type that was marked before has marked what it reaches.
fn mark(model: &mut Model, usage: Usage, schema: Schema) {
    let mut queue = vec![schema];
    while let Some(schema) = queue.pop() {
        match schema {
            Schema::Array(inner) | Schema::Map(inner) | Schema::Nullable(inner) => {
                queue.push(*inner)
            }
            Schema::Ref(name) => {
                let Some(definition) = model.types.get_mut(&name) else {
                    continue;
                };
                let mark = match usage {
                    Usage::Request => &mut definition.in_request,
                    Usage::Body => &mut definition.in_body,
                    Usage::Success => &mut definition.in_success,
                    Usage::Error => &mut definition.in_error,
                };
                if std::mem::replace(mark, true) {
                    continue;
                }
                match &definition.shape {
                    Shape::Struct { fields, additional } => {
                        queue.extend(fields.iter().map(|field| field.schema.clone()));
                        queue.extend(additional.clone());
                    }
                    Shape::Union { branches, .. } => {
                        queue.extend(branches.iter().map(|branch| branch.schema.clone()));
                    }
                    Shape::Alias(inner) => queue.push(inner.clone()),
                    Shape::Enum { .. } | Shape::Secret => {}
                }
            }
            _ => {}
        }
    }
}

/// Keeps the schemes that some operation names.
fn drop_credentials(model: &mut Model) {
    let used: BTreeSet<usize> = model
        .operations
        .iter()
        .flat_map(|operation| operation.security.iter().flatten().copied())
        .collect();
    let kept: Vec<usize> = (0..model.credentials.len())
        .filter(|index| used.contains(index))
        .collect();
    for operation in &mut model.operations {
        for index in operation.security.iter_mut().flatten() {
            *index = kept.binary_search(index).unwrap_or_default();
        }
    }
    let mut index = 0;
    model.credentials.retain(|_| {
        index += 1;
        used.contains(&(index - 1))
    });
}

//! What operations reach: from requests, successes and errors. The rest is dropped.

use std::collections::BTreeSet;

use crate::model::{BodyKind, Model, Schema, Shape, Status};

/// From where a type is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Request,
    Body,
    Success,
    Error,
}

/// Marks what is reached, and drops types and credentials that nothing uses.
pub(super) fn prune(model: &mut Model) {
    let mut roots: Vec<(From, Schema)> = Vec::new();
    for constant in &model.constants {
        roots.push((From::Request, constant.schema.clone()));
    }
    for operation in &model.operations {
        let parameters = operation.parameters.iter().map(|it| it.schema.clone());
        roots.extend(parameters.map(|schema| (From::Request, schema)));
        if let Some(body) = &operation.body {
            roots.push((From::Request, body.schema.clone()));
            roots.push((From::Body, body.schema.clone()));
        }
        for response in &operation.responses {
            let Some(body) = &response.body else { continue };
            if body.kind != BodyKind::Json {
                continue;
            }
            let success = matches!(response.status, Status::Code(200..=299) | Status::Range(2));
            if success || response.status == Status::Default {
                roots.push((From::Success, body.schema.clone()));
            }
            if !success {
                roots.push((From::Error, body.schema.clone()));
            }
        }
    }
    for (from, schema) in roots {
        mark(model, from, schema);
    }
    model
        .types
        .retain(|_, it| it.in_request || it.in_success || it.in_error);
    drop_credentials(model);
}

/// Follows references from a schema. A type that was marked before has marked what it reaches.
fn mark(model: &mut Model, from: From, schema: Schema) {
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
                let mark = match from {
                    From::Request => &mut definition.in_request,
                    From::Body => &mut definition.in_body,
                    From::Success => &mut definition.in_success,
                    From::Error => &mut definition.in_error,
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
        .flat_map(|it| it.security.iter().flatten().copied())
        .collect();
    let kept: Vec<usize> = (0..model.credentials.len())
        .filter(|it| used.contains(it))
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

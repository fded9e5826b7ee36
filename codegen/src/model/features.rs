//! What of a crate can be left out: the operations of a tag, with the types that only they reach.

use std::collections::{BTreeMap, BTreeSet};

use super::{Model, Operation, Schema, Shape};

/// A type that more modules reach is always there: hardly a build leaves all of them out, and a
/// list of hundreds of features at each of thousands of types is most of a crate.
const MOST: usize = 128;

impl Model {
    /// The feature of each module of operations. A client with one module has none: without its
    /// operations there is nothing left.
    pub fn features(&self) -> BTreeMap<&str, String> {
        let modules: BTreeSet<&str> = self
            .operations
            .iter()
            .map(|operation| &*operation.module)
            .collect();
        if modules.len() < 2 {
            return BTreeMap::new();
        }
        crate::name::features(&modules)
    }

    /// For each type that only some modules reach, and no more than 128 of them, the features of
    /// these.
    pub fn type_features(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let features = self.features();
        let mut reached: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut operations: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for operation in &self.operations {
            operations
                .entry(&operation.module)
                .or_default()
                .push(operation);
        }
        for (module, feature) in &features {
            let operations = operations.remove(module).unwrap_or_default();
            // What many modules reach leads to what as many reach.
            let by_many = |name: &str| {
                reached
                    .get(name)
                    .is_some_and(|modules| modules.len() > MOST)
            };
            for name in self.closure(operations.into_iter().flat_map(roots), by_many) {
                reached.entry(name).or_default().insert(feature.clone());
            }
        }
        // What the client itself takes is always there.
        let always = self.closure(
            self.constants.iter().map(|constant| &constant.schema),
            |_| false,
        );
        let most = MOST.min(features.len().saturating_sub(1));
        reached.retain(|name, of| of.len() <= most && !always.contains(name));
        reached
    }

    /// The types that schemas refer to, and those that these refer to, except what is known.
    fn closure<'a>(
        &'a self,
        roots: impl Iterator<Item = &'a Schema>,
        known: impl Fn(&str) -> bool,
    ) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut queue: Vec<&Schema> = roots.collect();
        while let Some(schema) = queue.pop() {
            match schema {
                Schema::Array(inner) | Schema::Map(inner) | Schema::Nullable(inner) => {
                    queue.push(inner);
                }
                Schema::Ref(name) => {
                    if !known(name)
                        && found.insert(name.as_str())
                        && let Some(definition) = self.types.get(name)
                    {
                        queue.extend(inner(&definition.shape));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// What an operation takes and gives.
fn roots(operation: &Operation) -> impl Iterator<Item = &Schema> {
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| &parameter.schema);
    let body = operation.body.iter().map(|body| &body.schema);
    let responses = operation
        .responses
        .iter()
        .flat_map(|response| &response.body);
    parameters
        .chain(body)
        .chain(responses.map(|body| &body.schema))
}

/// What a type is made of.
fn inner(shape: &Shape) -> Vec<&Schema> {
    match shape {
        Shape::Struct { fields, additional } => {
            let fields = fields.iter().map(|field| &field.schema);
            fields.chain(additional).collect()
        }
        Shape::Union { branches, .. } => branches.iter().map(|branch| &branch.schema).collect(),
        Shape::Alias(inner) => vec![inner],
        Shape::Enum { .. } | Shape::Secret => Vec::new(),
    }
}

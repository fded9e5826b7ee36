//! The stage and its table of names.

use std::collections::BTreeMap;

use super::case::{self, pascal, snake};
use super::reserved;
use super::scope::Scope;
use crate::lower::{Lowered, Operation};
use crate::pointer::Pointer;
use crate::report::Report;

/// A lowered document with its table of names.
pub struct Named {
    pub(crate) lowered: Lowered,
    /// The type of each named schema, in the order of the lowered document.
    pub(crate) types: Vec<String>,
    /// The names of each operation, in the order of the lowered document.
    pub(crate) operations: Vec<OperationNames>,
    /// The names of types that are taken; inline schemas that need one go on from here.
    pub(crate) taken: Scope,
}

/// What an operation is called in Rust.
#[derive(Clone, Debug)]
pub(crate) struct OperationNames {
    /// The client's method.
    pub(crate) method: String,
    /// The request.
    pub(crate) request: String,
    /// The enum of its errors.
    pub(crate) error: String,
    /// The enum of its successes.
    pub(crate) success: String,
    /// The module it lives in.
    pub(crate) module: String,
}

/// Names the schemas first, so that they keep their own names, then the operations.
pub fn name(lowered: Lowered, report: &mut Report) -> Named {
    let mut taken = Scope::of_types();
    let types = types(&lowered, &mut taken, report);
    let mut methods = Scope::of_methods();
    let mut modules = BTreeMap::new();
    let mut module_names = Scope::of_modules();
    let operations = lowered.operations.iter().map(|operation| {
        let place = &operation.pointer;
        let module = module(operation);
        let module = modules
            .entry(module)
            .or_insert_with(|| module_names.add(&case::module(module), module, place, report))
            .clone();
        let id = &operation.id;
        let method = methods.add(&snake(id), id, place, report);
        let base = pascal(&method);
        OperationNames {
            request: taken.add(&base, id, place, report),
            error: taken.add(&format!("{base}Error"), id, place, report),
            success: taken.add(&format!("{base}Success"), id, place, report),
            method,
            module,
        }
    });
    let operations = operations.collect();
    Named {
        lowered,
        types,
        operations,
        taken,
    }
}

/// The types of the named schemas. Names are given in the order of the schemas' names, whatever led
/// to each of them.
fn types(lowered: &Lowered, taken: &mut Scope, report: &mut Report) -> Vec<String> {
    let components = Pointer::root().join(["components", "schemas"]);
    let mut by_name: Vec<(&str, usize)> = lowered
        .schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| (schema.name.as_str(), index))
        .collect();
    by_name.sort_unstable();
    let mut types = vec![String::new(); by_name.len()];
    for (name, index) in by_name {
        let given = taken.add(&pascal(name), name, &components.child(name), report);
        if let Some(place) = types.get_mut(index) {
            *place = given;
        }
    }
    types
}

/// Why no crate that is made can have this name; `None` where one can.
pub(crate) fn reserved_crate(name: &str) -> Option<&'static str> {
    reserved::why(reserved::CRATES, name)
}

/// The first tag; operations without one share a module.
fn module(operation: &Operation) -> &str {
    operation.tag.as_deref().unwrap_or("operations")
}

//! Every Rust name, decided once: valid, unique in its scope, no keyword, nothing that Rust, Cargo
//! or the client needs itself, and of bounded length. What stands on disk is such a name as well.

mod case;
mod derived;
mod letters;
mod reserved;
mod scope;
mod status;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::lower::{Lowered, LoweredOperation};
use crate::report::Report;

pub(crate) use case::{pascal, snake};
pub(crate) use derived::{companion, features, null_setter, setter, unknown};
pub(crate) use letters::may_be_confused;
pub(crate) use scope::{Numbers, Scope, rules};
pub(crate) use status::variant;

/// A lowered document with its table of names.
pub struct Named<'a> {
    pub(crate) lowered: Lowered<'a>,
    /// The type of each named schema.
    pub(crate) types: BTreeMap<String, String>,
    /// The names of each operation, in the order of the lowered document's.
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
pub fn name<'a>(lowered: Lowered<'a>, report: &mut Report) -> Named<'a> {
    let mut taken = Scope::of_types();
    let mut types = BTreeMap::new();
    for name in lowered.schemas.keys() {
        let place = crate::pointer::Pointer::root()
            .join(["components", "schemas"])
            .child(name);
        types.insert(name.clone(), taken.add(&pascal(name), name, &place, report));
    }
    let mut methods = Scope::of_methods();
    let mut modules = BTreeMap::new();
    let mut module_names = Scope::of_modules();
    let operations = lowered.operations.iter().map(|operation| {
        let module = module(operation);
        let module = modules
            .entry(module.clone())
            .or_insert_with(|| {
                module_names.add(&case::module(&module), &module, &operation.pointer, report)
            })
            .clone();
        let id = operation
            .object
            .get("operationId")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let place = &operation.pointer;
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

/// Why no crate that is made can have this name; `None` where one can.
pub(crate) fn reserved_crate(name: &str) -> Option<&'static str> {
    reserved::why(reserved::CRATES, name)
}

/// The first tag; operations without one stand together.
fn module(operation: &LoweredOperation) -> String {
    first_tag(operation).unwrap_or("operations").to_owned()
}

/// The first tag, if it says anything.
pub(crate) fn first_tag(operation: &LoweredOperation) -> Option<&str> {
    let tags = operation.object.get("tags").and_then(Value::as_array);
    let first = tags.and_then(|tags| tags.first()).and_then(Value::as_str);
    first.filter(|tag| !tag.trim().is_empty())
}

//! Checks the packaging against the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::Context;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::pointer::Pointer;
use crate::select::METHODS;
use crate::source::Input;
use crate::suggest::nearest;

/// Checks that each constant header is a parameter of an operation.
pub(super) fn check(context: &mut Context<'_>, config: &Config) {
    if config.constant_headers.is_empty() {
        return;
    }
    let headers = headers(context);
    let place = Pointer::root().child("constant_headers");
    for (index, constant) in config.constant_headers.iter().enumerate() {
        let name = constant.header.to_ascii_lowercase();
        if headers.contains(&name) {
            continue;
        }
        let place = Place::Node(Input::Config, place.child(index).child("header"));
        let message = format!("no chosen operation has the header `{}`", constant.header);
        let diagnostic = Diagnostic::new(&diagnostics::UNKNOWN_CONSTANT_HEADER, place, message);
        context.push(match nearest(&name, headers.iter().cloned()).as_slice() {
            [near, ..] => diagnostic.help(format!("did you mean `{near}`?")),
            [] => diagnostic,
        });
    }
}

/// Returns the names of all header parameters of operations and path items, in lower case.
fn headers(context: &Context<'_>) -> BTreeSet<String> {
    let paths = Pointer::root().child("paths");
    let items = context.root.get("paths").and_then(Value::as_object);
    let mut names = BTreeSet::new();
    for (path, item) in items.into_iter().flatten() {
        let item_place = paths.child(path);
        let operations = METHODS.iter().filter(|method| item.get(**method).is_some());
        let holders = operations.map(|method| item_place.child(method));
        for holder in holders.chain([item_place.clone()]) {
            let list = holder.child("parameters");
            let length = list
                .get(context.root)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            for index in 0..length {
                let found = context.resolve(list.child(index));
                let text = |name: &str| found.as_ref()?.1.get(name)?.as_str();
                if let (Some("header"), Some(name)) = (text("in"), text("name")) {
                    names.insert(name.to_ascii_lowercase());
                }
            }
        }
    }
    names
}

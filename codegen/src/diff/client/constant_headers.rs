//! Compares constant headers, which are set once per client.

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::rules::{self, Rule};
use super::super::schema::SchemaPair;
use crate::model::{ConstantHeader, Model, Operation, Parameter};
use crate::pointer::Pointer;
use crate::source::Input;

/// Compares the constant headers.
pub(super) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    for (index, old) in models.old.constants.iter().enumerate() {
        match find(&models.new.constants, &old.wire) {
            Some((index, new)) => HeaderPair {
                models,
                old,
                new,
                pointer: pointer(index),
            }
            .compare(changes),
            None => {
                let at = Origin::in_old(&pointer(index)).in_input(Input::Config);
                let change = Change::new(&rules::CONSTANT_REMOVED, at, format!("`{}`", old.wire));
                let change = change.items(items(old, models.old));
                changes.push(change.usage(builder_call(old), None));
            }
        }
    }
    for (index, new) in models.new.constants.iter().enumerate() {
        if find(&models.old.constants, &new.wire).is_none() {
            let at = Origin::in_new(&pointer(index)).in_input(Input::Config);
            let change = Change::new(&rules::CONSTANT_ADDED, at, format!("`{}`", new.wire));
            changes.push(change.items(items(new, models.new)));
        }
    }
}

fn find<'h>(list: &'h [ConstantHeader], wire: &str) -> Option<(usize, &'h ConstantHeader)> {
    let mut headers = list.iter().enumerate();
    headers.find(|(_, header)| header.wire.eq_ignore_ascii_case(wire))
}

fn pointer(index: usize) -> Pointer {
    Pointer::root().child("constant_headers").child(index)
}

/// Returns the setters of a header: on the builder, and on the requests that send it.
fn items(header: &ConstantHeader, model: &Model) -> Vec<String> {
    let is_header = |parameter: &Parameter| {
        parameter.constant.is_some() && parameter.wire.eq_ignore_ascii_case(&header.wire)
    };
    let sends = |operation: &&Operation| operation.parameters.iter().any(is_header);
    let requests = model.operations.iter().filter(sends);
    let setters = requests.map(|operation| {
        let (module, request) = (&operation.module, &operation.type_name);
        format!("{module}::{request}::{}", header.rust)
    });
    std::iter::once(builder_setter(header))
        .chain(setters)
        .collect()
}

fn builder_setter(header: &ConstantHeader) -> String {
    format!("ClientBuilder::{}", header.rust)
}

fn builder_call(header: &ConstantHeader) -> String {
    format!("builder.{}({})", header.rust, header.rust)
}

/// A header that both sides have.
struct HeaderPair<'a> {
    models: &'a MatchedModels<'a>,
    old: &'a ConstantHeader,
    new: &'a ConstantHeader,
    pointer: Pointer,
}

impl HeaderPair<'_> {
    fn at(&self) -> Origin {
        Origin::in_new(&self.pointer).in_input(Input::Config)
    }

    fn change(&self, rule: &'static Rule, detail: &str) -> Change {
        Change::new(rule, self.at(), format!("`{}`: {detail}", self.new.wire))
    }

    fn compare(&self, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        if old.rust != new.rust {
            let detail = format!("`{}` → `{}`", old.rust, new.rust);
            let change = self.change(&rules::CONSTANT_RENAMED, &detail);
            let change = change.item(builder_setter(old)).item(builder_setter(new));
            let change = change.items(items(old, self.models.old));
            let change = change.items(items(new, self.models.new));
            changes.push(change.usage(builder_call(old), Some(builder_call(new))));
        }
        if old.default != new.default {
            changes.push(self.default());
        }
        SchemaPair {
            subject: format!("constant header `{}`", new.wire),
            at: self.at(),
            old: (&old.schema, false),
            new: (&new.schema, false),
            items: items(new, self.models.new),
            usage: None,
            null_and_absence_differ: false,
        }
        .compare(self.models, changes);
    }

    fn default(&self) -> Change {
        let describe = |header: &ConstantHeader| {
            let default = header.default.as_ref();
            default.map_or("none".to_owned(), |text| format!("`{text}`"))
        };
        let rule = match self.new.default {
            Some(_) => &rules::CONSTANT_DEFAULT,
            None => &rules::CONSTANT_UNSET,
        };
        let detail = format!("{} → {}", describe(self.old), describe(self.new));
        let change = self.change(rule, &detail).item(builder_setter(self.new));
        change.covers([&Pointer::root().join(["info", "version"])])
    }
}

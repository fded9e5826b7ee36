//! Compares the parameters of an operation, one by one.

use super::super::change::{Change, Changes, Origin};
use super::super::deprecation;
use super::super::matching::MatchedModels;
use super::super::names::operation_title;
use super::super::rules::{self, Rule};
use super::super::schema::SchemaPair;
use super::super::usage_lines::{is_argument, method_call, setter_call};
use super::arguments::{add_order_changes, argument_order, may_be_another, replaced};
use super::names::{location_name, parameter_title};
use super::operation_pair::OperationPair;
use crate::model::{Location, Parameter, Style};

/// Compares the parameters of an operation.
pub(in crate::diff) fn compare(
    models: &MatchedModels<'_>,
    operation: &OperationPair<'_>,
    changes: &mut Changes,
) {
    let order = argument_order(models, operation);
    let replaced = replaced(&order);
    let is_replaced = |old: &Parameter| replaced.iter().any(|pair| pair.given_as == old.rust);
    let replaces = |new: &Parameter| replaced.iter().any(|pair| pair.read_as == new.rust);
    for parameter in &operation.parameters.removed {
        if !is_replaced(parameter) {
            removed(operation, parameter, changes);
        }
    }
    for parameter in &operation.parameters.added {
        if !replaces(parameter) {
            added(operation, parameter, changes);
        }
    }
    for (old, new) in operation.parameters.matched.iter().copied() {
        let pair = ParameterPair {
            operation,
            old,
            new,
        };
        if !is_replaced(old) || !may_be_another(old, new) {
            pair.names(changes);
            pair.serialisation(changes);
        }
        pair.optionality(changes);
        pair.types(models, changes);
        pair.deprecation(changes);
    }
    add_order_changes(operation, &order, changes);
}

fn removed(operation: &OperationPair<'_>, parameter: &Parameter, changes: &mut Changes) {
    let at = Origin::in_old(&parameter.pointer);
    let title = parameter_title(parameter, operation.old);
    changes.push(if is_argument(parameter) {
        let change = Change::new(&rules::PARAMETER_REMOVED_REQUIRED, at, title);
        operation.with_calls(change.items(operation.methods()))
    } else {
        let change = Change::new(&rules::PARAMETER_REMOVED_OPTIONAL, at, title);
        let before = setter_call(operation.old, &parameter.rust);
        let change = change.item(operation.setter(&parameter.rust));
        change.usage(before, Some(operation.new_call()))
    });
}

fn added(operation: &OperationPair<'_>, parameter: &Parameter, changes: &mut Changes) {
    let at = Origin::in_new(&parameter.pointer);
    let title = parameter_title(parameter, operation.new);
    changes.push(if is_argument(parameter) {
        let change = Change::new(&rules::PARAMETER_ADDED_REQUIRED, at, title);
        operation.with_calls(change.items(operation.methods()))
    } else {
        let change = Change::new(&rules::PARAMETER_ADDED_OPTIONAL, at, title);
        change.item(operation.setter(&parameter.rust))
    });
}

/// A parameter that both sides have.
struct ParameterPair<'a> {
    operation: &'a OperationPair<'a>,
    old: &'a Parameter,
    new: &'a Parameter,
}

impl ParameterPair<'_> {
    fn title(&self) -> String {
        parameter_title(self.new, self.operation.new)
    }

    fn change(&self, rule: &'static Rule, detail: String) -> Change {
        Change::new(rule, Origin::in_new(&self.new.pointer), detail)
    }

    /// Whether both sides send it in this location.
    fn is_in(&self, location: Location) -> bool {
        (self.old.location, self.new.location) == (location, location)
    }

    /// Returns the setters of the sides where it is no argument.
    fn setters(&self) -> Vec<String> {
        let sides = [self.old, self.new].into_iter();
        let setters = sides.filter(|parameter| !is_argument(parameter));
        setters
            .map(|parameter| self.operation.setter(&parameter.rust))
            .collect()
    }

    /// Compares its names in Rust and in requests.
    fn names(&self, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        let detail = format!("`{}` → {}", old.wire, self.title());
        // The name of a constant header is compared once for the client.
        let is_constant = old.constant.is_some() || new.constant.is_some();
        let is_renamed = old.rust != new.rust && !is_constant;
        if is_renamed && !is_argument(old) && !is_argument(new) {
            let change = self.change(&rules::PARAMETER_RENAMED_OPTIONAL, detail);
            let change = change.covers([&old.pointer]).items(self.setters());
            let before = setter_call(self.operation.old, &old.rust);
            let after = self.operation.new_call_with(&new.rust);
            changes.push(change.usage(before, Some(after)));
        } else if old.wire != new.wire || is_renamed {
            let change = self.change(self.wire_rule(), detail);
            let change = change.covers([&old.pointer]);
            let change = change.items(self.operation.methods());
            changes.push(change.items(self.setters()));
        }
    }

    fn wire_rule(&self) -> &'static Rule {
        let is_respelled =
            self.is_in(Location::Header) && self.old.wire.eq_ignore_ascii_case(&self.new.wire);
        if self.old.rust != self.new.rust {
            &rules::PARAMETER_RENAMED_REQUIRED
        } else if is_respelled {
            &rules::HEADER_SPELLED
        } else if self.is_in(Location::Path) {
            &rules::PARAMETER_RENAMED_REQUIRED
        } else {
            &rules::PARAMETER_WIRE
        }
    }

    /// Compares where it is sent and how it is serialised.
    fn serialisation(&self, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        if old.location != new.location {
            let detail = format!("{} → {}", location_name(old.location), self.title());
            let change = self.change(&rules::PARAMETER_MOVED, detail);
            let change = change.covers([&old.pointer]);
            changes.push(change.items(self.operation.methods()));
        } else if (old.style, old.explode) != (new.style, new.explode) {
            let (before, after) = (style(old), style(new));
            let detail = format!("{}: {before} → {after}", self.title());
            let change = self.change(&rules::PARAMETER_STYLE, detail);
            changes.push(change.items(self.operation.methods()));
        }
    }

    fn optionality(&self, changes: &mut Changes) {
        let (operation, old, new) = (self.operation, self.old, self.new);
        let rule = match (old.constant.is_some(), new.constant.is_some()) {
            (true, true) if old.required != new.required => &rules::CONSTANT_OPTIONALITY,
            (false, true) if old.required => &rules::PARAMETER_LIFTED,
            (true, false) if new.required => &rules::PARAMETER_LOWERED,
            (false, false) if old.required && !new.required => &rules::PARAMETER_NOW_OPTIONAL,
            (false, false) if !old.required && new.required => &rules::PARAMETER_NOW_REQUIRED,
            _ => return,
        };
        let at = Origin::in_new(&new.pointer.child("required"));
        let change = Change::new(rule, at, self.title());
        let change = change.items(operation.methods());
        let change = change.item(operation.setter(&new.rust));
        let before = if is_argument(old) {
            method_call(operation.old)
        } else {
            setter_call(operation.old, &old.rust)
        };
        let after = if is_argument(new) {
            operation.new_call()
        } else {
            operation.new_call_with(&new.rust)
        };
        changes.push(match new.constant {
            Some(_) => operation.with_calls(change),
            None => change.usage(before, Some(after)),
        });
    }

    fn types(&self, models: &MatchedModels<'_>, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        // The type of a constant header is compared once for the client.
        if new.constant.is_some() && old.constant.is_some() {
            return;
        }
        let items = if is_argument(new) {
            self.operation.methods().to_vec()
        } else {
            vec![self.operation.setter(&new.rust)]
        };
        SchemaPair {
            subject: self.title(),
            at: Origin::in_new(&new.pointer.child("schema")),
            old: (&old.schema, old.required),
            new: (&new.schema, new.required),
            items,
            usage: None,
            null_and_absence_differ: false,
        }
        .compare(models, changes);
    }

    fn deprecation(&self, changes: &mut Changes) {
        let flags = (self.old.deprecated, self.new.deprecated);
        let pointer = self.new.pointer.child("deprecated");
        let operation = operation_title(self.operation.new);
        let subject = format!("parameter `{}` of {operation}", self.new.wire);
        if !is_argument(self.new) {
            let setter = self.operation.setter(&self.new.rust);
            deprecation::compare(flags, &pointer, subject, &setter, changes);
        } else if flags.0 != flags.1 {
            let at = Origin::in_new(&pointer);
            let change = Change::new(&rules::ARGUMENT_DEPRECATED, at, subject);
            changes.push(change.items(self.operation.methods()));
        }
    }
}

/// Returns how a parameter is serialised.
fn style(parameter: &Parameter) -> String {
    let style = match parameter.style {
        Style::Json => return "JSON".to_owned(),
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
    };
    if parameter.explode {
        format!("`{style}`, exploded")
    } else {
        format!("`{style}`")
    }
}

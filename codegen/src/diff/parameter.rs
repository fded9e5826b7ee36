//! Parameters: arguments of the method where they are required, setters where they are not.

use super::call::is_argument;
use super::operation::{deprecation, item, title};
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules;
use super::schema::{Place, same};
use super::{call, row};
use crate::model::{Location, Operation, Parameter};

/// The same operation on both sides.
pub(super) struct Both<'a> {
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
}

impl Both<'_> {
    pub(super) fn calls(&self, row: row::Row) -> row::Row {
        let after = call::carried(self.old, self.new);
        row.call(call::method(self.old), Some(after))
    }

    pub(super) fn method(&self) -> [String; 2] {
        let method = |it: &Operation| format!("Client::{}", it.rust);
        [method(self.old), method(self.new)]
    }

    /// The method of a request on both sides, of the name of an optional argument.
    pub(super) fn setter(&self, name: &str) -> String {
        let request = item(self.new, &self.new.type_name);
        format!("{request}::{name}")
    }
}

/// Compares the parameters of an operation.
pub(super) fn compare(pair: &Pair<'_>, old: &Operation, new: &Operation, rows: &mut Rows) {
    let both = Both { old, new };
    let matching = Matching::new(pair, old, new);
    for parameter in &matching.removed {
        removed(&both, parameter, rows);
    }
    for parameter in &matching.added {
        added(&both, parameter, rows);
    }
    for (before, after) in &matching.both {
        named(&both, before, after, rows);
        optionality(&both, before, after, rows);
        typed(pair, &both, before, after, rows);
        let place = after.pointer.child("deprecated");
        let flags = (before.deprecated, after.deprecated);
        let what = format!("parameter `{}` of {}", after.wire, title(new));
        match is_argument(after) {
            true if before.deprecated != after.deprecated => {
                let row = Row::new(&rules::ARGUMENT_DEPRECATED, At::new(&place), what);
                rows.push(row.items(both.method()));
            }
            true => {}
            false => deprecation(flags, &place, what, &both.setter(&after.rust), rows),
        }
    }
    reordered(&both, &matching, rows);
}

fn name(parameter: &Parameter, operation: &Operation) -> String {
    let place = place(parameter.location);
    format!("{place} `{}` of {}", parameter.wire, title(operation))
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn removed(both: &Both<'_>, parameter: &Parameter, rows: &mut Rows) {
    let at = At::old(&parameter.pointer);
    let detail = name(parameter, both.old);
    if is_argument(parameter) {
        let row = Row::new(&rules::PARAMETER_REMOVED_REQUIRED, at, detail);
        rows.push(both.calls(row.items(both.method())));
    } else {
        let row = Row::new(&rules::PARAMETER_REMOVED_OPTIONAL, at, detail);
        let before = call::setter(both.old, &parameter.rust);
        let row = row.item(both.setter(&parameter.rust));
        rows.push(row.call(before, Some(call::carried(both.old, both.new))));
    }
}

fn added(both: &Both<'_>, parameter: &Parameter, rows: &mut Rows) {
    let at = At::new(&parameter.pointer);
    let detail = name(parameter, both.new);
    if is_argument(parameter) {
        let row = Row::new(&rules::PARAMETER_ADDED_REQUIRED, at, detail);
        rows.push(both.calls(row.items(both.method())));
    } else {
        let row = Row::new(&rules::PARAMETER_ADDED_OPTIONAL, at, detail);
        rows.push(row.item(both.setter(&parameter.rust)));
    }
}

/// Its name, where it travels, and how it is written.
fn named(both: &Both<'_>, old: &Parameter, new: &Parameter, rows: &mut Rows) {
    let at = || At::new(&new.pointer);
    let here = name(new, both.new);
    // A header that is set once has the name of its setter.
    let is_set_once = old.constant.is_some() || new.constant.is_some();
    if (old.rust != new.rust || old.wire != new.wire) && !is_set_once {
        let detail = format!("`{}` → {here}", old.wire);
        if is_argument(old) || is_argument(new) {
            let row = Row::new(&rules::PARAMETER_RENAMED_REQUIRED, at(), detail);
            rows.push(row.items(both.method()).covers([&old.pointer]));
        } else if old.rust != new.rust {
            let row = Row::new(&rules::PARAMETER_RENAMED_OPTIONAL, at(), detail);
            let row = row
                .item(both.setter(&old.rust))
                .item(both.setter(&new.rust));
            let after = call::carried_setter(both.old, both.new, &new.rust);
            let row = row.call(call::setter(both.old, &old.rust), Some(after));
            rows.push(row.covers([&old.pointer]));
        }
    }
    if old.location != new.location {
        let detail = format!("{} → {here}", place(old.location));
        let row = Row::new(&rules::PARAMETER_MOVED, at(), detail);
        rows.push(row.items(both.method()).covers([&old.pointer]));
    } else if (old.style, old.explode) != (new.style, new.explode) {
        let row = Row::new(&rules::PARAMETER_STYLE, at(), here);
        rows.push(row.items(both.method()));
    }
}

fn optionality(both: &Both<'_>, old: &Parameter, new: &Parameter, rows: &mut Rows) {
    let rule = match (old.constant.is_some(), new.constant.is_some()) {
        (true, true) if old.required != new.required => &rules::CONSTANT_OPTIONALITY,
        (false, true) if old.required => &rules::PARAMETER_LIFTED,
        (true, false) if new.required => &rules::PARAMETER_LOWERED,
        (false, false) if old.required && !new.required => &rules::PARAMETER_NOW_OPTIONAL,
        (false, false) if !old.required && new.required => &rules::PARAMETER_NOW_REQUIRED,
        _ => return,
    };
    let place = new.pointer.child("required");
    let row = Row::new(rule, At::new(&place), name(new, both.new));
    let row = row.items(both.method()).item(both.setter(&new.rust));
    let before = match is_argument(old) {
        true => call::method(both.old),
        false => call::setter(both.old, &old.rust),
    };
    let after = match is_argument(new) {
        true => call::carried(both.old, both.new),
        false => call::carried_setter(both.old, both.new, &new.rust),
    };
    rows.push(match new.constant {
        Some(_) => both.calls(row),
        None => row.call(before, Some(after)),
    });
}

fn typed(pair: &Pair<'_>, both: &Both<'_>, old: &Parameter, new: &Parameter, rows: &mut Rows) {
    // What is set once per client is compared there.
    if new.constant.is_some() && old.constant.is_some() {
        return;
    }
    let items = match is_argument(new) {
        true => both.method().to_vec(),
        false => vec![both.setter(&new.rust)],
    };
    Place {
        what: name(new, both.new),
        at: At::new(&new.pointer.child("schema")),
        old: (&old.schema, old.required),
        new: (&new.schema, new.required),
        items,
        call: None,
        apart: false,
    }
    .compare(pair, rows);
}

/// Arguments of both sides whose order is another one.
fn reordered(both: &Both<'_>, matching: &Matching<'_>, rows: &mut Rows) {
    let order = |operation: &Operation, of_old: bool| -> Vec<usize> {
        let arguments = operation.parameters.iter().filter(|it| is_argument(it));
        let known = arguments.filter_map(|argument| {
            matching.both.iter().position(|(old, new)| {
                let this = if of_old { *old } else { *new };
                std::ptr::eq(this, argument) && is_argument(old) && is_argument(new)
            })
        });
        known.collect()
    };
    if order(both.old, true) != order(both.new, false) {
        let at = At::new(&both.new.pointer.child("parameters"));
        let row = Row::new(&rules::ARGUMENTS_REORDERED, at, title(both.new));
        rows.push(both.calls(row.items(both.method())));
    }
}

/// Which parameter of one side is which of the other.
struct Matching<'a> {
    both: Vec<(&'a Parameter, &'a Parameter)>,
    removed: Vec<&'a Parameter>,
    added: Vec<&'a Parameter>,
}

impl<'a> Matching<'a> {
    fn new(pair: &Pair<'_>, old: &'a Operation, new: &'a Operation) -> Self {
        let mut matching = Self {
            both: Vec::new(),
            removed: old.parameters.iter().collect(),
            added: new.parameters.iter().collect(),
        };
        let expression = |operation: &Operation, it: &Parameter| {
            let expression = format!("{{{}}}", it.wire);
            let is_path = it.location == Location::Path;
            is_path.then(|| {
                operation
                    .path
                    .split('/')
                    .position(|it| it.contains(&expression))
            })
        };
        matching.by(|old, new| (old.location, &old.wire) == (new.location, &new.wire));
        matching.by(|old, new| old.wire == new.wire);
        matching.by(|one, other| {
            let place = expression(old, one).flatten();
            place.is_some() && place == expression(new, other).flatten()
        });
        matching.by(|old, new| {
            let is_like = old.location == new.location && old.required == new.required;
            is_like
                && old.doc.is_some()
                && old.doc == new.doc
                && same(&old.schema, &new.schema, pair)
        });
        matching
    }

    /// Puts together what is alike.
    fn by(&mut self, alike: impl Fn(&Parameter, &Parameter) -> bool) {
        let mut waiting = Vec::new();
        for old in std::mem::take(&mut self.removed) {
            match self.added.iter().position(|new| alike(old, new)) {
                Some(at) => self.both.push((old, self.added.remove(at))),
                None => waiting.push(old),
            }
        }
        self.removed = waiting;
    }
}

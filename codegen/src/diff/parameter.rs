//! Parameters: arguments of the method where they are required, setters where they are not.

mod matching;

use super::arguments::{Argument, Order, Taken, order, told};
use super::call::is_argument;
use super::operation::{deprecation, item, title};
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules;
use super::schema::{Place, in_new_words};
use super::{call, row, rust};
use crate::model::{BodyKind, Location, Operation, Parameter, Schema, Style};
use matching::{Matching, names};

/// The same operation on both sides.
pub(super) struct Both<'a> {
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
    matching: Matching<'a>,
}

impl<'a> Both<'a> {
    pub(super) fn new(pair: &Pair<'_>, old: &'a Operation, new: &'a Operation) -> Self {
        Self {
            old,
            new,
            matching: Matching::new(pair, old, new),
        }
    }

    pub(super) fn calls(&self, row: row::Row) -> row::Row {
        row.call(call::method(self.old), Some(self.called()))
    }

    /// The method as it is called now, with what an old call gave, each value where it belongs.
    pub(super) fn called(&self) -> String {
        let had = call::arguments(self.old);
        let given = call::arguments(self.new).into_iter().map(|now| {
            let mut both = self.matching.both.iter();
            let was = both.find(|(was, it)| it.rust == now && is_argument(was) && is_argument(it));
            match was {
                Some((was, _)) => was.rust.clone(),
                // A value of the old call with this name is another thing.
                None if self.is_new(&now) && had.contains(&now) => format!("new_{now}"),
                None => now,
            }
        });
        let given = given.collect::<Vec<_>>().join(", ");
        format!("client.{}({given})", self.new.rust)
    }

    /// The same with a setter behind it.
    pub(super) fn called_with(&self, setter: &str) -> String {
        format!("{}.{setter}({setter})", self.called())
    }

    /// Whether an argument was none, so that no old call gave it.
    fn is_new(&self, argument: &str) -> bool {
        let mut parameters = self.new.parameters.iter();
        parameters.any(|it| it.rust == argument && is_argument(it))
    }

    /// Whether arguments stand in other places of a path that is the same without their names.
    pub(super) fn moves_in_path(&self) -> bool {
        let now = |was: &str| {
            let mut both = self.matching.both.iter();
            let found = both.find(|(it, _)| it.location == Location::Path && it.wire == was);
            found.map(|(_, now)| now.wire.as_str())
        };
        let (before, after) = (names(&self.old.path), names(&self.new.path));
        let mut both = before.iter().zip(&after);
        both.any(|(was, is)| now(was).is_some_and(|now| now != *is))
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
pub(super) fn compare(pair: &Pair<'_>, both: &Both<'_>, rows: &mut Rows) {
    let order = order(&arguments(pair, both, true), &arguments(pair, both, false));
    let taken = match &order {
        Order::Silent(taken) => taken.as_slice(),
        Order::Kept | Order::Refused => &[],
    };
    for parameter in &both.matching.removed {
        if !replaced(taken).any(|it| it.was == parameter.rust) {
            removed(both, parameter, rows);
        }
    }
    for parameter in &both.matching.added {
        if !replaced(taken).any(|it| it.now == parameter.rust) {
            added(both, parameter, rows);
        }
    }
    for (before, after) in &both.matching.both {
        let gave_way = replaced(taken).any(|it| it.was == before.rust);
        if !gave_way || !is_another(before, after) {
            named(both, before, after, rows);
        }
        optionality(both, before, after, rows);
        typed(pair, both, before, after, rows);
        let place = after.pointer.child("deprecated");
        let flags = (before.deprecated, after.deprecated);
        let what = format!("parameter `{}` of {}", after.wire, title(both.new));
        match is_argument(after) {
            true if before.deprecated != after.deprecated => {
                let row = Row::new(&rules::ARGUMENT_DEPRECATED, At::new(&place), what);
                rows.push(row.items(both.method()));
            }
            true => {}
            false => deprecation(flags, &place, what, &both.setter(&after.rust), rows),
        }
    }
    ordered(both, &order, rows);
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
        rows.push(row.call(before, Some(both.called())));
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
    let row = |rule, detail| Row::new(rule, at(), detail).covers([&old.pointer]);
    let is_path = (old.location, new.location) == (Location::Path, Location::Path);
    let is_header = (old.location, new.location) == (Location::Header, Location::Header);
    let detail = format!("`{}` → {here}", old.wire);
    // A header that is set once has the name of its setter.
    let is_set_once = old.constant.is_some() || new.constant.is_some();
    let setters = || {
        let sides = [old, new].into_iter().filter(|it| !is_argument(it));
        sides.map(|it| both.setter(&it.rust)).collect::<Vec<_>>()
    };
    if old.rust != new.rust && !is_set_once && !is_argument(old) && !is_argument(new) {
        let before = call::setter(both.old, &old.rust);
        let after = both.called_with(&new.rust);
        let row = row(&rules::PARAMETER_RENAMED_OPTIONAL, detail).items(setters());
        rows.push(row.call(before, Some(after)));
    } else if old.wire != new.wire || old.rust != new.rust && !is_set_once {
        let is_spelling = is_header && old.wire.eq_ignore_ascii_case(&new.wire);
        let rule = match old.rust == new.rust {
            true if is_spelling => &rules::HEADER_SPELLED,
            true if !is_path => &rules::PARAMETER_WIRE,
            _ => &rules::PARAMETER_RENAMED_REQUIRED,
        };
        rows.push(row(rule, detail).items(both.method()).items(setters()));
    }
    if old.location != new.location {
        let detail = format!("{} → {here}", place(old.location));
        rows.push(row(&rules::PARAMETER_MOVED, detail).items(both.method()));
    } else if (old.style, old.explode) != (new.style, new.explode) {
        let detail = format!("{here}: {} → {}", written(old), written(new));
        let row = Row::new(&rules::PARAMETER_STYLE, at(), detail);
        rows.push(row.items(both.method()));
    }
}

/// How a parameter becomes text.
fn written(parameter: &Parameter) -> String {
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
    let before = if is_argument(old) {
        call::method(both.old)
    } else {
        call::setter(both.old, &old.rust)
    };
    let after = if is_argument(new) {
        both.called()
    } else {
        both.called_with(&new.rust)
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
    let items = if is_argument(new) {
        both.method().to_vec()
    } else {
        vec![both.setter(&new.rust)]
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

/// Whether two arguments that were put together by what is said of them may be two things: what
/// travels under another name may mean something else.
fn is_another(old: &Parameter, new: &Parameter) -> bool {
    is_argument(old)
        && is_argument(new)
        && old.rust != new.rust
        && (old.location, new.location) != (Location::Path, Location::Path)
}

/// The arguments of a side, the body last.
fn arguments<'b>(pair: &Pair<'_>, both: &'b Both<'_>, of_old: bool) -> Vec<Argument<'b>> {
    let operation = if of_old { both.old } else { both.new };
    let ty = |schema: &Schema| {
        if of_old {
            in_new_words(schema, pair)
        } else {
            rust::of(schema)
        }
    };
    let known = |it: &Parameter| {
        both.matching.both.iter().position(|(old, new)| {
            let this = if of_old { *old } else { *new };
            std::ptr::eq(this, it) && is_argument(old) && is_argument(new) && !is_another(old, new)
        })
    };
    let parameters = operation.parameters.iter().filter(|it| is_argument(it));
    let parameters = parameters.map(|it| Argument {
        rust: &it.rust,
        ty: ty(&it.schema),
        known: known(it),
    });
    let body = operation.body.iter().filter(|it| it.required);
    let body = body.map(|it| Argument {
        rust: &it.rust,
        ty: match it.kind {
            BodyKind::Text if it.schema != Schema::Secret => "String".to_owned(),
            BodyKind::Bytes => "Upload".to_owned(),
            _ => ty(&it.schema),
        },
        known: Some(usize::MAX),
    });
    parameters.chain(body).collect()
}

/// Arguments that gave way to others, which old calls do not notice.
fn replaced(taken: &[Taken]) -> impl Iterator<Item = &Taken> {
    taken.iter().filter(|it| it.replaced)
}

/// Arguments whose order is another one, and what stands in another one's place.
fn ordered(both: &Both<'_>, order: &Order, rows: &mut Rows) {
    let at = At::new(&both.new.pointer.child("parameters"));
    let row = |rule, detail| both.calls(Row::new(rule, at.clone(), detail).items(both.method()));
    let taken = match order {
        Order::Kept => return,
        Order::Refused => {
            return rows.push(row(&rules::ARGUMENTS_REORDERED, title(both.new)));
        }
        Order::Silent(taken) => taken,
    };
    for it in replaced(taken) {
        let find = |operation: &'_ Operation, rust: &str| {
            let found = operation.parameters.iter().find(|it| it.rust == rust);
            found.cloned()
        };
        let (was, now) = (find(both.old, &it.was), find(both.new, &it.now));
        if let (Some(was), Some(now)) = (was, now) {
            let detail = format!(
                "{} `{}` → {}",
                place(was.location),
                was.wire,
                name(&now, both.new)
            );
            let row = Row::new(&rules::ARGUMENT_REPLACED, At::new(&now.pointer), detail);
            let row = row.items(both.method()).covers([&was.pointer]);
            let before = call::method(both.old);
            rows.push(row.call(before, Some(call::method(both.new))));
        }
    }
    let moved: Vec<Taken> = taken.iter().filter(|it| !it.replaced).cloned().collect();
    if !moved.is_empty() {
        let detail = format!("{}: {}", title(both.new), told(&moved));
        rows.push(row(&rules::ARGUMENTS_SWAPPED, detail));
    }
}

//! Which parameter of one side is which of the other.

use super::super::pair::Pair;
use super::super::schema::same;
use crate::model::{Location, Operation, Parameter};

/// Parameters that belong together, and those that only one side has.
pub(super) struct Matching<'a> {
    pub(super) both: Vec<(&'a Parameter, &'a Parameter)>,
    pub(super) removed: Vec<&'a Parameter>,
    pub(super) added: Vec<&'a Parameter>,
}

impl<'a> Matching<'a> {
    pub(super) fn new(pair: &Pair<'_>, old: &'a Operation, new: &'a Operation) -> Self {
        let mut matching = Self {
            both: Vec::new(),
            removed: old.parameters.iter().collect(),
            added: new.parameters.iter().collect(),
        };
        matching.path(old, new);
        matching.by(|old, new| (old.location, &old.wire) == (new.location, &new.wire));
        // The names of headers have no case.
        let is_header = |it: &Parameter| it.location == Location::Header;
        matching.by(|old, new| {
            is_header(old) && is_header(new) && old.wire.eq_ignore_ascii_case(&new.wire)
        });
        matching.by(|old, new| old.wire == new.wire);
        matching.by(|old, new| old.rust == new.rust);
        matching.by(|old, new| {
            let is_like = old.location == new.location && old.required == new.required;
            is_like
                && old.doc.is_some()
                && old.doc == new.doc
                && same(&old.schema, &new.schema, pair)
        });
        matching
    }

    /// Puts together the parameters of the path: by place, since no request shows their names.
    fn path(&mut self, old: &Operation, new: &Operation) {
        let (before, after) = (expressions(&old.path), expressions(&new.path));
        let found = |list: &[&'a Parameter], name: &str| -> Option<&'a Parameter> {
            let in_path = |it: &&&Parameter| it.location == Location::Path && it.wire == name;
            list.iter().find(in_path).copied()
        };
        let doc = |it: Option<&Parameter>| it.and_then(|it| it.doc.clone());
        let by_place = pairs(&before, &after, |was, now| was.follows == now.follows);
        let by_name = pairs(&before, &after, |was, now| was.name == now.name);
        // The same names in other places: the path was laid out anew, unless what is said of each
        // place stayed where it was.
        let stays = by_place.iter().all(|(was, now)| {
            let (was, now) = (found(&self.removed, was), found(&self.added, now));
            doc(was).is_some() && doc(was) == doc(now)
        });
        let only_names = by_name.len() == before.len() && before.len() == after.len();
        let chosen = if only_names && !stays {
            by_name
        } else {
            by_place
        };
        // A name that is no longer of the path, and still there, is what it was.
        let stands = |operation: &Operation, name: &str| {
            let mut all = operation.parameters.iter();
            all.any(|it| it.wire == name && it.location != Location::Path)
        };
        let lives =
            |(was, now): &(&str, &str)| was != now && (stands(new, was) || stands(old, now));
        for (was, now) in chosen.into_iter().filter(|it| !lives(it)) {
            if let (Some(was), Some(now)) = (found(&self.removed, was), found(&self.added, now)) {
                self.removed.retain(|it| !std::ptr::eq(*it, was));
                self.added.retain(|it| !std::ptr::eq(*it, now));
                self.both.push((was, now));
            }
        }
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

/// An expression of a path.
struct Expression<'a> {
    name: &'a str,
    /// What stands before it, from the last segment that is text.
    follows: String,
}

/// The expressions of a path, in their order.
fn expressions(path: &str) -> Vec<Expression<'_>> {
    let mut found = Vec::new();
    let mut before = String::new();
    let mut rest = path;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if text.contains(|c| c != '/') {
            before.clear();
        }
        let last = text.trim_end_matches('/').rsplit('/').next();
        before.push_str(last.unwrap_or_default());
        found.push(Expression {
            name,
            follows: before.clone(),
        });
        before.push_str("/{}");
        rest = after;
    }
    found
}

/// The names of a path's expressions, in their order.
pub(super) fn names(path: &str) -> Vec<&str> {
    expressions(path).into_iter().map(|it| it.name).collect()
}

/// The names of what is alike, each taken once, in the order of the path.
fn pairs<'a>(
    old: &[Expression<'a>],
    new: &[Expression<'a>],
    alike: impl Fn(&Expression<'_>, &Expression<'_>) -> bool,
) -> Vec<(&'a str, &'a str)> {
    let mut free: Vec<&Expression<'a>> = new.iter().collect();
    let mut pairs = Vec::new();
    for was in old {
        if let Some(at) = free.iter().position(|now| alike(was, now)) {
            pairs.push((was.name, free.remove(at).name));
        }
    }
    pairs
}

//! Matches the parameters of an operation between the two sides.

use super::super::matching::MatchedModels;
use super::super::schema::is_same_type;
use crate::model::{Location, Operation, Parameter};

/// Matched parameters, and those that only one side has.
pub(super) struct ParameterMatching<'a> {
    pub(super) matched: Vec<(&'a Parameter, &'a Parameter)>,
    pub(super) removed: Vec<&'a Parameter>,
    pub(super) added: Vec<&'a Parameter>,
}

impl<'a> ParameterMatching<'a> {
    /// Matches path parameters by position, then all others by the strongest evidence first.
    pub(super) fn new(models: &MatchedModels<'_>, old: &'a Operation, new: &'a Operation) -> Self {
        let mut matching = Self {
            matched: Vec::new(),
            removed: old.parameters.iter().collect(),
            added: new.parameters.iter().collect(),
        };
        matching.match_path(old, new);
        matching.match_by(|old, new| (old.location, &old.wire) == (new.location, &new.wire));
        // Header names are case-insensitive.
        let is_header = |parameter: &Parameter| parameter.location == Location::Header;
        matching.match_by(|old, new| {
            is_header(old) && is_header(new) && old.wire.eq_ignore_ascii_case(&new.wire)
        });
        matching.match_by(|old, new| old.wire == new.wire);
        matching.match_by(|old, new| old.rust == new.rust);
        matching.match_by(|old, new| {
            (old.location, old.required) == (new.location, new.required)
                && old.doc.is_some()
                && old.doc == new.doc
                && is_same_type(&old.schema, &new.schema, models)
        });
        matching
    }

    /// Matches path parameters. Requests do not contain their names, so position comes first.
    fn match_path(&mut self, old: &Operation, new: &Operation) {
        let names = self.path_names(old, new);
        // A parameter that left the path and still exists elsewhere is matched by its name.
        let is_elsewhere = |operation: &Operation, name: &str| {
            let mut parameters = operation.parameters.iter();
            parameters
                .any(|parameter| parameter.wire == name && parameter.location != Location::Path)
        };
        let moved =
            |was: &str, now: &str| was != now && (is_elsewhere(new, was) || is_elsewhere(old, now));
        for (was, now) in names.into_iter().filter(|(was, now)| !moved(was, now)) {
            let found = (
                path_parameter(&self.removed, was),
                path_parameter(&self.added, now),
            );
            if let (Some(was), Some(now)) = found {
                self.removed.retain(|removed| !std::ptr::eq(*removed, was));
                self.added.retain(|added| !std::ptr::eq(*added, now));
                self.matched.push((was, now));
            }
        }
    }

    /// Pairs the names of the template expressions of both paths.
    fn path_names<'o>(&self, old: &'o Operation, new: &'o Operation) -> Vec<(&'o str, &'o str)> {
        let (before, after) = (
            template_expressions(&old.path),
            template_expressions(&new.path),
        );
        let by_position = pair_names(&before, &after, |was, now| was.prefix == now.prefix);
        let by_name = pair_names(&before, &after, |was, now| was.name == now.name);
        // The same names in other positions mean that the path was rearranged, unless each position
        // kept its description: then the parameters were renamed in place.
        let doc = |parameter: Option<&Parameter>| parameter.and_then(|known| known.doc.clone());
        let keeps_descriptions = by_position.iter().all(|(was, now)| {
            let was = doc(path_parameter(&self.removed, was));
            was.is_some() && was == doc(path_parameter(&self.added, now))
        });
        let has_same_names = by_name.len() == before.len() && before.len() == after.len();
        if has_same_names && !keeps_descriptions {
            by_name
        } else {
            by_position
        }
    }

    /// Matches the parameters that are similar.
    fn match_by(&mut self, is_similar: impl Fn(&Parameter, &Parameter) -> bool) {
        let mut unmatched = Vec::new();
        for old in std::mem::take(&mut self.removed) {
            match self.added.iter().position(|new| is_similar(old, new)) {
                Some(index) => self.matched.push((old, self.added.remove(index))),
                None => unmatched.push(old),
            }
        }
        self.removed = unmatched;
    }
}

fn path_parameter<'a>(list: &[&'a Parameter], name: &str) -> Option<&'a Parameter> {
    let is_named =
        |parameter: &&&Parameter| parameter.location == Location::Path && parameter.wire == name;
    list.iter().find(is_named).copied()
}

/// A template expression of a path, such as `{id}`.
struct Expression<'a> {
    name: &'a str,
    /// The text before the expression, from the last literal segment on.
    prefix: String,
}

/// Returns the template expressions of a path, in order.
fn template_expressions(path: &str) -> Vec<Expression<'_>> {
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
            prefix: before.clone(),
        });
        before.push_str("/{}");
        rest = after;
    }
    found
}

/// Returns the names of the template expressions of a path, in order.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    template_expressions(path)
        .into_iter()
        .map(|expression| expression.name)
        .collect()
}

/// Pairs the names of similar expressions, each used once, in the order of the old path.
fn pair_names<'a>(
    old: &[Expression<'a>],
    new: &[Expression<'a>],
    is_similar: impl Fn(&Expression<'_>, &Expression<'_>) -> bool,
) -> Vec<(&'a str, &'a str)> {
    let mut unused: Vec<&Expression<'a>> = new.iter().collect();
    let mut pairs = Vec::new();
    for was in old {
        if let Some(index) = unused.iter().position(|now| is_similar(was, now)) {
            pairs.push((was.name, unused.remove(index).name));
        }
    }
    pairs
}

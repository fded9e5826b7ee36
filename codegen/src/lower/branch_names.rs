//! Names for the branches of a union that are no references: from what they say of themselves, so
//! that a branch keeps its name where another joins them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::composed::union_of;
use super::rule::Keywords;
use super::scalars::is_secret;
use super::sorted;

/// How long a title may be that is a name and not a sentence, in characters.
const LONGEST: usize = 40;

/// How deep an `allOf` is looked into.
const DEEPEST: usize = 4;

/// A name for each branch of a union, where a branch has one that no other has. Branches are asked
/// before they are lowered: their titles are gone then.
pub(super) fn of(schema: &Keywords) -> Vec<Option<String>> {
    let Some((_, branches)) = union_of(schema) else {
        return Vec::new();
    };
    let wanted: Vec<Vec<&str>> = branches
        .iter()
        .map(|branch| match branch.get("$ref") {
            Some(_) => Vec::new(),
            None => candidates(branch, DEEPEST),
        })
        .collect();
    let mut branches_of: BTreeMap<&str, usize> = BTreeMap::new();
    for name in wanted.iter().flat_map(BTreeSet::from_iter) {
        *branches_of.entry(name).or_default() += 1;
    }
    let of_one = |name: &&&str| branches_of.get(*name) == Some(&1);
    let names = wanted.iter().map(|names| names.iter().find(of_one));
    names
        .map(|name| name.map(|name| (*name).to_owned()))
        .collect()
}

/// What could name a branch, the best first. Of an `allOf`, the last part is most the branch's
/// own.
fn candidates(branch: &Value, depth: usize) -> Vec<&str> {
    if let Some(reference) = branch.get("$ref").and_then(Value::as_str) {
        return reference.rsplit('/').take(1).collect();
    }
    let own = title(branch).into_iter().chain(only_value(branch));
    let own = own.chain(tagged_value(branch)).chain(required(branch));
    let parts = branch.get("allOf").and_then(Value::as_array);
    let parts = parts.filter(|_| depth > 0).into_iter().flatten().rev();
    own.chain(parts.flat_map(|part| candidates(part, depth - 1)))
        .collect()
}

/// A title that is a name.
fn title(branch: &Value) -> Option<&str> {
    let title = branch.get("title").filter(|title| is_branch_name(title))?;
    title.as_str()
}

/// Whether a title may name a branch.
pub(crate) fn is_branch_name(title: &Value) -> bool {
    let fits =
        |title: &str| title.chars().count() <= LONGEST && title.contains(char::is_alphabetic);
    title.as_str().is_some_and(fits)
}

/// The one value that is valid, unless it is a secret.
fn only_value(schema: &Value) -> Option<&str> {
    let listed = schema.get("enum").and_then(Value::as_array);
    let value = match listed.map(Vec::as_slice) {
        Some([value]) => Some(value),
        _ => schema.get("const"),
    };
    value.and_then(Value::as_str).filter(|_| !is_secret(schema))
}

/// The value of the one required member for which only one is valid.
fn tagged_value(branch: &Value) -> Option<&str> {
    let required: BTreeSet<&str> = required(branch).collect();
    let properties = branch.get("properties").and_then(Value::as_object)?;
    let properties = sorted(properties).into_iter();
    let of_required = properties.filter(|(name, _)| required.contains(&name.as_str()));
    let mut values = of_required.filter_map(|(_, member)| only_value(member));
    values.next().filter(|_| values.next().is_none())
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

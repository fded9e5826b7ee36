//! Compares two trees node by node.

use serde_json::Value;

use crate::pointer::Pointer;

/// A node that differs between two trees.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Difference<'a> {
    /// Its place in the verified tree. For a missing entry of a list it is the list.
    pub(super) at: Pointer,
    /// The node in the verified tree.
    pub(super) found: Option<&'a Value>,
    /// The node in the other tree.
    pub(super) wanted: Option<&'a Value>,
    /// Whether it is an entry of a list in only one of the trees.
    pub(super) entry: bool,
}

/// Compares a tree with another one. Members for which `skip` returns true, given their places in
/// both trees, are ignored.
pub(super) fn compare<'a>(
    found: &'a Value,
    wanted: &'a Value,
    skip: &dyn Fn(&Pointer, &Pointer) -> bool,
) -> Vec<Difference<'a>> {
    let mut differences = Vec::new();
    let root = Pointer::root();
    let comparison = Comparison { skip };
    comparison.nodes((found, &root), (wanted, &root), &mut differences);
    differences
}

/// A node with its place.
type Placed<'a, 'b> = (&'a Value, &'b Pointer);

struct Comparison<'a> {
    skip: &'a dyn Fn(&Pointer, &Pointer) -> bool,
}

impl Comparison<'_> {
    fn nodes<'a>(
        &self,
        (found, at): Placed<'a, '_>,
        (wanted, there): Placed<'a, '_>,
        out: &mut Vec<Difference<'a>>,
    ) {
        match (found, wanted) {
            (Value::Object(_), Value::Object(_)) => {
                self.objects((found, at), (wanted, there), out);
            }
            (Value::Array(one), Value::Array(other)) => {
                self.lists((one, at), (other, there), out);
            }
            _ if found == wanted => {}
            _ => out.push(Difference {
                at: at.clone(),
                found: Some(found),
                wanted: Some(wanted),
                entry: false,
            }),
        }
    }

    fn objects<'a>(
        &self,
        (found, at): Placed<'a, '_>,
        (wanted, there): Placed<'a, '_>,
        out: &mut Vec<Difference<'a>>,
    ) {
        let members = |value: &'a Value| value.as_object().into_iter().flatten();
        for (name, value) in members(found) {
            let (at, there) = (at.child(name), there.child(name));
            match wanted.get(name) {
                _ if (self.skip)(&at, &there) => {}
                Some(other) => self.nodes((value, &at), (other, &there), out),
                None => out.push(Difference {
                    at,
                    found: Some(value),
                    wanted: None,
                    entry: false,
                }),
            }
        }
        for (name, value) in members(wanted).filter(|(name, _)| found.get(name).is_none()) {
            let (at, there) = (at.child(name), there.child(name));
            if !(self.skip)(&at, &there) {
                out.push(Difference {
                    at,
                    found: None,
                    wanted: Some(value),
                    entry: false,
                });
            }
        }
    }

    fn lists<'a>(
        &self,
        (found, at): (&'a [Value], &Pointer),
        (wanted, there): (&'a [Value], &Pointer),
        out: &mut Vec<Difference<'a>>,
    ) {
        let same = |one: usize, other: usize| {
            let (Some(one_value), Some(other_value)) = (found.get(one), wanted.get(other)) else {
                return false;
            };
            let mut inner = Vec::new();
            let (at, there) = (at.child(one), there.child(other));
            self.nodes((one_value, &at), (other_value, &there), &mut inner);
            inner.is_empty()
        };
        for (one, other) in pairs(found.len(), wanted.len(), &same) {
            let value = one.and_then(|index| found.get(index));
            let other_value = other.and_then(|index| wanted.get(index));
            match (one.zip(value), other.zip(other_value)) {
                (Some((one, value)), Some((other, other_value))) => {
                    let (at, there) = (at.child(one), there.child(other));
                    self.nodes((value, &at), (other_value, &there), out);
                }
                (one, _) => out.push(Difference {
                    at: one.map_or_else(|| at.clone(), |(index, _)| at.child(index)),
                    found: value,
                    wanted: other_value,
                    entry: true,
                }),
            }
        }
    }
}

/// Pairs the entries of two lists: equal entries in order, and the entries between them one by one.
fn pairs(
    one: usize,
    other: usize,
    same: &dyn Fn(usize, usize) -> bool,
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut pairs = Vec::new();
    let (mut from, mut there) = (0, 0);
    for (next, next_there) in equal(one, other, same).into_iter().chain([(one, other)]) {
        let gap = (next - from).max(next_there - there);
        pairs.extend((0..gap).map(|step| {
            let index = Some(from + step).filter(|index| *index < next);
            (
                index,
                Some(there + step).filter(|index| *index < next_there),
            )
        }));
        (from, there) = (next + 1, next_there + 1);
    }
    pairs
}

/// Maximum number of comparisons. Longer lists are paired in order.
const MAX_COMPARISONS: usize = 250_000;

/// Returns the longest common subsequence of two lists.
fn equal(one: usize, other: usize, same: &dyn Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let head = (0..one.min(other)).take_while(|at| same(*at, *at)).count();
    let rest = one.min(other) - head;
    let tail = (0..rest).take_while(|back| same(one - 1 - back, other - 1 - back));
    let tail = tail.count();
    let (mut rows, mut columns) = (one - head - tail, other - head - tail);
    if rows.saturating_mul(columns) > MAX_COMPARISONS {
        (rows, columns) = (0, 0);
    }
    // The length of the longest common subsequence after each pair of places, last row first.
    let mut lengths: Vec<Vec<(usize, bool)>> = vec![vec![(0, false); columns + 1]];
    for row in (0..rows).rev() {
        let below = lengths.last().cloned().unwrap_or_default();
        let mut line = vec![(0, false); columns + 1];
        let length = |line: &[(usize, bool)], at: usize| line.get(at).map_or(0, |cell| cell.0);
        for column in (0..columns).rev() {
            let equal = same(head + row, head + column);
            let best = if equal {
                1 + length(&below, column + 1)
            } else {
                length(&below, column).max(length(&line, column + 1))
            };
            if let Some(cell) = line.get_mut(column) {
                *cell = (best, equal);
            }
        }
        lengths.push(line);
    }
    lengths.reverse();
    let cell = |row: usize, column: usize| -> (usize, bool) {
        let line = lengths.get(row).map(Vec::as_slice).unwrap_or_default();
        line.get(column).copied().unwrap_or_default()
    };
    let mut found: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if cell(row, column).1 {
            found.push((head + row, head + column));
            (row, column) = (row + 1, column + 1);
        } else if cell(row + 1, column).0 >= cell(row, column + 1).0 {
            row += 1;
        } else {
            column += 1;
        }
    }
    found.extend(
        (0..tail)
            .rev()
            .map(|back| (one - 1 - back, other - 1 - back)),
    );
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::compare;

    /// Checks the differences, as `place found wanted`; `-` stands for a missing node.
    #[track_caller]
    fn check(found: Value, wanted: Value, expected: &[&str]) {
        let text = |value: Option<&Value>| value.map_or("-".to_owned(), Value::to_string);
        let differences = compare(&found, &wanted, &|at, _| at.last() == Some("prose"));
        let lines: Vec<String> = differences
            .iter()
            .map(|difference| {
                format!(
                    "{} {} {}",
                    difference.at,
                    text(difference.found),
                    text(difference.wanted)
                )
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn members_are_compared_by_name() {
        check(json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}), &[]);
        check(
            json!({"a": 1, "b": {"c": 2}, "prose": 1}),
            json!({"b": {"c": "2"}, "d": 3, "prose": 2}),
            &["/a 1 -", "/b/c 2 \"2\"", "/d - 3"],
        );
        check(json!({"a": []}), json!({"a": {}}), &["/a [] {}"]);
    }

    #[test]
    fn entries_are_compared_where_they_belong() {
        check(json!([1, 3]), json!([1, 2, 3]), &[" - 2"]);
        check(json!([1, 9, 3, 8]), json!([1, 3]), &["/1 9 -", "/3 8 -"]);
        check(
            json!([1, 2, 3, 4]),
            json!([0, 3, 4, 5]),
            &["/0 1 0", "/1 2 -", " - 5"],
        );
        check(json!([1, 2]), json!([2, 1]), &["/0 1 -", " - 1"]);
        check(
            json!([{"prose": 1, "a": 1}, {"b": 1}]),
            json!([{"c": 1}, {"prose": 2, "a": 1}, {"b": 2}]),
            &[" - {\"c\":1}", "/1/b 1 2"],
        );
        let long = |from: usize| Value::from((from..from + 2000).collect::<Vec<_>>());
        assert_eq!(compare(&long(0), &long(5000), &|_, _| false).len(), 2000);
    }
}

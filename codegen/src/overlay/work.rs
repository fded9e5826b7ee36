//! Estimates the cost of evaluating a target.
//!
//! The JSONPath library has no limits: parsing takes twice the time for each nested filter, and
//! evaluation multiplies by the depth of the document for each `..`, and by the number of selectors
//! in each pair of brackets. So the text of a target is scanned before it is parsed.

use serde_json::Value;

/// Maximum nesting of brackets and parentheses.
const MAX_NESTING: usize = 8;

/// The size of a document.
pub(super) struct Extent {
    /// Number of nodes.
    pub(super) nodes: usize,
    /// Depth of the tree.
    height: usize,
}

impl Extent {
    pub(super) fn of(node: &Value) -> Self {
        let below = |extents: &mut dyn Iterator<Item = Self>| {
            extents.fold(
                Self {
                    nodes: 1,
                    height: 0,
                },
                |all, one| Self {
                    nodes: all.nodes + one.nodes,
                    height: all.height.max(one.height),
                },
            )
        };
        let extent = match node {
            Value::Object(members) => below(&mut members.values().map(Self::of)),
            Value::Array(list) => below(&mut list.iter().map(Self::of)),
            _ => below(&mut std::iter::empty()),
        };
        Self {
            height: extent.height + 1,
            ..extent
        }
    }
}

/// The parts of a target that determine its cost.
#[derive(Default)]
pub(super) struct Work {
    /// Nesting of brackets and parentheses.
    nesting: usize,
    /// Number of `..`.
    descents: u32,
    /// Factor by which brackets with several selectors multiply the matches.
    selectors: usize,
    /// Number of filters and of queries in them.
    queries: usize,
    /// Number of queries in filters that begin at the root and match more than one node.
    absolute: u32,
    /// Whether a segment matches more than one name.
    wild: bool,
}

/// An open bracket.
#[derive(Default)]
struct Open<'a> {
    filter: bool,
    selectors: usize,
    /// The selected names; `None` if the bracket has other selectors.
    names: Option<Vec<&'a str>>,
    /// Whether the filter has a query that begins at the root.
    rooted: bool,
}

impl Work {
    /// Scans a target, which may be invalid.
    pub(super) fn of(target: &str) -> Self {
        let mut work = Self {
            selectors: 1,
            ..Self::default()
        };
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut rest = target;
        while let Some(sign) = rest.chars().next() {
            let text = literal(rest);
            let (token, after) = rest.split_at(text.unwrap_or(sign.len_utf8()));
            rest = after;
            if text.is_some() {
                if let Some(names) = open.last_mut().and_then(|bracket| bracket.names.as_mut()) {
                    names.push(token);
                }
                continue;
            }
            work.sign(sign, rest, &mut open);
        }
        work
    }

    fn sign<'a>(&mut self, sign: char, rest: &str, open: &mut Vec<Open<'a>>) {
        let in_filter = open.iter().any(|bracket| bracket.filter);
        match sign {
            '[' | '(' => {
                open.push(Open {
                    selectors: 1,
                    names: (sign == '[').then(Vec::new),
                    ..Open::default()
                });
                self.nesting = self.nesting.max(open.len());
            }
            ']' | ')' => {
                let closed = open.pop().unwrap_or_default();
                self.selectors = self.selectors.saturating_mul(closed.multiplies());
            }
            ',' => {
                if let Some(last) = open.last_mut() {
                    last.selectors += 1;
                }
            }
            '.' if rest.starts_with('.') => self.several(open, |work| work.descents += 1),
            '?' => {
                self.queries += 1;
                self.several(open, |_| {});
                if let Some(last) = open.last_mut() {
                    (last.filter, last.names) = (true, None);
                }
            }
            '*' | ':' => {
                self.several(open, |_| {});
                if let Some(last) = open.last_mut() {
                    last.names = None;
                }
            }
            '$' | '@' if in_filter => {
                self.queries += 1;
                if let Some(last) = open.last_mut() {
                    last.rooted = sign == '$';
                }
            }
            _ if sign.is_ascii_digit() => {
                if let Some(last) = open.last_mut() {
                    last.names = None;
                }
            }
            _ => {}
        }
    }

    /// Counts a segment that matches more than one node.
    fn several(&mut self, open: &mut [Open<'_>], count: impl Fn(&mut Self)) {
        self.wild = true;
        count(self);
        for bracket in open {
            if std::mem::take(&mut bracket.rooted) {
                self.absolute += 1;
            }
        }
    }

    /// Whether the target may be parsed.
    pub(super) fn is_readable(&self) -> bool {
        self.nesting <= MAX_NESTING
    }

    /// Returns the maximum number of nodes that evaluation visits.
    pub(super) fn steps(&self, extent: &Extent) -> usize {
        let deeper = extent
            .height
            .saturating_pow(self.descents.saturating_sub(1));
        let again = extent.nodes.saturating_pow(self.absolute);
        let nodes = if self.wild { extent.nodes } else { 1 };
        [deeper, again, self.selectors, 1 + self.queries]
            .into_iter()
            .fold(nodes, usize::saturating_mul)
    }
}

impl Open<'_> {
    /// Returns how often the selectors of a bracket may match one node.
    fn multiplies(self) -> usize {
        match self.names {
            Some(mut names) if names.len() == self.selectors => {
                names.sort_unstable();
                let runs = names.chunk_by(|one, other| one == other);
                runs.map(<[&str]>::len).max().unwrap_or(1)
            }
            _ => self.selectors,
        }
    }
}

/// Returns the length of the quoted text at the start.
fn literal(rest: &str) -> Option<usize> {
    let mut signs = rest.char_indices();
    let (_, quote) = signs
        .next()
        .filter(|(_, sign)| ['"', '\''].contains(sign))?;
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => {
                signs.next();
            }
            _ if sign == quote => return Some(at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Extent, Work};

    #[track_caller]
    fn check(target: &str, steps: usize) {
        // Ten nodes, four deep.
        let root = json!({"a": {"b": {"c": 1}}, "l": [1, 2, 3, 4, 5]});
        let extent = Extent::of(&root);
        assert_eq!((extent.nodes, extent.height), (10, 4));
        let work = Work::of(target);
        assert_eq!((work.steps(&extent), work.is_readable()), (steps, true));
    }

    #[test]
    fn names_alone_are_one_step() {
        check("$.a.b", 1);
        check("$['a..*?[,']['b']", 1);
        check("$[\"a\\\"..\"]", 1);
        check("$.a['b', 'c']", 1);
    }

    #[test]
    fn what_multiplies_is_counted() {
        check("$.a.*", 10);
        check("$..a", 10);
        check("$..a..b", 40);
        check("$.l[0, 1, *]", 30);
        check("$['a', 'a']['b', 'b']", 4);
        check("$.l[?@.x == 1]", 30);
        check("$.l[?@.x == 1 && @.y]", 40);
        check("$.l[?@.x == $.a]", 40);
        check("$.l[?@.x == $.a.*]", 400);
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth| format!("$.a{}{}", "[?@.a".repeat(depth), "]".repeat(depth));
        assert!(Work::of(&nested(8)).is_readable());
        assert!(!Work::of(&nested(9)).is_readable());
        assert!(!Work::of(&format!("$[?{}", "(".repeat(9))).is_readable());
    }
}

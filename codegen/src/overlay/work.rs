//! How much work it is to find what a target matches.
//!
//! The library that reads and follows JSONPath does both without a bound: reading doubles the work
//! with each filter inside of another, following multiplies it by the depth of the document with
//! each `..`, and by the number of selectors in each pair of brackets. So the text of a target is
//! looked at first.

use serde_json::Value;

/// How deep brackets and parentheses may stand in each other.
const NESTING: usize = 8;

/// The size of a document, as it matters here.
pub(super) struct Extent {
    /// How many nodes it has.
    pub(super) nodes: usize,
    /// How deep they stand in each other.
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

/// What stands in a target.
#[derive(Default)]
pub(super) struct Work {
    /// How deep brackets and parentheses stand in each other.
    nesting: usize,
    /// How often `..` stands there.
    descents: u32,
    /// By how much brackets with several selectors multiply the matches.
    selectors: usize,
    /// How many filters there are, and queries inside of them.
    queries: usize,
    /// How many queries inside of filters begin at the root and lead to more than one node.
    absolute: u32,
    /// Whether a segment matches more than one name.
    wild: bool,
}

/// Brackets that are open.
#[derive(Default)]
struct Open<'a> {
    filter: bool,
    selectors: usize,
    /// The names that were selected; `None` where something else was.
    names: Option<Vec<&'a str>>,
    /// Whether a query from the root began in the filter.
    rooted: bool,
}

impl Work {
    /// Looks at a target, which may be none.
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

    /// Something that leads to more than one node.
    fn several(&mut self, open: &mut [Open<'_>], count: impl Fn(&mut Self)) {
        self.wild = true;
        count(self);
        for bracket in open {
            if std::mem::take(&mut bracket.rooted) {
                self.absolute += 1;
            }
        }
    }

    /// Whether it may be read at all.
    pub(super) fn is_readable(&self) -> bool {
        self.nesting <= NESTING
    }

    /// How many nodes are looked at, at most.
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
    /// How often a node may be matched by the selectors of a bracket.
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

/// The length of the text in quotes that stands here.
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

//! What generated types need so that JSON is read and written without a loss: the choice among
//! the branches of a union, values of branches that nobody declared, and `null` beside absence.

use std::cell::Cell;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

/// A JSON value without a type, kept as it came: of a union's branch that the document does not
/// declare, or of a place where a secret may be that no type marks.
///
/// It is sent as it was received. `Debug` does not show it.
#[derive(Clone, PartialEq)]
pub struct Undeclared(Value);

impl Undeclared {
    /// The value, unchanged.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The value, given up.
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl From<Value> for Undeclared {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl std::fmt::Debug for Undeclared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(a value that is not declared)")
    }
}

impl<'de> Deserialize<'de> for Undeclared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Undeclared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The member that tells the branches of a union apart, with the values of each.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    member: &'static str,
    values: &'static [&'static [&'static str]],
}

impl Tag {
    /// The member's name, and the values of each branch in order; the first is sent where a
    /// branch itself says nothing.
    pub const fn new(member: &'static str, values: &'static [&'static [&'static str]]) -> Self {
        Self { member, values }
    }

    /// Writes a branch with a value that leads back to it: its own, unless it has none or one of
    /// another branch.
    ///
    /// # Errors
    ///
    /// Where the branch cannot be written as JSON.
    pub fn serialize<B: Serialize, S: Serializer>(
        &self,
        branch: &B,
        index: usize,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(branch)
            .map_err(|_| S::Error::custom("a branch of the union is not JSON"))?;
        if let Value::Object(members) = &mut value {
            let given = members.get(self.member).and_then(Value::as_str);
            let own = self.values.get(index).copied().unwrap_or_default();
            let of_another = |given: &str| {
                !own.contains(&given) && self.values.iter().any(|all| all.contains(&given))
            };
            if let (true, Some(first)) = (given.is_none_or(of_another), own.first()) {
                members.insert(self.member.to_owned(), Value::from(*first));
            }
        }
        value.serialize(serializer)
    }
}

/// The branch of a union that loses least of a value: the first of those that lose nothing. A
/// branch that only fits because its enums keep values which they do not list comes after all
/// others.
#[derive(Debug)]
pub struct Choice<'a, U> {
    value: &'a Value,
    best: Option<(Fit, U)>,
    /// What each branch keeps of the value that fits by what the document lists.
    kept: Vec<Value>,
    /// Whether it is inside no other choice.
    outermost: bool,
}

/// How many branches may be tried for each value that a union has inside.
const TRIES: usize = 100;

/// How many are allowed in any case.
const FEWEST_TRIES: usize = 10_000;

thread_local! {
    /// How many branches may still be tried within the outermost choice. Branches that try the same
    /// member again and again would double the work at every level, and an answer can be deep.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// How many values there are, at any depth.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

impl<U> Drop for Choice<'_, U> {
    fn drop(&mut self) {
        if self.outermost {
            LEFT.set(None);
        }
    }
}

/// How badly a branch fits; the least is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    unlisted: bool,
    lost: usize,
}

impl Fit {
    const EXACT: Self = Self {
        unlisted: false,
        lost: 0,
    };
}

impl<'a, U: Serialize> Choice<'a, U> {
    /// A choice of a branch for this value.
    pub fn new(value: &'a Value) -> Self {
        let outermost = LEFT.get().is_none();
        if outermost {
            let tries = count(value).saturating_mul(TRIES).max(FEWEST_TRIES);
            LEFT.set(Some(tries));
        }
        Self {
            value,
            best: None,
            kept: Vec::new(),
            outermost,
        }
    }

    /// Offers a branch; one after a branch that loses nothing is not looked at.
    #[must_use]
    pub fn or<B: Deserialize<'a>>(self, variant: fn(B) -> U) -> Self {
        self.or_listed(variant, |_| true)
    }

    /// Offers a branch of which can be told whether the document lists what it holds.
    #[must_use]
    pub fn or_listed<B: Deserialize<'a>>(
        mut self,
        variant: fn(B) -> U,
        listed: fn(&B) -> bool,
    ) -> Self {
        if self
            .best
            .as_ref()
            .is_some_and(|(fit, _)| *fit == Fit::EXACT)
        {
            return self;
        }
        let Some(left) = LEFT.get().and_then(|left| left.checked_sub(1)) else {
            return self;
        };
        LEFT.set(Some(left));
        let Ok(read) = B::deserialize(self.value) else {
            return self;
        };
        let unlisted = !listed(&read);
        let read = variant(read);
        let Ok(written) = serde_json::to_value(&read) else {
            return self;
        };
        let lost = lost(self.value, &written);
        let fit = Fit { unlisted, lost };
        if self.best.as_ref().is_none_or(|(best, _)| fit < *best) {
            self.best = Some((fit, read));
        }
        if !unlisted {
            self.kept.push(written);
        }
        self
    }

    /// The branch; `None` where none fits, or where more than a hundred would have to be tried for
    /// each value inside.
    pub fn take(mut self) -> Option<U> {
        self.settled().map(|(_, read)| read)
    }

    /// The best branch, unless some could not be tried any more.
    fn settled(&mut self) -> Option<(Fit, U)> {
        self.best.take().filter(|_| LEFT.get() != Some(0))
    }

    /// The branch, or the value as it is where several branches that fit keep more of it together
    /// than the best of them does; `None` where none fits.
    pub fn take_or(mut self, several: fn(Undeclared) -> U) -> Option<U> {
        let (fit, read) = self.settled()?;
        let kept: Vec<&Value> = self.kept.iter().collect();
        let together = kept.len() > 1 && !fit.unlisted && lost_by_all(self.value, &kept) < fit.lost;
        Some(match together {
            true => several(Undeclared(self.value.clone())),
            false => read,
        })
    }
}

/// How many values of `before` are not in `after`. `null` and absence say the same here, and text
/// may be written in another way: a time without its zeros is the same time.
fn lost(before: &Value, after: &Value) -> usize {
    match (before, after) {
        (Value::Null, Value::Null) => 0,
        (Value::Object(before), Value::Object(after)) => before
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| after.get(name).map_or(1, |after| lost(value, after)))
            .sum(),
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => before
            .iter()
            .zip(after)
            .map(|(one, other)| lost(one, other))
            .sum(),
        (Value::Number(before), Value::Number(after)) => usize::from(!same(before, after)),
        (Value::String(_), Value::String(_)) => 0,
        (before, after) => usize::from(before != after),
    }
}

/// How many values of `before` are in none of `after`.
fn lost_by_all(before: &Value, after: &[&Value]) -> usize {
    match before {
        Value::Object(before) => {
            let after: Vec<_> = after.iter().filter_map(|it| it.as_object()).collect();
            if after.is_empty() {
                return 1;
            }
            let members = before.iter().filter(|(_, value)| !value.is_null());
            let each = members.map(|(name, value)| {
                let after: Vec<&Value> = after.iter().filter_map(|it| it.get(name)).collect();
                lost_by_all(value, &after)
            });
            each.sum()
        }
        Value::Array(before) => {
            let after = after.iter().filter_map(|it| it.as_array());
            let after: Vec<_> = after.filter(|it| it.len() == before.len()).collect();
            if after.is_empty() {
                return 1;
            }
            let items = before.iter().enumerate().map(|(index, value)| {
                let after: Vec<&Value> = after.iter().filter_map(|it| it.get(index)).collect();
                lost_by_all(value, &after)
            });
            items.sum()
        }
        before => usize::from(after.iter().all(|after| lost(before, after) > 0)),
    }
}

/// Whether two numbers are one, however they are written.
fn same(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.as_f64() == other.as_f64(),
        (Some(whole), None) | (None, Some(whole)) => {
            let float = if one.is_f64() { one } else { other };
            // Beyond 2^53 not every whole number is a float.
            float
                .as_f64()
                .is_some_and(|float| float == whole as f64 && float as i128 == whole)
        }
    }
}

/// Reads a member that is there: `null` is a value then, and not absence.
///
/// # Errors
///
/// Where the member is not of its type.
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Choice, Tag, Undeclared, lost};

    #[test]
    fn what_is_missing_is_counted() {
        assert_eq!(lost(&json!({"a": 1, "b": {"c": 2}}), &json!({"b": {}})), 2);
        assert_eq!(lost(&json!({"a": null}), &json!({})), 0);
        assert_eq!(lost(&json!([1, 2]), &json!([1.0, 2])), 0);
        assert_eq!(
            lost(
                &json!(9_007_199_254_740_993_i64),
                &json!(9_007_199_254_740_992.0)
            ),
            1
        );
    }

    #[test]
    fn the_branch_that_loses_least_is_taken() {
        #[derive(serde::Deserialize, serde::Serialize)]
        struct Small {
            a: u8,
        }
        #[derive(serde::Deserialize, serde::Serialize)]
        struct Large {
            a: u8,
            b: u8,
        }
        #[derive(serde::Serialize)]
        #[serde(untagged)]
        enum Union {
            Small(Small),
            Large(Large),
        }
        let choose = |value: Value| {
            let choice = Choice::new(&value).or(Union::Small).or(Union::Large);
            choice.take().map(|it| matches!(it, Union::Large(_)))
        };
        assert_eq!(choose(json!({"a": 1, "b": 2})), Some(true));
        assert_eq!(choose(json!({"a": 1, "c": 2})), Some(false));
        assert_eq!(choose(json!({"b": 1})), None);
    }

    #[test]
    fn what_several_branches_describe_is_kept_whole() {
        #[derive(serde::Deserialize, serde::Serialize)]
        struct Named {
            name: Option<Vec<Named>>,
            title: Option<String>,
        }
        #[derive(serde::Deserialize, serde::Serialize)]
        struct Reached {
            name: Option<Vec<Reached>>,
            mail: Option<String>,
        }
        #[derive(serde::Serialize)]
        #[serde(untagged)]
        enum Union {
            Named(Named),
            Reached(Reached),
            Several(Undeclared),
        }
        let choose = |value: Value| {
            let choice = Choice::new(&value).or(Union::Named).or(Union::Reached);
            choice.take_or(Union::Several).map(|it| match it {
                Union::Named(_) => "named",
                Union::Reached(_) => "reached",
                Union::Several(it) => {
                    assert_eq!(it.value(), &value);
                    "several"
                }
            })
        };
        assert_eq!(choose(json!({"title": "a", "mail": "b"})), Some("several"));
        let inner = json!({"name": [{"title": "a"}, {"mail": "b"}]});
        assert_eq!(choose(inner), Some("several"));
        // What no branch describes makes no difference.
        assert_eq!(choose(json!({"title": "a", "age": 1})), Some("named"));
        assert_eq!(choose(json!({"mail": "b", "age": 1})), Some("reached"));
        assert_eq!(choose(json!({"name": 7})), None);
    }

    #[test]
    fn depth_does_not_double_the_work_without_end() {
        #[derive(serde::Deserialize, serde::Serialize)]
        struct One {
            inner: Option<Box<Union>>,
        }
        #[derive(serde::Deserialize, serde::Serialize)]
        struct Other {
            inner: Option<Box<Union>>,
            other: Option<u8>,
        }
        #[derive(serde::Serialize)]
        #[serde(untagged)]
        enum Union {
            One(One),
            Other(Other),
        }
        impl<'de> serde::Deserialize<'de> for Union {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: Value = serde::Deserialize::deserialize(deserializer)?;
                let branch = Choice::new(&value).or(Self::One).or(Self::Other).take();
                branch.ok_or_else(|| serde::de::Error::custom("no branch fits"))
            }
        }
        let nested = |depth: usize| {
            (0..depth).fold(json!({}), |inner, _| json!({"inner": inner, "other": 1}))
        };
        let read = |depth| serde_json::from_value::<Union>(nested(depth));
        let few = read(8).expect("a few levels are read");
        let few = serde_json::to_value(few).expect("it is JSON");
        assert_eq!(lost(&nested(8), &few), 0);
        assert!(read(100).is_err());
        // The next choice is not bound by what another has used.
        assert!(read(8).is_ok());
    }

    #[test]
    fn a_branch_is_sent_with_a_value_that_leads_back_to_it() {
        let tag = Tag::new("kind", &[&["cat", "kitten"], &["dog"]]);
        let sent = |value: Value| tag.serialize(&value, 0, serde_json::value::Serializer);
        let sent = |value: Value| sent(value).map(|it| it["kind"].clone()).ok();
        assert_eq!(sent(json!({})), Some(json!("cat")));
        assert_eq!(sent(json!({"kind": "kitten"})), Some(json!("kitten")));
        assert_eq!(sent(json!({"kind": "dog"})), Some(json!("cat")));
        assert_eq!(sent(json!({"kind": "bird"})), Some(json!("bird")));
    }
}

//! Arguments in their order: what calls mean now that the compiler still takes.

/// An argument of one side.
pub(super) struct Argument<'a> {
    /// What it is called in Rust.
    pub(super) rust: &'a str,
    /// Its type, in the words of the new side.
    pub(super) ty: String,
    /// The number of what it is on both sides; `None` where the other side takes no such argument.
    pub(super) known: Option<usize>,
}

/// An argument that stands where another one stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// What the caller gives it as.
    pub(super) was: String,
    /// What it is called now, where it is still there.
    pub(super) is: Option<String>,
    /// What it is taken as.
    pub(super) now: String,
    /// Whether each side has only one of the two.
    pub(super) replaced: bool,
}

/// What happened to the order of arguments.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Those that both sides have stand as they stood.
    Kept,
    /// They stand otherwise, and the compiler refuses old calls.
    Refused,
    /// Old calls compile, and some of their values are taken as something else.
    Silent(Vec<Taken>),
}

/// Compares arguments by their places.
pub(super) fn order(old: &[Argument<'_>], new: &[Argument<'_>]) -> Order {
    let types =
        |list: &[Argument<'_>]| -> Vec<String> { list.iter().map(|it| it.ty.clone()).collect() };
    if types(old) != types(new) {
        return if stay(old, new) == stay(new, old) {
            Order::Kept
        } else {
            Order::Refused
        };
    }
    let pairs = old.iter().zip(new);
    let others = pairs.filter(|(was, now)| was.known.is_none() || was.known != now.known);
    let taken = others.map(|(was, now)| Taken {
        was: was.rust.to_owned(),
        is: {
            let mut same = new.iter().filter(|it| it.known.is_some());
            let found = same.find(|it| it.known == was.known);
            found.map(|it| it.rust.to_owned())
        },
        now: now.rust.to_owned(),
        replaced: was.known.is_none() && now.known.is_none(),
    });
    let taken: Vec<Taken> = taken.collect();
    if taken.is_empty() {
        Order::Kept
    } else {
        Order::Silent(taken)
    }
}

/// The numbers of the arguments that both sides take, in the order of one of them.
fn stay(list: &[Argument<'_>], other: &[Argument<'_>]) -> Vec<usize> {
    let known = list.iter().filter_map(|it| it.known);
    let stays = |it: &usize| other.iter().any(|other| other.known == Some(*it));
    known.filter(stays).collect()
}

/// Each value by what it is given as, and what it is taken as.
pub(super) fn told(taken: &[Taken]) -> String {
    let each = taken.iter().map(|it| {
        let name = it.is.as_ref().filter(|name| **name != it.was);
        let name = name.map_or(String::new(), |name| format!(" (now `{name}`)"));
        format!("`{}`{name} is taken as `{}`", it.was, it.now)
    });
    each.collect::<Vec<_>>().join(", ")
}

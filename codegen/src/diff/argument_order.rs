//! Compares positional arguments and finds old calls that still compile with another meaning.

/// A positional argument of one side.
pub(super) struct Argument<'a> {
    /// The Rust name.
    pub(super) rust: &'a str,
    /// The Rust type, with the type names of the new side.
    pub(super) ty: String,
    /// The number that the argument has on both sides; `None` if the other side does not take it.
    pub(super) identity: Option<usize>,
}

/// An argument of an old call that the new method reads as another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MisreadArgument {
    /// The name of the argument that the caller gives.
    pub(super) given_as: String,
    /// The new name of that argument, if the new side still takes it.
    pub(super) new_name: Option<String>,
    /// The name of the argument that the new method reads there.
    pub(super) read_as: String,
    /// Whether each of the two arguments exists on one side only.
    pub(super) replaced: bool,
}

/// What happened to the order of arguments.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ArgumentOrder {
    /// The arguments of both sides keep their order.
    Unchanged,
    /// The order changed, and the compiler rejects old calls.
    RejectedByCompiler,
    /// Old calls compile, and some of their values are read as another argument.
    Misread(Vec<MisreadArgument>),
}

/// Compares arguments position by position.
pub(super) fn compare_order(old: &[Argument<'_>], new: &[Argument<'_>]) -> ArgumentOrder {
    let types = |list: &[Argument<'_>]| -> Vec<String> {
        list.iter().map(|argument| argument.ty.clone()).collect()
    };
    if types(old) != types(new) {
        return if shared_order(old, new) == shared_order(new, old) {
            ArgumentOrder::Unchanged
        } else {
            ArgumentOrder::RejectedByCompiler
        };
    }
    let pairs = old.iter().zip(new);
    let differ = pairs.filter(|(was, now)| was.identity.is_none() || was.identity != now.identity);
    let misread: Vec<MisreadArgument> = differ
        .map(|(was, now)| MisreadArgument {
            given_as: was.rust.to_owned(),
            new_name: new_name(was, new),
            read_as: now.rust.to_owned(),
            replaced: was.identity.is_none() && now.identity.is_none(),
        })
        .collect();
    if misread.is_empty() {
        ArgumentOrder::Unchanged
    } else {
        ArgumentOrder::Misread(misread)
    }
}

fn new_name(old: &Argument<'_>, new: &[Argument<'_>]) -> Option<String> {
    let identity = old.identity?;
    let mut same = new.iter();
    let same = same.find(|argument| argument.identity == Some(identity))?;
    Some(same.rust.to_owned())
}

/// Returns the identities of the arguments that both sides take, in the order of the first list.
fn shared_order(list: &[Argument<'_>], other: &[Argument<'_>]) -> Vec<usize> {
    let identities = list.iter().filter_map(|argument| argument.identity);
    let is_shared = |identity: &usize| {
        let mut others = other.iter();
        others.any(|argument| argument.identity == Some(*identity))
    };
    identities.filter(is_shared).collect()
}

/// Describes each misread argument: what the caller gives, and what the method reads.
pub(super) fn describe(misread: &[MisreadArgument]) -> String {
    let each = misread.iter().map(|argument| {
        let (given_as, read_as) = (&argument.given_as, &argument.read_as);
        let new_name = argument.new_name.as_ref();
        let renamed = new_name.filter(|name| *name != given_as);
        let renamed = renamed.map_or(String::new(), |name| format!(" (now `{name}`)"));
        format!("`{given_as}`{renamed} is read as `{read_as}`")
    });
    each.collect::<Vec<_>>().join(", ")
}

//! Where a name must be unique, and what happens when it is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::pointer::Pointer;
use crate::report::{Report, Rule};

/// The prelude's names, and those that generated code brings along: a type of a document that is
/// such a type could not have its name.
const TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "BaseUrl",
    "Box",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Environment",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "NaiveDate",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Undeclared",
    "Unpin",
    "Uuid",
    "Vec",
];

/// What the client itself can do.
const METHODS: &[&str] = &["builder", "clone", "token_source", "transport"];

/// What every builder sets.
const BUILDER: &[&str] = &[
    "build",
    "clone",
    "attempt_timeout",
    "clock",
    "connect_timeout",
    "connection_reuse",
    "max_decoded_bytes",
    "max_response_bytes",
    "proxy",
    "retry",
    "server",
    "timeout",
    "user_agent",
];

/// What a request itself holds or can do.
const ARGUMENTS: &[&str] = &[
    "client",
    "clone",
    "into_future",
    "new",
    "options",
    "request",
    "send",
    "stream",
    "with",
];

/// Modules that every client has, and crates that generated code names.
const MODULES: &[&str] = &[
    "alloc",
    "chrono",
    "client",
    "core",
    "lib",
    "reqwest",
    "runtime",
    "serde",
    "serde_json",
    "std",
    "types",
    "uuid",
];

/// The rules by which a name differs from what the document says.
pub(crate) struct Rules {
    reserved: Rule,
    collision: Rule,
}

/// Both rules.
pub(crate) static RULES: Rules = Rules {
    reserved: Rule {
        id: "reserved-name",
        does: "a name that Rust or the client needs itself is extended",
        loss: None,
    },
    collision: Rule {
        id: "name-collision",
        does: "a name that is taken is numbered, in the document's canonical order",
        loss: None,
    },
};

/// Every rule of this stage.
pub(crate) fn rules() -> [&'static Rule; 2] {
    [&RULES.collision, &RULES.reserved]
}

/// A set of names that must differ.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    numbers: Numbers,
    reserved: &'static [&'static str],
    /// What a reserved name is extended by.
    suffix: &'static str,
    /// What stands between a name and its number.
    separator: &'static str,
}

impl Scope {
    pub(crate) fn of_types() -> Self {
        Self::new(TYPES, "Type", "")
    }

    pub(crate) fn of_variants() -> Self {
        Self::new(&["Self"], "Value", "")
    }

    pub(crate) fn of_methods() -> Self {
        Self::new(METHODS, "_operation", "_")
    }

    pub(crate) fn of_modules() -> Self {
        Self::new(MODULES, "_operations", "_")
    }

    pub(crate) fn of_arguments() -> Self {
        Self::new(ARGUMENTS, "_parameter", "_")
    }

    pub(crate) fn of_builder() -> Self {
        Self::new(BUILDER, "_setting", "_")
    }

    /// `extra` is what typify calls the members that are left open.
    pub(crate) fn of_members() -> Self {
        Self::new(&["extra", "new"], "_member", "_")
    }

    fn new(
        reserved: &'static [&'static str],
        suffix: &'static str,
        separator: &'static str,
    ) -> Self {
        Self {
            taken: BTreeSet::new(),
            numbers: Numbers::default(),
            reserved,
            suffix,
            separator,
        }
    }

    /// Takes a name, or the nearest one that is free.
    pub(crate) fn add(
        &mut self,
        wanted: &str,
        original: &str,
        place: &Pointer,
        report: &mut Report,
    ) -> String {
        let mut name = wanted.to_owned();
        if self.reserved.contains(&wanted) {
            name.push_str(self.suffix);
            report.apply(&RULES.reserved, place, format!("`{original}` is `{name}`"));
        }
        if self.taken.contains(&name) {
            let (taken, separator) = (&self.taken, self.separator);
            let base = name.trim_end_matches('_').to_owned();
            let numbered = |number| format!("{base}{separator}{number}");
            name = self.numbers.free(&base, numbered, |it| taken.contains(it));
            report.apply(&RULES.collision, place, format!("`{original}` is `{name}`"));
        }
        self.taken.insert(name.clone());
        name
    }
}

/// Where counting went on for each name that was taken. The names of a scope are never given back,
/// so a number that was taken once need not be tried again: counting from the start each time would
/// take the square of the names that collide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    /// The first name of `numbered`, counted from 2, that is not taken.
    pub(crate) fn free(
        &mut self,
        base: &str,
        numbered: impl Fn(usize) -> String,
        taken: impl Fn(&str) -> bool,
    ) -> String {
        let next = self.0.entry(base.to_owned()).or_insert(2);
        loop {
            let name = numbered(*next);
            *next += 1;
            if !taken(&name) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use super::Numbers;

    #[test]
    fn counting_goes_on_where_it_ended() {
        let (mut numbers, mut taken) = (Numbers::default(), BTreeSet::from(["a".to_owned()]));
        let looked = Cell::new(0);
        for _ in 0..1000 {
            let numbered = |number| format!("a{number}");
            let name = numbers.free("a", numbered, |name| {
                looked.set(looked.get() + 1);
                taken.contains(name)
            });
            assert!(taken.insert(name));
        }
        assert!(taken.contains("a2") && taken.contains("a1001"));
        assert_eq!(looked.get(), 1000);
    }
}

//! Where a name must be unique, and what happens when it is not.

use std::collections::{BTreeMap, BTreeSet};

use super::letters::look;
use super::reserved::{self, Reserved};
use crate::pointer::Pointer;
use crate::report::{Report, Rule};

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

/// A set of names that must differ, also to the eye.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// What the names look like.
    taken: BTreeSet<String>,
    numbers: Numbers,
    reserved: &'static [Reserved],
    /// What a reserved name is extended by.
    suffix: &'static str,
    /// What stands between a name and its number.
    separator: &'static str,
}

impl Scope {
    pub(crate) fn of_types() -> Self {
        Self::new(reserved::TYPES, "Type", "")
    }

    pub(crate) fn of_variants() -> Self {
        Self::new(reserved::VARIANTS, "Value", "")
    }

    /// The variant that takes any URL is always there.
    pub(crate) fn of_environments() -> Self {
        Self::of_variants().with(["Custom"].into_iter())
    }

    pub(crate) fn of_methods() -> Self {
        Self::new(reserved::METHODS, "_operation", "_")
    }

    pub(crate) fn of_modules() -> Self {
        Self::new(reserved::MODULES, "_operations", "_")
    }

    pub(super) fn of_features() -> Self {
        Self::new(reserved::FEATURES, "-operations", "-")
    }

    pub(crate) fn of_arguments() -> Self {
        Self::new(reserved::ARGUMENTS, "_parameter", "_")
    }

    pub(crate) fn of_builder() -> Self {
        Self::new(reserved::BUILDER, "_setting", "_")
    }

    pub(crate) fn of_members() -> Self {
        Self::new(reserved::MEMBERS, "_member", "_")
    }

    fn new(reserved: &'static [Reserved], suffix: &'static str, separator: &'static str) -> Self {
        Self {
            taken: BTreeSet::new(),
            numbers: Numbers::default(),
            reserved,
            suffix,
            separator,
        }
    }

    /// The scope with names that were given in it before.
    pub(crate) fn with<'a>(mut self, names: impl Iterator<Item = &'a str>) -> Self {
        self.taken.extend(names.map(look));
        self
    }

    /// Whether a name is taken by what is no document's.
    pub(super) fn reserves(&self, name: &str) -> bool {
        reserved::why(self.reserved, name).is_some()
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
        if self.reserves(wanted) {
            name.push_str(self.suffix);
            report.apply(&RULES.reserved, place, format!("`{original}` is `{name}`"));
        }
        if self.taken.contains(&look(&name)) {
            let (taken, separator) = (&self.taken, self.separator);
            let base = name.trim_end_matches('_').to_owned();
            let numbered = |number| format!("{base}{separator}{number}");
            let is_taken = |name: &str| taken.contains(&look(name));
            name = self.numbers.free(&look(&base), numbered, is_taken);
            report.apply(&RULES.collision, place, format!("`{original}` is `{name}`"));
        }
        self.taken.insert(look(&name));
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

//! Types that have another name: by where they are used, or else by what they are.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::schema::bare;
use crate::model::{
    Branch, Constant, Discriminator, Field, Model, Operation, Parameter, Schema, Shape, TypeDef,
};
use crate::pointer::Pointer;

/// New names of types by their old ones: first what stands in the same place, then what is used
/// in the same places and is alike, last what is like one other type only.
pub(super) fn renames<'a>(
    old: &'a Model,
    new: &'a Model,
    operations: &[(&'a Operation, &'a Operation)],
) -> BTreeMap<&'a str, &'a str> {
    let mut search = Search {
        gone: only(old, new),
        fresh: only(new, old),
        old,
        new,
        found: BTreeMap::new(),
    };
    search.by_place();
    // What is found by its use leads to the uses inside of it.
    while search.by_use(operations) {}
    search.by_shape();
    search.found
}

type Types<'a> = BTreeMap<&'a str, &'a TypeDef>;

/// The types that one side alone has.
fn only<'a>(side: &'a Model, other: &Model) -> Types<'a> {
    let types = side.types.iter();
    let alone = types.filter(|(name, _)| !other.types.contains_key(*name));
    alone.map(|(name, it)| (name.as_str(), it)).collect()
}

struct Search<'a> {
    /// What waits for its new name, and the names that wait.
    gone: Types<'a>,
    fresh: Types<'a>,
    old: &'a Model,
    new: &'a Model,
    found: BTreeMap<&'a str, &'a str>,
}

impl<'a> Search<'a> {
    fn settle(&mut self, old: &'a str, new: &'a str) {
        self.gone.remove(old);
        self.fresh.remove(new);
        self.found.insert(old, new);
    }

    /// Settles the pairs whose two sides each have no other candidate.
    fn unique(&mut self, candidates: &[(&'a str, &'a str)]) {
        let mut by_old: BTreeMap<&str, usize> = BTreeMap::new();
        let mut by_new: BTreeMap<&str, usize> = BTreeMap::new();
        for (old, new) in candidates {
            *by_old.entry(old).or_default() += 1;
            *by_new.entry(new).or_default() += 1;
        }
        for (old, new) in candidates {
            if by_old.get(old) == Some(&1) && by_new.get(new) == Some(&1) {
                self.settle(old, new);
            }
        }
    }

    fn by_place(&mut self) {
        let mut at: BTreeMap<&Pointer, Vec<(&'a str, &'a TypeDef)>> = BTreeMap::new();
        for (name, it) in &self.fresh {
            at.entry(&it.pointer).or_default().push((*name, *it));
        }
        let mut candidates = Vec::new();
        for (old, it) in &self.gone {
            let here = at.get(&it.pointer).into_iter().flatten();
            let alike = here.filter(|(_, other)| is_of_kind(&it.shape, &other.shape));
            candidates.extend(alike.map(|(new, _)| (*old, *new)));
        }
        self.unique(&candidates);
    }

    /// Follows what is the same on both sides; says whether anything was found.
    fn by_use(&mut self, operations: &[(&'a Operation, &'a Operation)]) -> bool {
        let mut walk = Walk {
            search: self,
            queue: VecDeque::new(),
            seen: BTreeSet::new(),
            uses: BTreeMap::new(),
        };
        for (old, new) in operations {
            walk.operation(old, new);
        }
        walk.all();
        let uses = walk.uses;
        let mut likely: Vec<(usize, (&'a str, &'a str))> = uses
            .into_iter()
            .map(|(pair, count)| (count, pair))
            .collect();
        // The most used first, then by name.
        likely.sort_by(|(one, pair), (other, with)| other.cmp(one).then_with(|| pair.cmp(with)));
        let before = self.found.len();
        for (_, (old, new)) in likely {
            let waits = self.gone.get(old).zip(self.fresh.get(new));
            if waits.is_some_and(|(was, now)| resembles(&was.shape, &now.shape)) {
                self.settle(old, new);
            }
        }
        self.found.len() > before
    }

    fn by_shape(&mut self) {
        let mut alike: BTreeMap<String, Vec<(&'a str, &'a TypeDef)>> = BTreeMap::new();
        for (name, it) in &self.fresh {
            alike.entry(key(&it.shape)).or_default().push((*name, *it));
        }
        let mut candidates = Vec::new();
        for (old, it) in &self.gone {
            let others = alike.get(&key(&it.shape)).into_iter().flatten();
            let others =
                others.filter(|(_, other)| it.shape == other.shape || looks_like(it, other));
            candidates.extend(others.map(|(new, _)| (*old, *new)));
        }
        self.unique(&candidates);
    }
}

/// A walk over what both sides use in the same places.
struct Walk<'a, 'b> {
    search: &'b Search<'a>,
    queue: VecDeque<(&'a str, &'a str)>,
    seen: BTreeSet<(&'a str, &'a str)>,
    /// How often an old type stands where a new one does, neither of which the other side has.
    uses: BTreeMap<(&'a str, &'a str), usize>,
}

impl<'a> Walk<'a, '_> {
    fn operation(&mut self, old: &'a Operation, new: &'a Operation) {
        if let (Some(old), Some(new)) = (&old.body, &new.body) {
            self.schemas(&old.schema, &new.schema);
        }
        for was in &old.responses {
            let now = new.responses.iter().find(|it| it.status == was.status);
            let bodies = now.and_then(|now| was.body.as_ref().zip(now.body.as_ref()));
            if let Some((old, new)) = bodies {
                self.schemas(&old.schema, &new.schema);
            }
        }
        for was in &old.parameters {
            let same = |it: &&Parameter| (it.location, &it.wire) == (was.location, &was.wire);
            if let Some(now) = new.parameters.iter().find(same) {
                self.schemas(&was.schema, &now.schema);
            }
        }
    }

    fn schemas(&mut self, old: &'a Schema, new: &'a Schema) {
        match (bare(old), bare(new)) {
            (Schema::Ref(old), Schema::Ref(new)) => self.names(old, new),
            (Schema::Array(old), Schema::Array(new)) | (Schema::Map(old), Schema::Map(new)) => {
                self.schemas(old, new);
            }
            _ => {}
        }
    }

    fn names(&mut self, old: &'a str, new: &'a str) {
        let is_same = old == new || self.search.found.get(old) == Some(&new);
        let waits = self.search.gone.contains_key(old) && self.search.fresh.contains_key(new);
        if is_same && self.seen.insert((old, new)) {
            self.queue.push_back((old, new));
        } else if waits {
            *self.uses.entry((old, new)).or_default() += 1;
        }
    }

    fn all(&mut self) {
        while let Some((old, new)) = self.queue.pop_front() {
            let types = (
                self.search.old.types.get(old),
                self.search.new.types.get(new),
            );
            if let (Some(old), Some(new)) = types {
                self.shapes(&old.shape, &new.shape);
            }
        }
    }

    fn shapes(&mut self, old: &'a Shape, new: &'a Shape) {
        match (old, new) {
            (
                Shape::Struct {
                    fields: old,
                    additional: further,
                },
                Shape::Struct {
                    fields: new,
                    additional,
                },
            ) => {
                let after = by_wire(new);
                for was in old {
                    if let Some(now) = after.get(&*was.wire) {
                        self.schemas(&was.schema, &now.schema);
                    }
                }
                if let (Some(old), Some(new)) = (further, additional) {
                    self.schemas(old, new);
                }
            }
            (Shape::Alias(old), Shape::Alias(new)) => self.schemas(old, new),
            (
                Shape::Union {
                    branches: old,
                    discriminator: told,
                },
                Shape::Union {
                    branches: new,
                    discriminator,
                },
            ) => {
                for (old, new) in branches((old, told.as_ref()), (new, discriminator.as_ref())) {
                    self.schemas(&old.schema, &new.schema);
                }
            }
            _ => {}
        }
    }
}

/// A branch with the values that it is told by.
type Told<'a> = (&'a Branch, Vec<Constant>);

type Branches<'a> = (&'a [Branch], Option<&'a Discriminator>);

/// Which branch is which: of one name, of a value that both are told by, or else in order.
fn branches<'a>(old: Branches<'a>, new: Branches<'a>) -> Vec<(&'a Branch, &'a Branch)> {
    let values = |(branches, told): Branches<'a>, at: usize| {
        let values = told.and_then(|told| told.values.get(at));
        let branch: Option<&'a Branch> = branches.get(at);
        (branch, values.cloned().unwrap_or_default())
    };
    let all = |side: Branches<'a>| -> Vec<Told<'a>> {
        let each = (0..side.0.len()).map(|at| values(side, at));
        each.filter_map(|(branch, values)| Some((branch?, values)))
            .collect()
    };
    let (mut removed, mut added) = (all(old), all(new));
    let mut both = Vec::new();
    let mut by = |alike: &dyn Fn(&Told<'a>, &Told<'a>) -> bool| {
        removed.retain(|was| match added.iter().position(|now| alike(was, now)) {
            Some(at) => {
                both.push((was.0, added.remove(at).0));
                false
            }
            None => true,
        });
    };
    by(&|was, now| was.0.rust == now.0.rust);
    by(&|was, now| was.1.iter().any(|value| now.1.contains(value)));
    if removed.len() == added.len() {
        let left = removed.iter().zip(&added);
        both.extend(left.map(|(was, now)| (was.0, now.0)));
    }
    both
}

fn is_of_kind(old: &Shape, new: &Shape) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new)
}

/// Whether two types that stand in one place may be one: half of what they are made of is shared.
fn resembles(old: &Shape, new: &Shape) -> bool {
    let half = |old: BTreeSet<&str>, new: BTreeSet<&str>| {
        old.intersection(&new).count() * 2 >= old.len().max(new.len())
    };
    match (old, new) {
        (Shape::Struct { fields: old, .. }, Shape::Struct { fields: new, .. }) => half(
            old.iter().map(|it| it.wire.as_str()).collect(),
            new.iter().map(|it| it.wire.as_str()).collect(),
        ),
        (Shape::Enum { values: old }, Shape::Enum { values: new }) => half(
            old.iter().map(|it| it.wire.as_str()).collect(),
            new.iter().map(|it| it.wire.as_str()).collect(),
        ),
        (Shape::Union { branches: old, .. }, Shape::Union { branches: new, .. }) => {
            let names = |all: &[Branch]| all.iter().map(|it| it.rust.clone()).collect();
            let (old, new): (BTreeSet<String>, BTreeSet<String>) = (names(old), names(new));
            old.len() == new.len() || old.intersection(&new).count() * 2 >= old.len()
        }
        (old, new) => old == new,
    }
}

/// What shapes have in common that are alike.
fn key(shape: &Shape) -> String {
    match shape {
        Shape::Struct { fields, .. } => {
            let members = fields
                .iter()
                .map(|it| format!("{} {}", it.required, it.wire));
            members.collect::<Vec<_>>().join("\n")
        }
        other => format!("{other:?}"),
    }
}

/// Whether two structs have members of the same names, not all of which are untyped.
fn looks_like(old: &TypeDef, new: &TypeDef) -> bool {
    let (Shape::Struct { fields: old, .. }, Shape::Struct { fields: new, .. }) =
        (&old.shape, &new.shape)
    else {
        return false;
    };
    let is_plain = |schema: &Schema| !schema.is_untyped();
    old.len() == new.len()
        && old.iter().any(|it| is_plain(&it.schema))
        && old
            .iter()
            .zip(new)
            .all(|(old, new)| (&old.wire, old.required) == (&new.wire, new.required))
}

/// The members of a type by their names in JSON.
fn by_wire(fields: &[Field]) -> BTreeMap<&str, &Field> {
    fields.iter().map(|it| (it.wire.as_str(), it)).collect()
}

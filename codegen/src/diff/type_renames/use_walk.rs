//! Walks what both models use in the same places, and counts pairs of types that may be the same.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::schema_parts::without_null;
use super::branches::match_branches;
use super::candidates::Candidates;
use crate::model::{Field, Operation, Parameter, Schema, Shape};

/// How often an old type and a new type are used in the same place, for types without a match.
type Uses<'a> = BTreeMap<(&'a str, &'a str), usize>;

/// Counts the places where an unmatched old type and an unmatched new type are used.
pub(super) fn count_uses<'a>(
    candidates: &Candidates<'a>,
    operations: &[(&'a Operation, &'a Operation)],
) -> Uses<'a> {
    let mut walk = Walk {
        candidates,
        queue: VecDeque::new(),
        seen: BTreeSet::new(),
        uses: BTreeMap::new(),
    };
    for (old, new) in operations {
        walk.operation(old, new);
    }
    walk.run();
    walk.uses
}

struct Walk<'a, 'b> {
    candidates: &'b Candidates<'a>,
    /// Matched types whose parts were not compared yet.
    queue: VecDeque<(&'a str, &'a str)>,
    seen: BTreeSet<(&'a str, &'a str)>,
    uses: Uses<'a>,
}

impl<'a> Walk<'a, '_> {
    fn operation(&mut self, old: &'a Operation, new: &'a Operation) {
        if let (Some(old), Some(new)) = (&old.body, &new.body) {
            self.schemas(&old.schema, &new.schema);
        }
        for was in &old.responses {
            let now = new
                .responses
                .iter()
                .find(|response| response.status == was.status);
            let bodies = now.and_then(|now| was.body.as_ref().zip(now.body.as_ref()));
            if let Some((old, new)) = bodies {
                self.schemas(&old.schema, &new.schema);
            }
        }
        for was in &old.parameters {
            let is_same = |now: &&Parameter| (now.location, &now.wire) == (was.location, &was.wire);
            if let Some(now) = new.parameters.iter().find(is_same) {
                self.schemas(&was.schema, &now.schema);
            }
        }
    }

    fn schemas(&mut self, old: &'a Schema, new: &'a Schema) {
        match (without_null(old), without_null(new)) {
            (Schema::Ref(old), Schema::Ref(new)) => self.names(old, new),
            (Schema::Array(old), Schema::Array(new)) | (Schema::Map(old), Schema::Map(new)) => {
                self.schemas(old, new);
            }
            _ => {}
        }
    }

    fn names(&mut self, old: &'a str, new: &'a str) {
        let is_matched = old == new || self.candidates.found.get(old) == Some(&new);
        let is_candidate =
            self.candidates.removed.contains_key(old) && self.candidates.added.contains_key(new);
        if is_matched && self.seen.insert((old, new)) {
            self.queue.push_back((old, new));
        } else if is_candidate {
            *self.uses.entry((old, new)).or_default() += 1;
        }
    }

    /// Compares the parts of matched types until none is left.
    fn run(&mut self) {
        while let Some((old, new)) = self.queue.pop_front() {
            let types = (
                self.candidates.old.types.get(old),
                self.candidates.new.types.get(new),
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
                    additional: old_extra,
                },
                Shape::Struct {
                    fields: new,
                    additional: new_extra,
                },
            ) => {
                let after = by_wire(new);
                for was in old {
                    if let Some(now) = after.get(&*was.wire) {
                        self.schemas(&was.schema, &now.schema);
                    }
                }
                if let (Some(old), Some(new)) = (old_extra, new_extra) {
                    self.schemas(old, new);
                }
            }
            (Shape::Alias(old), Shape::Alias(new)) => self.schemas(old, new),
            (
                Shape::Union {
                    branches: old,
                    discriminator: old_discriminator,
                },
                Shape::Union {
                    branches: new,
                    discriminator: new_discriminator,
                },
            ) => {
                let old = (old.as_slice(), old_discriminator.as_ref());
                let new = (new.as_slice(), new_discriminator.as_ref());
                for (old, new) in match_branches(old, new) {
                    self.schemas(&old.schema, &new.schema);
                }
            }
            _ => {}
        }
    }
}

/// Returns the fields of a struct by their names in JSON.
fn by_wire(fields: &[Field]) -> BTreeMap<&str, &Field> {
    let fields = fields.iter();
    fields.map(|field| (field.wire.as_str(), field)).collect()
}

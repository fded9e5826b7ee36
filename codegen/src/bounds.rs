//! How much a document may ask for.
//!
//! Memory and time grow with the bytes of the inputs. Where a few bytes can ask for much more (an
//! alias, an overlay's update, a schema that many others take over, an operation of thirty bytes),
//! a ceiling ends the run with a diagnostic before the memory is taken. `docs/growth.md` has what was
//! measured: a run takes at most 40 bytes for each byte of its inputs, and 2.5 GiB.
//!
//! The ceilings have room above what people have. The largest document that is known has 22,361
//! operations; GitHub's, with 13 MB, has 1,223 operations and 258,000 nodes.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::model::{Model, Operation, Shape};
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::select::Selected;
use crate::source::Input;

/// The most bytes that an input may have.
pub const BYTES: usize = 64 << 20;

/// The most nodes that an input may have, aliases written out. Documents have one in 20 to 60
/// bytes; a list of digits has one in two.
pub const NODES: usize = 3_000_000;

/// How many bytes aliases may add to an input, and an overlay to a document.
pub const ADDED: usize = 32 << 20;

/// How many bytes may be copied to the places where they are used: by `allOf`, by references to
/// parameters, responses and path items, by what is said once for all operations.
pub const COPIED: usize = 64 << 20;

/// The most operations of a client.
pub const OPERATIONS: usize = 40_000;

/// The most parts of a client: operations, their parameters and responses, types, their members,
/// values and branches.
pub const PARTS: usize = 500_000;

/// The most parts of one operation or type, and the most servers and security schemes of a client.
/// Each is emitted at once; the largest that are known have some hundreds.
pub const MEMBERS: usize = 10_000;

/// The most bytes of a key. Keys are part of the place of all that stands below them, and places are
/// kept for whatever may have to be told. The longest paths of documents have 400.
pub const KEY: usize = 4 << 10;

/// What a node weighs beside its text.
pub(crate) const NODE: usize = 16;

/// How many bytes a tree stands for.
pub(crate) fn weight(node: &Value) -> usize {
    let below = match node {
        Value::Object(object) => members(object),
        Value::Array(list) => list.iter().map(weight).sum(),
        Value::String(text) => text.len(),
        _ => 0,
    };
    NODE + below
}

/// How many bytes the members of an object stand for.
pub(crate) fn members(members: &Map<String, Value>) -> usize {
    members
        .iter()
        .map(|(name, member)| name.len() + weight(member))
        .sum()
}

/// What is left of a ceiling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room(usize);

impl Room {
    pub(crate) fn new(ceiling: usize) -> Self {
        Self(ceiling)
    }

    /// Takes a part of it; `false` where less is left, which leaves nothing.
    pub(crate) fn take(&mut self, size: usize) -> bool {
        let left = self.0.checked_sub(size);
        self.0 = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether nothing is left.
    pub(crate) fn is_used_up(self) -> bool {
        self.0 == 0
    }
}

/// The room for [`COPIED`].
impl Default for Room {
    fn default() -> Self {
        Self(COPIED)
    }
}

/// Checks how many operations were chosen.
///
/// # Errors
///
/// [`Stop`] if there are more than [`OPERATIONS`].
pub(crate) fn operations(selected: &Selected, report: &mut Report) -> Result<(), Stop> {
    let count = selected.operations().len();
    let place = Pointer::root().child("paths");
    within(OPERATIONS, count, "operations", &place, report)
}

/// Checks that a client is one that can be made and compiled.
///
/// # Errors
///
/// [`Stop`] if it has more than [`PARTS`], or was made of too many copies.
pub(crate) fn parts(model: &Model, report: &mut Report) -> Result<(), Stop> {
    if report.is_full() {
        return Err(Stop);
    }
    let of_client = model.credentials.len() + model.environments.len();
    let place = Pointer::root().child("components");
    within(
        MEMBERS,
        of_client,
        "servers and security schemes",
        &place,
        report,
    )?;
    let of_operations = model.operations.iter();
    let of_operations = of_operations.map(|it| (&it.pointer, parts_of(it)));
    let of_types = model.types.values();
    let of_types = of_types.map(|it| (&it.pointer, parts_of_type(&it.shape)));
    let mut all = 0;
    for (place, count) in of_operations.chain(of_types) {
        within(MEMBERS, count, "parts here", place, report)?;
        all += count;
    }
    within(PARTS, all, "parts", &Pointer::root().child("paths"), report)
}

fn within(
    ceiling: usize,
    count: usize,
    what: &str,
    place: &Pointer,
    report: &mut Report,
) -> Result<(), Stop> {
    if count <= ceiling {
        return Ok(());
    }
    let message = format!("the client would have {count} {what}");
    let place = Place::Node(Input::Document, place.clone());
    report.push(Diagnostic::new(
        &diagnostics::TOO_MANY_PARTS,
        place,
        message,
    ));
    Err(Stop)
}

fn parts_of(operation: &Operation) -> usize {
    1 + operation.parameters.len() + operation.responses.len()
}

fn parts_of_type(shape: &Shape) -> usize {
    1 + match shape {
        Shape::Struct { fields, .. } => fields.len(),
        Shape::Enum { values } => values.len(),
        Shape::Union { branches, .. } => branches.len(),
        Shape::Secret | Shape::Alias(_) => 0,
    }
}

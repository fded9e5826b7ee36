//! A fault of a document with the edits that make the rest of the document usable.

use serde_json::Value;

use crate::diagnostic::{Cost, Diagnostic};
use crate::pointer::Pointer;

/// A violation of OpenAPI that does not have to cost the whole client.
pub(super) struct Fault {
    pub(super) diagnostic: Diagnostic,
    /// The faulty node in the tree under check.
    pub(super) node: Pointer,
    pub(super) repair: Repair,
}

/// What is done about a fault unless the mode is strict.
pub(super) struct Repair {
    pub(super) cost: Cost,
    /// What the client has in place of the faulty node, for people; empty where operations are left
    /// out, which are named when they are known.
    pub(super) reading: String,
    /// The changes of the tree; none where later stages ignore the faulty node.
    pub(super) edits: Vec<Edit>,
    /// Whether the edits copy a part of the document, which must be free of faults.
    pub(super) copies: bool,
}

/// A change of the tree.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// Replaces a node, or adds a member.
    Put(Pointer, Value),
    /// Appends an entry to the list at a pointer, which is created if it is missing.
    Append(Pointer, Value),
    /// Removes a member or an entry, and for a component all references to it.
    Remove(Pointer),
    /// Gives a member another name, unless the object has a member of that name.
    Rename(Pointer, String),
    /// Removes the operations that a node belongs to, and those that use it.
    LeaveOut(Pointer),
}

impl Repair {
    /// Nothing is lost.
    pub(super) fn mended(reading: impl Into<String>) -> Self {
        Self::new(Cost::Mended, reading)
    }

    /// Something of an operation is lost.
    pub(super) fn lost(reading: impl Into<String>) -> Self {
        Self::new(Cost::LostInPart, reading)
    }

    /// The operations that use a node are left out.
    pub(super) fn left_out(node: &Pointer) -> Self {
        Self::new(Cost::LeftOut, "").with(Edit::LeaveOut(node.clone()))
    }

    pub(super) fn new(cost: Cost, reading: impl Into<String>) -> Self {
        Self {
            cost,
            reading: reading.into(),
            edits: Vec::new(),
            copies: false,
        }
    }

    /// Puts a copy of a part of the document, once that has no fault.
    pub(super) fn put_copy(mut self, place: Pointer, copy: Value) -> Self {
        self.copies = true;
        self.put(place, copy)
    }

    pub(super) fn put(self, place: Pointer, value: impl Into<Value>) -> Self {
        self.with(Edit::Put(place, value.into()))
    }

    pub(super) fn remove(self, node: Pointer) -> Self {
        self.with(Edit::Remove(node))
    }

    pub(super) fn with(mut self, edit: Edit) -> Self {
        self.edits.push(edit);
        self
    }
}

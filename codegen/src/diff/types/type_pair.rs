//! A named type that both sides have.

use super::super::change::{Change, Origin};
use super::super::matching::MatchedModels;
use super::super::names::type_item;
use super::super::rules::Rule;
use crate::model::TypeDef;
use crate::pointer::Pointer;

/// A named type that both sides have.
pub(super) struct TypePair<'a> {
    pub(super) models: &'a MatchedModels<'a>,
    pub(super) old_name: &'a str,
    pub(super) name: &'a str,
    pub(super) old: &'a TypeDef,
    pub(super) new: &'a TypeDef,
}

impl TypePair<'_> {
    /// Returns the Rust item.
    pub(super) fn item(&self) -> String {
        type_item(self.name)
    }

    /// Returns the Rust item as old code names it.
    pub(super) fn old_item(&self) -> String {
        type_item(self.old_name)
    }

    /// Creates a change whose detail begins with the name of the type.
    pub(super) fn change(&self, rule: &'static Rule, at: Origin, detail: &str) -> Change {
        Change::new(rule, at, format!("`{}`: {detail}", self.name))
    }

    /// Returns the place of the new type.
    pub(super) fn at(&self) -> Origin {
        Origin::in_new(&self.new.pointer)
    }

    /// Returns where the new type declares a property.
    pub(super) fn property(&self, name: &str) -> Pointer {
        self.new.pointer.join(["properties", name])
    }

    /// Returns where the old type declares a property.
    pub(super) fn old_property(&self, name: &str) -> Pointer {
        self.old.pointer.join(["properties", name])
    }

    /// Whether callers of both sides construct the type: responses have no constructor.
    pub(super) fn is_constructed(&self) -> bool {
        self.old.in_request && self.new.in_request
    }
}

//! An operation that both sides have, with its matched parameters.

use super::super::change::Change;
use super::super::matching::MatchedModels;
use super::super::names::{method_item, module_item};
use super::super::usage_lines::{argument_names, is_argument, method_call};
use super::matching::{ParameterMatching, template_names};
use crate::model::{Location, Operation};

/// An operation that both sides have.
pub(in crate::diff) struct OperationPair<'a> {
    pub(in crate::diff) old: &'a Operation,
    pub(in crate::diff) new: &'a Operation,
    pub(super) parameters: ParameterMatching<'a>,
}

impl<'a> OperationPair<'a> {
    /// Matches the parameters of an operation.
    pub(in crate::diff) fn new(
        models: &MatchedModels<'_>,
        old: &'a Operation,
        new: &'a Operation,
    ) -> Self {
        Self {
            old,
            new,
            parameters: ParameterMatching::new(models, old, new),
        }
    }

    /// Adds the call of the method before and after to a change.
    pub(in crate::diff) fn with_calls(&self, change: Change) -> Change {
        change.usage(method_call(self.old), Some(self.new_call()))
    }

    /// Returns the new call of the method, with each value of the old call in its new position.
    pub(in crate::diff) fn new_call(&self) -> String {
        let old_names = argument_names(self.old);
        let arguments = argument_names(self.new).into_iter().map(|name| {
            let mut pairs = self.parameters.matched.iter();
            let old =
                pairs.find(|(was, now)| now.rust == name && is_argument(was) && is_argument(now));
            match old {
                Some((was, _)) => was.rust.clone(),
                // The old call has another value of this name.
                None if self.is_parameter(&name) && old_names.contains(&name) => {
                    format!("new_{name}")
                }
                None => name,
            }
        });
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        format!("client.{}({arguments})", self.new.rust)
    }

    /// Returns the new call, followed by a setter.
    pub(in crate::diff) fn new_call_with(&self, setter: &str) -> String {
        format!("{}.{setter}({setter})", self.new_call())
    }

    /// Whether an argument of the new method is a parameter and not the body.
    fn is_parameter(&self, argument: &str) -> bool {
        let mut parameters = self.new.parameters.iter();
        parameters.any(|parameter| parameter.rust == argument && is_argument(parameter))
    }

    /// Whether arguments moved to other positions in a path that differs only in names.
    pub(in crate::diff) fn moves_in_path(&self) -> bool {
        let new_name = |was: &str| {
            let mut pairs = self.parameters.matched.iter();
            let found = pairs.find(|(old, _)| old.location == Location::Path && old.wire == was);
            found.map(|(_, new)| new.wire.as_str())
        };
        let (before, after) = (
            template_names(&self.old.path),
            template_names(&self.new.path),
        );
        let mut positions = before.iter().zip(&after);
        positions.any(|(was, is)| new_name(was).is_some_and(|now| now != *is))
    }

    /// Returns the method on both sides.
    pub(in crate::diff) fn methods(&self) -> [String; 2] {
        [method_item(self.old), method_item(self.new)]
    }

    /// Returns a setter of the request of the new side.
    pub(in crate::diff) fn setter(&self, name: &str) -> String {
        let request = module_item(self.new, &self.new.type_name);
        format!("{request}::{name}")
    }
}

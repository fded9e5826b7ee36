//! The members of an object, as its table declares them.

use super::constant::Constant;
use super::extra::ExtraMembers;
use super::fit::Fit;
use super::fits::{FitOf, Fits, LostParts};
use super::node::Node;

/// The functions of [`Fits`] for the type of a member.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it contains only functions")]
pub struct Probe {
    pub(super) fit: FitOf,
    pub(super) collect_lost: fn(&Node, &mut LostParts),
}

impl Probe {
    const fn of<T: Fits>() -> Self {
        Self {
            fit: T::fit,
            collect_lost: T::collect_lost,
        }
    }

    /// Creates the probe for the values of a field that keeps all other members.
    pub const fn extra<S, T: ExtraMembers<Value: Fits>>(_: fn(&S) -> &T) -> Self {
        Self::of::<T::Value>()
    }
}

/// A member of an object.
#[expect(missing_debug_implementations, reason = "it contains only functions")]
pub struct Member {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) probe: Probe,
    constants: &'static [Constant],
}

impl Member {
    /// Creates the member of a field. `constants` are the values that it may have if the API document
    /// lists them and the type of the field does not.
    pub const fn new<S, T: Fits>(
        name: &'static str,
        required: bool,
        constants: &'static [Constant],
        _: fn(&S) -> &T,
    ) -> Self {
        Self {
            name,
            required,
            probe: Probe::of::<T>(),
            constants,
        }
    }

    /// Returns how well a value fits. A single constant is required; a list of constants may have grown
    /// since, so other values are accepted as unlisted.
    pub(super) fn fit(&self, value: &Node) -> Option<Fit> {
        let fit = (self.probe.fit)(value)?;
        let listed =
            matches!(value, Node::Null) || self.constants.iter().any(|known| known.is(value));
        match self.constants.len() {
            0 => Some(fit),
            _ if listed => Some(fit),
            1 => None,
            _ => Some(Fit::UNLISTED),
        }
    }
}

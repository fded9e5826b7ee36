//! How well an object fits a value, member by member.

use super::constant::Constant;
use super::fit::{Fit, FitOf, Fits, Lost};
use super::node::Node;
use super::object::{Object, Others};

/// How a part of an object is looked at.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it holds functions")]
pub struct Part {
    fit: FitOf,
    note_lost: fn(&Node, &mut Lost),
}

impl Part {
    const fn of<T: Fits>() -> Self {
        Self {
            fit: T::fit,
            note_lost: T::note_lost,
        }
    }

    /// The values of a field that keeps all other members.
    pub const fn others<S, T: Others<Value: Fits>>(_: fn(&S) -> &T) -> Self {
        Self::of::<T::Value>()
    }
}

/// A member of an object, by its name in JSON.
#[expect(missing_debug_implementations, reason = "it holds functions")]
pub struct Member {
    name: &'static str,
    required: bool,
    part: Part,
    constants: &'static [Constant],
}

impl Member {
    /// The member that a field holds, and the values that it may have, where the document lists
    /// them and the field's type does not.
    pub const fn new<S, T: Fits>(
        name: &'static str,
        required: bool,
        constants: &'static [Constant],
        _: fn(&S) -> &T,
    ) -> Self {
        Self {
            name,
            required,
            part: Part::of::<T>(),
            constants,
        }
    }

    /// How a value fits. One constant is binding; one of several may have been added since.
    fn fit(&self, value: &Node) -> Option<Fit> {
        let fit = (self.part.fit)(value)?;
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

/// How well an object fits: each member that is declared, and all that are required.
pub fn fit_object<T: Object>(node: &Node) -> Option<Fit> {
    let Node::Object(object) = node else {
        return None;
    };
    node.fit_once::<T>(|| {
        let mut fit = Fit::EXACT;
        let mut seen = vec![false; T::MEMBERS.len()];
        for (name, value) in object.values() {
            let at = T::MEMBERS.iter().position(|member| member.name == &**name);
            let found = at.and_then(|at| T::MEMBERS.get(at).zip(seen.get_mut(at)));
            let Some((member, seen)) = found else {
                fit.lost += lost_of_other::<T>(value)?;
                continue;
            };
            // A member that stands there twice is no JSON of anybody.
            if std::mem::replace(seen, true) {
                return None;
            }
            let of_member = member.fit(value)?;
            fit.lost += of_member.lost;
            fit.unlisted |= member.required && of_member.unlisted && !value.is_compound();
        }
        let mut missing = T::MEMBERS.iter().zip(seen);
        let missing = missing.find(|(member, seen)| {
            // Servers leave out what they would send as `null`.
            !seen && member.required && (member.part.fit)(&Node::Null).is_none()
        });
        missing.is_none().then_some(fit)
    })
}

/// What is lost of a member that the type does not name. `null` says no more than absence.
fn lost_of_other<T: Object>(value: &Node) -> Option<usize> {
    match T::OTHERS {
        Some(part) => Some((part.fit)(value)?.lost),
        None => Some(usize::from(!matches!(value, Node::Null))),
    }
}

/// Notes the members that an object does not keep.
pub fn note_lost_of_object<T: Object>(node: &Node, lost: &mut Lost) {
    let Node::Object(object) = node else {
        return;
    };
    if T::is_exact(node) {
        return;
    }
    for (name, value) in object.values() {
        let mut members = T::MEMBERS.iter();
        let member = members.find(|member| member.name == &**name);
        match member.map(|member| member.part).or(T::OTHERS) {
            Some(part) => (part.note_lost)(value, lost),
            None if matches!(value, Node::Null) => {}
            None => lost.add(value),
        }
    }
}

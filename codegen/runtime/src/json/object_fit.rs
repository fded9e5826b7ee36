//! Checks how well an object fits a JSON value, member by member.

use super::fit::Fit;
use super::fits::LostParts;
use super::node::Node;
use super::object::Object;

/// Returns how well an object fits: all its members fit, and no required one is missing.
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
                fit.lost += lost_of_extra::<T>(value)?;
                continue;
            };
            // A duplicate member is not valid.
            if std::mem::replace(seen, true) {
                return None;
            }
            let member_fit = member.fit(value)?;
            fit.lost += member_fit.lost;
            fit.unlisted |= member.required && member_fit.unlisted && !value.is_compound();
        }
        let mut missing = T::MEMBERS.iter().zip(seen);
        let missing = missing.find(|(member, seen)| {
            // Servers leave out members that are `null`.
            !seen && member.required && (member.probe.fit)(&Node::Null).is_none()
        });
        missing.is_none().then_some(fit)
    })
}

/// Counts what is lost of a member without a field. `null` means the same as a missing member.
fn lost_of_extra<T: Object>(value: &Node) -> Option<usize> {
    match T::EXTRA {
        Some(probe) => Some((probe.fit)(value)?.lost),
        None => Some(usize::from(!matches!(value, Node::Null))),
    }
}

/// Collects the members that an object does not keep.
pub fn collect_lost_of_object<T: Object>(node: &Node, lost: &mut LostParts) {
    let Node::Object(object) = node else {
        return;
    };
    if T::is_exact(node) {
        return;
    }
    for (name, value) in object.values() {
        let mut members = T::MEMBERS.iter();
        let member = members.find(|member| member.name == &**name);
        match member.map(|member| member.probe).or(T::EXTRA) {
            Some(probe) => (probe.collect_lost)(value, lost),
            None if matches!(value, Node::Null) => {}
            None => lost.add(value),
        }
    }
}

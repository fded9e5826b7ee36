//! The rules that log faults of a document, by what they cost.

use crate::diagnostic::Cost;
use crate::report::{Loss, Rule};

static MENDED: Rule = Rule {
    id: "mended-fault",
    does: "a fault of the document whose meaning is obvious is read as what it means",
    loss: None,
};

static LOST_IN_PART: Rule = Rule {
    id: "faulty-part",
    does: "a faulty node of the document is read as the least that is sure of it",
    loss: Some(Loss::Unexpressed("what the faulty node describes")),
};

static LEFT_OUT: Rule = Rule {
    id: "left-out-operation",
    does: "an operation that a fault of the document makes meaningless is left out",
    loss: Some(Loss::Unexpressed("the operation")),
};

/// The rules about faults.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    [&MENDED, &LOST_IN_PART, &LEFT_OUT].into_iter()
}

/// Returns the rule that logs a fault.
pub(crate) fn rule(cost: Cost) -> &'static Rule {
    match cost {
        Cost::Mended => &MENDED,
        Cost::LostInPart => &LOST_IN_PART,
        Cost::LeftOut => &LEFT_OUT,
    }
}

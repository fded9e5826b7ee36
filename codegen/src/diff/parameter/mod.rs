//! Compares parameters: required ones are arguments of the method, optional ones are setters.

mod arguments;
mod compare;
mod matching;
mod names;
mod operation_pair;

pub(super) use compare::compare;
pub(super) use operation_pair::OperationPair;

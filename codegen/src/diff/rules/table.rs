//! All rules.

use super::rule::Rule;
use super::{calls, types};

/// Every rule: first those about calls, then those about types.
pub static ALL: &[&[&Rule]] = &[calls::RULES, types::RULES];

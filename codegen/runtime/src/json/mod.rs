//! Converts generated types from and to JSON without loss.
//!
//! Each generated type passes a table that describes it to one of these macros, which implements
//! `Deserialize`, `Serialize` and [`Fits`]. Unions use [`Fits`] to choose a variant before they decode
//! it:
//!
//! - [`object!`](crate::object): an object with known members,
//! - [`strings!`](crate::strings): a string enum,
//! - [`newtype!`](crate::newtype): a newtype,
//! - [`union!`](crate::union): a union whose variants have different JSON types,
//! - [`tagged!`](crate::tagged): a union whose variants have a tag,
//! - [`best_match!`](crate::best_match): a union whose variant is the one that fits best.

mod best_match;
mod branch;
mod constant;
mod extra;
mod fit;
mod fits;
mod member;
mod member_reader;
mod member_writer;
mod newtype;
mod node;
mod object;
mod object_fit;
mod object_macro;
mod raw;
mod strings;
mod tagged;
mod union;

pub use best_match::{BestMatch, collect_lost_of_best_match, fit_best_match, read_best_match};
pub use branch::Branch;
pub use constant::Constant;
pub use extra::ExtraMembers;
pub use fit::Fit;
pub use fits::{FitOf, Fits, LostParts};
pub use member::{Member, Probe};
pub use member_reader::MemberReader;
pub use member_writer::MemberWriter;
pub use newtype::{collect_lost_of_field, fit_field};
pub use node::{Compound, Mismatch, Node};
pub use object::{Object, read_object, write_object};
pub use object_fit::{collect_lost_of_object, fit_object};
pub use raw::RawJson;
/// The `serde` that the macros of this crate use.
pub use serde;
pub use strings::{fit_text, read_text};
pub use tagged::{
    Tagged, TaggedBranch, check_tag, collect_lost_of_tagged, fit_tagged, read_tagged,
};
pub use union::{
    JsonType, Union, collect_lost_of_variant, fit_variant, no_matching_variant, read_union,
};

//! The table of rules for schemas.

use serde_json::{Map, Value};

use super::{Context, compose, discriminate, open, prose, refine, values};
use crate::report::Loss::{Unchecked, Unexpressed};
use crate::report::Rule;

/// What a rule did to a node.
pub(super) enum Effect {
    /// It does not apply.
    None,
    /// It rearranged the node, and nothing is worth telling; the table starts over.
    Silent,
    /// It applied; the detail says what exactly.
    Done(String),
    /// It applied, and the table starts over.
    Again(String),
}

pub(super) type Node = Map<String, Value>;

/// A rule and what carries it out.
pub(super) struct Row {
    pub(super) rule: &'static Rule,
    pub(super) rewrite: fn(&Context<'_>, &mut Node) -> Effect,
}

macro_rules! rules {
    ($($name:ident: $id:literal, $does:literal, $loss:expr;)*) => {
        $(pub(super) static $name: Rule = Rule { id: $id, does: $does, loss: $loss };)*
    };
}

rules! {
    FALSE_SCHEMA: "false-schema", "a schema that allows nothing becomes any value",
        Some(Unchecked("that no value is valid"));
    WIDE: "wide-integer", "an integer that may be beyond 64 signed bits has 64 without a sign", None;
    CONCEALED: "concealed", "text and JSON in which a secret may be that no type marks are not printed", None;
    NULL_IN_TYPES: "null-in-type-array", "`null` in a list of types becomes `nullable`", None;
    TYPES: "type-array", "several types become a union with a branch for each", None;
    CONST: "const", "`const` becomes an `enum` of one value", None;
    NULL_IN_ENUM: "null-in-enum", "`null` in an `enum` becomes `nullable`", None;
    TYPE_NULL: "type-null", "a type that is only `null` becomes any nullable value",
        Some(Unchecked("that only null is valid"));
    NULL_BRANCH: "null-branch", "a null branch of a union becomes `nullable`", None;
    BASE_OF_UNION: "members-beside-union", "members beside a union become part of each branch", None;
    REQUIRED_UNION: "union-of-required", "a union that only varies `required` is dropped",
        Some(Unchecked("which members must stand together"));
    UNION_OF_ONE: "union-of-one", "a union of one schema becomes that schema", None;
    ALL_OF_ONE: "all-of-one", "an `allOf` of one schema becomes that schema", None;
    ALL_OF_MERGED: "all-of-merged", "an `allOf` of objects becomes one object", None;
    ALL_OF_REFINED: "all-of-refined", "an `allOf` that only narrows one schema becomes that schema",
        Some(Unchecked("what narrows it is not checked by the client"));
    ALL_OF_CONFLICT: "all-of-conflict", "an `allOf` that is no object becomes any value",
        Some(Unexpressed("the shape of the value"));
    IMPLIED_TYPE: "implied-type", "a missing type is taken from the other keywords", None;
    PASSWORD: "password-reduced", "a secret keeps nothing but its format and prose",
        Some(Unchecked("its bounds, values and default, none of which may be printed"));
    EXCLUSIVE: "exclusive-bound", "a numeric exclusive bound becomes a bound that is exclusive", None;
    BOUNDS: "unchecked-bounds", "bounds are documented", Some(Unchecked("they are not checked by the client"));
    DEFAULT: "default", "a default is documented",
        Some(Unchecked("the server applies it; the client does not fill it in"));
    TITLE: "title", "a title names no type; it is the description where there is none", None;
    ENUM_VALUES: "enum-of-values", "an `enum` of values that are not all text is documented",
        Some(Unchecked("the list of values is not checked by the client"));
    FORMAT: "format-without-type", "a format without a Rust type is documented", None;
    UNDECLARED: "undeclared-member", "a member that is required and not declared is kept as JSON",
        Some(Unchecked("that it is there: it is one of `extra`"));
    CLOSED: "closed-object", "`additionalProperties: false` binds what is sent, which has no others", None;
    DISCRIMINATOR: "discriminator", "a discriminator chooses the branch of a union", None;
    PARENT: "discriminated-parent", "a parent with a discriminator keeps what its children add",
        Some(Unexpressed("which child a value is; what it adds is JSON without a type"));
    ANY_OF: "any-of", "an `anyOf` is read as the branch that holds all of the value, or as JSON where only several together do",
        Some(Unexpressed("the shape of a value that only several branches together describe"));
    DROPPED: "keyword-not-expressed", "keywords without an expression in Rust are dropped",
        Some(Unchecked("what they demand is not checked by the client"));
}

/// In the order in which they are tried.
pub(super) static TABLE: &[Row] = &[
    Row {
        rule: &WIDE,
        rewrite: values::wide,
    },
    Row {
        rule: &DROPPED,
        rewrite: prose::dropped,
    },
    Row {
        rule: &REQUIRED_UNION,
        rewrite: compose::required_union,
    },
    Row {
        rule: &ALL_OF_ONE,
        rewrite: compose::reference_siblings,
    },
    Row {
        rule: &NULL_IN_TYPES,
        rewrite: values::null_in_types,
    },
    Row {
        rule: &TYPES,
        rewrite: values::types,
    },
    Row {
        rule: &CONST,
        rewrite: values::constant,
    },
    Row {
        rule: &NULL_IN_ENUM,
        rewrite: values::null_in_enum,
    },
    Row {
        rule: &TYPE_NULL,
        rewrite: values::type_null,
    },
    Row {
        rule: &NULL_BRANCH,
        rewrite: compose::null_branch,
    },
    Row {
        rule: &DISCRIMINATOR,
        rewrite: discriminate::mapping,
    },
    Row {
        rule: &BASE_OF_UNION,
        rewrite: compose::base_of_union,
    },
    Row {
        rule: &UNION_OF_ONE,
        rewrite: compose::union_of_one,
    },
    Row {
        rule: &ALL_OF_ONE,
        rewrite: compose::all_of_one,
    },
    Row {
        rule: &ALL_OF_MERGED,
        rewrite: compose::all_of_merged,
    },
    Row {
        rule: &ALL_OF_REFINED,
        rewrite: refine::all_of_refined,
    },
    Row {
        rule: &ALL_OF_CONFLICT,
        rewrite: compose::all_of_conflict,
    },
    Row {
        rule: &IMPLIED_TYPE,
        rewrite: values::implied_type,
    },
    Row {
        rule: &PASSWORD,
        rewrite: values::password,
    },
    Row {
        rule: &EXCLUSIVE,
        rewrite: values::exclusive,
    },
    Row {
        rule: &BOUNDS,
        rewrite: prose::bounds,
    },
    Row {
        rule: &DEFAULT,
        rewrite: prose::default,
    },
    Row {
        rule: &TITLE,
        rewrite: prose::title,
    },
    Row {
        rule: &ENUM_VALUES,
        rewrite: values::enum_values,
    },
    Row {
        rule: &FORMAT,
        rewrite: values::format,
    },
    Row {
        rule: &UNDECLARED,
        rewrite: open::undeclared,
    },
    Row {
        rule: &CLOSED,
        rewrite: values::closed,
    },
    Row {
        rule: &PARENT,
        rewrite: discriminate::parent,
    },
    Row {
        rule: &ANY_OF,
        rewrite: compose::any_of,
    },
];

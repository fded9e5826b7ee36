//! The table of rules for schemas: each rule in one row, in the order in which they are tried.
//!
//! A rule sees the keywords of one schema and what its references lead to (`Context`), and answers
//! with an `Effect`. After an effect that starts over the table is tried from the top again, until
//! no rule applies; then the schemas below are lowered.

use super::rule::SchemaRule;
use super::{
    additional_properties, combination, composition, discriminators, documented, narrowing,
    scalars, union_of_constants, union_of_objects,
};
use crate::report::Loss::{Unchecked, Unexpressed};
use crate::report::Rule;

/// `false` in the place of a schema. The walk applies it: there are no keywords to rewrite.
pub(super) static FALSE_SCHEMA: Rule = Rule {
    id: "false-schema",
    does: "a schema that allows nothing becomes any value",
    loss: Some(Unchecked("values are not refused where none is valid")),
};

/// Secrets in what has no type. The walk applies it, once a schema is in its typed form.
pub(super) static CONCEALED: Rule = Rule {
    id: "concealed",
    does: "text and untyped JSON that may contain a secret are not printed",
    loss: None,
};

macro_rules! table {
    ($($id:literal: $does:literal, loses $loss:expr, by $rewrite:path, $(not $logged:ident,)? $order:literal;)*) => {
        /// Every rule that rewrites keywords.
        pub(super) static TABLE: &[SchemaRule] = &[$(
            SchemaRule {
                rule: &Rule { id: $id, does: $does, loss: $loss },
                rewrite: $rewrite,
                is_logged: true $(&& !matches!(stringify!($logged), _))?,
                order: $order,
            },
        )*];
    };
}

table! {
    "wide-integer": "an integer that may exceed 64 signed bits has 64 bits without a sign",
        loses None,
        by scalars::wide,
        "before keywords are dropped: examples tell the width too";
    "dependent-required": "the properties that another property requires are documented",
        loses Some(Unchecked("properties that are required together are not checked by the client")),
        by documented::dependent_required,
        "before `keyword-not-expressed`, which would drop it";
    "property-names": "what the names of properties must be is documented",
        loses Some(Unchecked("the names of properties are not checked by the client")),
        by documented::property_names,
        "before `keyword-not-expressed`, which would drop it";
    "keyword-not-expressed": "keywords that no Rust type expresses are dropped",
        loses Some(Unchecked("keywords that no type expresses are not checked by the client")),
        by documented::dropped,
        "before all rules that ask which keywords a schema has";
    "union-of-required": "a union that only varies `required` is dropped",
        loses Some(Unchecked("which properties must be present together is not checked")),
        by composition::required_union,
        "before the rules for unions, which would make a type of each branch";
    "reference-with-siblings": "keywords beside `$ref` are combined with it by `allOf`",
        loses None,
        by composition::reference_siblings, not logged,
        "before the rules for `allOf`, which it relies on";
    "null-in-type-array": "`null` in a list of types becomes `nullable`",
        loses None,
        by scalars::null_in_types,
        "before the list is split into branches: null is a value of the union, not a branch";
    "type-array": "several types become a union with a branch for each",
        loses None,
        by scalars::types,
        "before all rules that rely on a single type";
    "const": "`const` becomes an `enum` of one value",
        loses None,
        by scalars::constant,
        "before the rules for `enum`";
    "null-in-enum": "`null` in an `enum` becomes `nullable`",
        loses None,
        by scalars::null_in_enum,
        "after `const`, which may be null";
    "type-null": "a type that is only `null` becomes any nullable value",
        loses Some(Unchecked("values other than null are not refused")),
        by scalars::type_null,
        "after lists of types";
    "null-branch": "a null branch of a union becomes `nullable`",
        loses None,
        by composition::null_branch,
        "before branches are counted or named";
    "discriminator": "a discriminator chooses the branch of a union",
        loses None,
        by discriminators::mapping,
        "before branches are merged with other schemas: they are still references by name";
    "union-of-constants": "a union of single values becomes an `enum`",
        loses None,
        by union_of_constants::union_of_constants,
        "before branches become types of their own; after null branches are gone";
    "members-beside-union": "properties beside a union become part of each branch",
        loses None,
        by composition::base_of_union,
        "after the discriminator, which stays with the union";
    "union-of-one": "a union of one schema becomes that schema",
        loses None,
        by composition::union_of_one,
        "after null branches are gone";
    "all-of-one": "an `allOf` of one schema becomes that schema",
        loses None,
        by composition::all_of_one,
        "before `allOf` is merged: nothing is copied here";
    "all-of-merged": "an `allOf` of objects becomes one object",
        loses None,
        by combination::all_of_merged,
        "before narrowing: what is an object is merged whole";
    "all-of-inline": "an `allOf` of parts that are written in place becomes one schema",
        loses None,
        by narrowing::all_of_inline,
        "after merging, which knows more about objects; before narrowing, which documents instead";
    "all-of-refined": "an `allOf` that only narrows one schema becomes that schema",
        loses Some(Unchecked("restrictions of an `allOf` are not checked by the client")),
        by narrowing::all_of_refined,
        "after the rules that keep everything";
    "all-of-with-union": "an `allOf` of objects and a union becomes a union of merged objects",
        loses None,
        by union_of_objects::all_of_with_union,
        "after narrowing, which copies nothing";
    "all-of-conflict": "an `allOf` that no type expresses becomes any value",
        loses Some(Unexpressed("the shape of the value")),
        by composition::all_of_conflict,
        "last of the rules for `allOf`: no other one applies";
    "implied-type": "a missing type is taken from the other keywords",
        loses None,
        by scalars::implied_type,
        "after composition, which may bring a type";
    "password-reduced": "a secret keeps only its format and its description",
        loses Some(Unchecked("bounds, values and defaults of secrets are not checked or printed")),
        by scalars::password,
        "before bounds, defaults and values are documented";
    "exclusive-bound": "a numeric exclusive bound becomes a bound that is exclusive",
        loses None,
        by scalars::exclusive,
        "before bounds are documented";
    "unchecked-bounds": "bounds are documented",
        loses Some(Unchecked("bounds are not checked by the client")),
        by documented::bounds,
        "after secrets, whose bounds are not documented";
    "content-of-text": "the encoding and the media type of text are documented",
        loses None,
        by documented::content,
        "after bounds, in the order in which they are read";
    "default": "a default is documented",
        loses Some(Unchecked("the server applies defaults; the client does not fill them in")),
        by documented::default,
        "after bounds, in the order in which they are read";
    "title": "a title names no type; it is the description where there is none",
        loses None,
        by documented::title,
        "after the sentences above, which count as a description";
    "enum-of-values": "an `enum` of values that are not all text is documented",
        loses Some(Unchecked("the list of values is not checked by the client")),
        by scalars::enum_values,
        "after the type is known";
    "format-without-type": "a format without a Rust type is documented",
        loses None,
        by scalars::format,
        "after the type is known";
    "undeclared-member": "a property that is required and not declared is kept as JSON",
        loses Some(Unchecked("required but undeclared properties are not checked; read them from `extra`")),
        by additional_properties::undeclared,
        "after merging, which may declare the property";
    "closed-object": "`additionalProperties: false` binds requests, which have no others",
        loses None,
        by scalars::closed,
        "after the rules that open an object";
    "discriminated-parent": "a parent with a discriminator keeps what its children add",
        loses Some(Unexpressed("which child a value is; the properties of the child are JSON without a type")),
        by discriminators::parent,
        "after `closed-object`: a closed parent has children all the same";
    "any-of": "an `anyOf` is read as the branch that holds all of the value, or as JSON where only several together do",
        loses Some(Unexpressed("the shape of a value that only several branches together describe")),
        by composition::any_of,
        "last: the branches are what they will be";
}

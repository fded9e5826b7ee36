//! The keywords of a schema: one table, of which every list of keywords in this crate is a query.
//!
//! The rows are those of JSON Schema 2020-12 and of the Schema Object of OpenAPI 3.0 and 3.1. What
//! is in no row is unknown, and annotates (JSON Schema 2020-12, core, section 4.3.1).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use Class::{Annotates, Composes, Constrains, NotExpressed, Shapes};
use Holds::{
    Any, Discriminator, Flag, Number, Schema, SchemaList, SchemaMap, Text, TextList, TextOrTexts,
    ValueList,
};

/// A keyword of a schema.
#[derive(Debug)]
pub(crate) struct Keyword {
    /// As it is written in a document.
    pub(crate) name: &'static str,
    /// What it does to a type.
    pub(crate) class: Class,
    /// The one JSON type whose values it is about; `None` where it is about values of any type.
    pub(crate) concerns: Option<&'static str>,
    /// The form of its value.
    pub(crate) holds: Holds,
    /// Whether a schema that has it allows fewer values than without it, and no others.
    pub(crate) narrows: bool,
    /// Whether the values that it holds are values of the type that the schema describes.
    pub(crate) holds_values: bool,
    /// How it reaches the documentation.
    pub(crate) documented: Documented,
}

/// What a keyword does to the Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It decides the type.
    Shapes,
    /// It narrows which values are valid; the type stays.
    Constrains,
    /// It says something about a schema without changing what is valid.
    Annotates,
    /// It makes the schema of others.
    Composes,
    /// It says which values are valid, in a way that no Rust type expresses.
    NotExpressed,
}

/// The form of a keyword's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Any value: nothing is checked, and nothing is looked for below it.
    Any,
    /// A string.
    Text,
    /// A list of strings.
    TextList,
    /// A string or a list of strings.
    TextOrTexts,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A list of any values.
    ValueList,
    /// A schema.
    Schema,
    /// A list of schemas.
    SchemaList,
    /// Schemas by names of the author.
    SchemaMap,
    /// A Discriminator Object.
    Discriminator,
}

/// How a keyword reaches the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Documented {
    /// Not at all: it has nothing to tell a user of the client.
    Never,
    /// By a rule of its own, by the type, or by what the type is called.
    ByRule,
    /// By this sentence, with the keyword's value for `{}`.
    Sentence(&'static str),
}

impl Keyword {
    const fn new(name: &'static str, class: Class, holds: Holds) -> Self {
        Self {
            name,
            class,
            concerns: None,
            holds,
            narrows: matches!(class, Constrains | NotExpressed),
            holds_values: false,
            documented: Documented::ByRule,
        }
    }

    const fn of(mut self, json_type: &'static str) -> Self {
        self.concerns = Some(json_type);
        self
    }

    const fn narrowing(mut self) -> Self {
        self.narrows = true;
        self
    }

    const fn holding_values(mut self) -> Self {
        self.holds_values = true;
        self
    }

    const fn says(mut self, sentence: &'static str) -> Self {
        self.documented = Documented::Sentence(sentence);
        self
    }

    const fn never_said(mut self) -> Self {
        self.documented = Documented::Never;
        self
    }

    /// Whether schemas stand below it.
    pub(crate) fn holds_schemas(&self) -> bool {
        matches!(self.holds, Schema | SchemaList | SchemaMap)
    }
}

const fn shapes(name: &'static str, holds: Holds) -> Keyword {
    Keyword::new(name, Shapes, holds)
}

const fn constrains(name: &'static str, holds: Holds) -> Keyword {
    Keyword::new(name, Constrains, holds)
}

const fn annotates(name: &'static str, holds: Holds) -> Keyword {
    Keyword::new(name, Annotates, holds)
}

const fn composes(name: &'static str, holds: Holds) -> Keyword {
    Keyword::new(name, Composes, holds)
}

const fn not_expressed(name: &'static str, holds: Holds) -> Keyword {
    Keyword::new(name, NotExpressed, holds)
}

/// Every known keyword. The order is that in which sentences stand in documentation, and in which a
/// missing type is implied.
pub(crate) static KEYWORDS: &[Keyword] = &[
    // Composition.
    composes("$ref", Any),
    composes("allOf", SchemaList),
    composes("oneOf", SchemaList),
    composes("anyOf", SchemaList),
    // Any type.
    shapes("type", TextOrTexts).narrowing(),
    shapes("format", Text).narrowing(),
    shapes("enum", ValueList).narrowing().holding_values(),
    shapes("const", Any).narrowing().holding_values(),
    shapes("discriminator", Discriminator),
    not_expressed("if", Schema),
    not_expressed("then", Schema),
    not_expressed("else", Schema),
    not_expressed("not", Schema),
    // Objects.
    shapes("properties", SchemaMap).of("object"),
    shapes("additionalProperties", Schema).of("object"),
    shapes("required", TextList).of("object").narrowing(),
    not_expressed("patternProperties", SchemaMap).of("object"),
    not_expressed("propertyNames", Schema).of("object"),
    not_expressed("dependencies", Any).of("object"),
    not_expressed("dependentRequired", Any).of("object"),
    not_expressed("dependentSchemas", SchemaMap).of("object"),
    not_expressed("unevaluatedProperties", Schema).of("object"),
    // Arrays.
    shapes("items", Schema).of("array"),
    not_expressed("prefixItems", SchemaList).of("array"),
    not_expressed("contains", Schema).of("array"),
    not_expressed("minContains", Any).of("array"),
    not_expressed("maxContains", Any).of("array"),
    not_expressed("unevaluatedItems", Schema).of("array"),
    // Bounds.
    constrains("minLength", Number)
        .of("string")
        .says("At least {} characters."),
    constrains("maxLength", Number)
        .of("string")
        .says("At most {} characters."),
    constrains("pattern", Text)
        .of("string")
        .says("Pattern: {}."),
    constrains("minimum", Number).of("number").holding_values(),
    constrains("maximum", Number).of("number").holding_values(),
    constrains("exclusiveMinimum", Any).of("number"),
    constrains("exclusiveMaximum", Any).of("number"),
    constrains("multipleOf", Number)
        .of("number")
        .says("A multiple of {}."),
    constrains("minItems", Number)
        .of("array")
        .says("At least {} items."),
    constrains("maxItems", Number)
        .of("array")
        .says("At most {} items."),
    constrains("uniqueItems", Flag).of("array"),
    constrains("minProperties", Number)
        .of("object")
        .says("At least {} members."),
    constrains("maxProperties", Number)
        .of("object")
        .says("At most {} members."),
    // The content of text.
    annotates("contentEncoding", Text)
        .of("string")
        .says("Content encoding: {}."),
    annotates("contentMediaType", Text)
        .of("string")
        .says("Content media type: {}."),
    not_expressed("contentSchema", Any).of("string"),
    // Annotations.
    annotates("default", Any).holding_values(),
    annotates("deprecated", Flag),
    annotates("description", Text),
    annotates("nullable", Flag),
    annotates("readOnly", Flag),
    annotates("title", Text),
    annotates("writeOnly", Flag),
    annotates("example", Any).holding_values().never_said(),
    annotates("examples", Any).holding_values().never_said(),
    annotates("externalDocs", Any).never_said(),
    annotates("xml", Any).never_said(),
    // The schema itself.
    annotates("$comment", Any).never_said(),
    annotates("$defs", SchemaMap).never_said(),
    annotates("definitions", SchemaMap).never_said(),
    annotates("$id", Any).never_said(),
    annotates("$schema", Any).never_said(),
    annotates("$vocabulary", Any).never_said(),
    not_expressed("$anchor", Any),
    not_expressed("$dynamicAnchor", Any),
    not_expressed("$dynamicRef", Any),
];

/// The keywords of a union.
pub(crate) const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// The row of a keyword; `None` for one that is unknown, an extension among them.
pub(crate) fn find(name: &str) -> Option<&'static Keyword> {
    // Rules ask this of every keyword of a document several times.
    static BY_NAME: LazyLock<BTreeMap<&str, &Keyword>> = LazyLock::new(|| {
        KEYWORDS
            .iter()
            .map(|keyword| (keyword.name, keyword))
            .collect()
    });
    BY_NAME.get(name).copied()
}

/// The keywords of a class.
pub(crate) fn of_class(class: Class) -> impl Iterator<Item = &'static Keyword> {
    KEYWORDS
        .iter()
        .filter(move |keyword| keyword.class == class)
}

/// Whether a keyword says something about a schema without changing what is valid.
pub(crate) fn is_annotation(name: &str) -> bool {
    find(name).is_none_or(|keyword| keyword.class == Annotates)
}

/// Whether a keyword annotates, and a user of the client has to know it.
pub(crate) fn is_kept_annotation(name: &str) -> bool {
    find(name).is_some_and(|keyword| {
        keyword.class == Annotates && keyword.documented != Documented::Never
    })
}

/// Whether a keyword only narrows which values are valid.
pub(crate) fn narrows(name: &str) -> bool {
    find(name).is_some_and(|keyword| keyword.narrows)
}

/// Whether a keyword makes the schema of others.
pub(crate) fn composes_others(name: &str) -> bool {
    find(name).is_some_and(|keyword| keyword.class == Composes)
}

/// Whether a secret keeps the keyword: what could print its value does not stay.
pub(crate) fn is_kept_by_secrets(name: &str) -> bool {
    let of_type = ["type", "format"].contains(&name);
    let keyword = find(name).filter(|keyword| !keyword.holds_values);
    of_type || keyword.is_some_and(|keyword| is_kept_annotation(keyword.name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{KEYWORDS, UNIONS, find, is_annotation, is_kept_by_secrets, narrows};

    #[test]
    fn each_keyword_has_one_row() {
        let names: BTreeSet<&str> = KEYWORDS.iter().map(|keyword| keyword.name).collect();
        assert_eq!(names.len(), KEYWORDS.len());
        assert!(UNIONS.iter().all(|union| find(union).is_some()));
    }

    #[test]
    fn what_is_unknown_annotates() {
        assert!(is_annotation("x-internal") && is_annotation("deprecatedSince"));
        assert!(!is_annotation("minLength") && narrows("minLength"));
    }

    #[test]
    fn a_secret_keeps_nothing_that_holds_a_value() {
        for keyword in KEYWORDS.iter().filter(|keyword| keyword.holds_values) {
            assert!(!is_kept_by_secrets(keyword.name), "{}", keyword.name);
        }
        assert!(is_kept_by_secrets("description") && !is_kept_by_secrets("pattern"));
    }
}

//! Unions: which variant a value is decoded as, what is kept of it, and which values are errors.

use std::collections::BTreeMap;

use openapi_client_runtime as runtime;
use runtime::json::RawJson;
use serde_json::{Value, json};

#[derive(Debug, PartialEq)]
struct Small {
    a: i64,
}

#[derive(Debug, PartialEq)]
struct Large {
    a: i64,
    b: i64,
}

#[derive(Debug, PartialEq)]
enum Sized {
    Small(Small),
    Large(Large),
}

runtime::object!(Small { required a: "a", });
runtime::object!(Large { required a: "a", required b: "b", });
runtime::best_match!(Sized { Small, Large });

/// Decodes a value and encodes it again.
fn again<T: serde::de::DeserializeOwned + serde::Serialize>(value: &Value) -> Option<Value> {
    // From text and from a `Value`, which have different deserializers.
    let text = serde_json::from_str::<T>(&value.to_string()).ok();
    let tree = serde_json::from_value::<T>(value.clone()).ok();
    let [text, tree] = [text, tree].map(|read| serde_json::to_value(read?).ok());
    assert_eq!(text, tree);
    text
}

#[track_caller]
fn same<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) {
    assert_eq!(again::<T>(&value), Some(value));
}

#[track_caller]
fn refused<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) {
    assert_eq!(again::<T>(&value), None);
}

#[test]
fn the_variant_that_loses_least_is_decoded() {
    same::<Sized>(json!({"a": 1, "b": 2}));
    same::<Sized>(json!({"a": 1}));
    assert_eq!(
        again::<Sized>(&json!({"a": 1, "c": 2})),
        Some(json!({"a": 1}))
    );
    refused::<Sized>(json!({"b": 1}));
}

#[test]
fn an_array_is_not_an_object() {
    refused::<Small>(json!([1]));
    refused::<Sized>(json!([1, 2]));
}

#[test]
fn a_duplicate_member_is_an_error() {
    assert!(serde_json::from_str::<Small>(r#"{"a": 1, "a": 2}"#).is_err());
    assert!(serde_json::from_str::<Sized>(r#"{"a": 1, "a": 2}"#).is_err());
}

#[derive(Debug, PartialEq)]
struct Named {
    name: Option<Vec<Contact>>,
    title: Option<String>,
}

#[derive(Debug, PartialEq)]
struct Reached {
    name: Option<Vec<Contact>>,
    mail: Option<String>,
}

#[derive(Debug, PartialEq)]
enum Contact {
    Named(Named),
    Reached(Reached),
    Combined(RawJson),
}

runtime::object!(Named { optional name: "name", optional title: "title", });
runtime::object!(Reached { optional name: "name", optional mail: "mail", });
runtime::best_match!(Contact {
    Named,
    Reached,
    ..Combined
});

#[test]
fn a_value_that_several_variants_describe_is_kept_whole() {
    let both = json!({"title": "a", "mail": "b"});
    same::<Contact>(both.clone());
    let read: Contact = serde_json::from_value(both).expect("it is read");
    assert!(matches!(read, Contact::Combined(_)));
    same::<Contact>(json!({"name": [{"title": "a"}, {"mail": "b"}, {"title": "a", "mail": "b"}]}));
    // A member that no variant describes makes no difference.
    assert_eq!(
        again::<Contact>(&json!({"title": "a", "age": 1})),
        Some(json!({"title": "a"}))
    );
    assert_eq!(
        again::<Contact>(&json!({"mail": "b", "age": 1})),
        Some(json!({"mail": "b"}))
    );
    refused::<Contact>(json!({"name": 7}));
}

#[derive(Debug, PartialEq)]
struct Circle {
    kind: i64,
    radius: Option<f64>,
}

#[derive(Debug, PartialEq)]
struct Square {
    kind: i64,
    side: Option<f64>,
}

#[derive(Debug, PartialEq)]
enum Figure {
    Circle(Circle),
    Square(Square),
    Unknown(RawJson),
}

runtime::object!(Circle { required kind: "kind" = Integer(1), optional radius: "radius", });
runtime::object!(Square { required kind: "kind" = Integer(2), optional side: "side", });
runtime::tagged!(Figure by "kind" {
    Circle(kind): Integer(1),
    Square(kind): Integer(2),
    ..Unknown
});

#[test]
fn a_number_can_be_a_tag() {
    let square: Figure = serde_json::from_value(json!({"kind": 2})).expect("it is read");
    assert!(matches!(square, Figure::Square(_)));
    // The same number, written in two ways.
    let square: Figure = serde_json::from_str(r#"{"side": 1, "kind": 2}"#).expect("it is read");
    assert!(matches!(square, Figure::Square(_)));
    same::<Figure>(json!({"kind": 3, "radius": "wide"}));
    same::<Figure>(json!({"kind": "circle"}));
    // The tag decides, even if another variant would fit.
    refused::<Figure>(json!({"kind": 2, "side": "long"}));
    refused::<Figure>(json!({"radius": 1.0}));
}

#[test]
fn a_variant_is_not_encoded_with_the_tag_of_another() {
    let circle = |kind| Figure::Circle(Circle { kind, radius: None });
    assert!(serde_json::to_string(&circle(1)).is_ok());
    assert!(serde_json::to_string(&circle(3)).is_ok());
    let error = serde_json::to_string(&circle(2)).expect_err("it is a square's value");
    assert!(error.to_string().contains("`kind`"), "{error}");
}

#[derive(Debug, PartialEq)]
enum Truth {
    Yes(Yes),
    No(No),
}

#[derive(Debug, PartialEq)]
struct Yes {
    ok: bool,
    name: String,
}

#[derive(Debug, PartialEq)]
struct No {
    ok: bool,
    name: String,
    reason: Option<f64>,
}

runtime::object!(Yes { required ok: "ok" = Boolean(true), required name: "name", });
runtime::object!(No {
    required ok: "ok" = Boolean(false),
    required name: "name",
    optional reason: "reason" = Number(0.5) | Integer(2),
});
runtime::best_match!(Truth { Yes, No });

#[test]
fn a_variant_accepts_only_its_constants() {
    let read = |value: Value| serde_json::from_value::<Truth>(value).ok();
    assert!(matches!(
        read(json!({"ok": true, "name": "a"})),
        Some(Truth::Yes(_))
    ));
    assert!(matches!(
        read(json!({"ok": false, "name": "a"})),
        Some(Truth::No(_))
    ));
    // A list of constants may have grown since.
    same::<Truth>(json!({"ok": false, "name": "a", "reason": 2.0}));
    same::<Truth>(json!({"ok": false, "name": "a", "reason": 7.0}));
}

#[derive(Debug, PartialEq)]
struct Cat {
    kind: Option<String>,
    lives: Option<i64>,
}

#[derive(Debug, PartialEq)]
struct Dog {
    kind: String,
    tricks: Option<Vec<String>>,
}

#[derive(Debug, PartialEq)]
enum Animal {
    Cat(Cat),
    Dog(Dog),
    Unknown(RawJson),
}

runtime::object!(Cat { optional kind: "kind", optional lives: "lives", });
runtime::object!(Dog { required kind: "kind", optional tricks: "tricks", });
runtime::tagged!(Animal by "kind" {
    Cat(kind): String("cat") | String("kitten"),
    Dog(kind): String("dog"),
    ..Unknown
});

#[test]
fn no_tag_is_added_to_a_value() {
    let cat: Animal = serde_json::from_value(json!({"lives": 9})).expect("it is read");
    assert!(matches!(cat, Animal::Cat(_)));
    same::<Animal>(json!({"lives": 9}));
}

#[test]
fn nothing_is_lost_of_a_value_without_a_tag() {
    // The variant `Cat` fits, but would lose a member of `Dog`.
    let value = json!({"lives": 9, "tricks": ["sit"]});
    let read: Animal = serde_json::from_value(value.clone()).expect("it is read");
    assert!(matches!(read, Animal::Unknown(_)));
    same::<Animal>(value);
    // A member that no variant declares does not affect the choice.
    let read: Animal = serde_json::from_value(json!({"lives": 9, "age": 3})).expect("it is read");
    assert!(matches!(read, Animal::Cat(_)));
}

#[derive(Debug, PartialEq)]
enum Part {
    Leaf(String),
    List(Vec<Part>),
    Group(BTreeMap<String, Part>),
}

runtime::union!(Part {
    Leaf: String,
    List: Array,
    Group: Object,
});

#[derive(Debug, PartialEq)]
struct One {
    inner: Option<Box<Nested>>,
}

#[derive(Debug, PartialEq)]
struct Other {
    inner: Option<Box<Nested>>,
    other: Option<i64>,
}

#[derive(Debug, PartialEq)]
enum Nested {
    One(One),
    Other(Other),
    List(Vec<Nested>),
    Part(Part),
    Combined(RawJson),
}

runtime::object!(One { optional inner: "inner", });
runtime::object!(Other { optional inner: "inner", optional other: "other", });
runtime::best_match!(Nested {
    One,
    Other,
    List,
    Part,
    ..Combined
});

/// Each level has two variants that check the same member. If the work doubled at each of 100 levels, the
/// test would never end.
#[test]
fn depth_does_not_double_the_work() {
    let objects = (0..100).fold(json!({}), |inner, _| json!({"inner": inner, "other": 1}));
    same::<Nested>(objects);
    let lists = (0..100).fold(json!({"other": 1}), |inner, _| json!([inner, "text"]));
    same::<Nested>(lists);
}

#[test]
fn an_unlisted_value_is_the_last_choice() {
    #[derive(Debug, Clone)]
    enum Known {
        Cat,
        Unknown(String),
    }
    runtime::strings!(Known {
        Cat: "cat",
        ..Unknown
    });
    #[derive(Debug, PartialEq)]
    enum Word {
        Known(Known),
        Text(String),
    }
    runtime::best_match!(Word { Known, Text });
    let read = |value: Value| serde_json::from_value::<Word>(value).expect("it is read");
    assert_eq!(read(json!("cat")), Word::Known(Known::Cat));
    assert_eq!(read(json!("dog")), Word::Text("dog".to_owned()));
}

#[test]
fn a_value_that_is_not_listed_loses_nothing() {
    #[derive(Debug, Clone)]
    enum Shade {
        Dark,
        Unknown(String),
    }
    runtime::strings!(Shade {
        Dark: "dark",
        ..Unknown
    });
    #[derive(Debug, PartialEq)]
    struct Painted {
        shade: Shade,
    }
    runtime::object!(Painted { required shade: "shade", });
    #[derive(Debug, PartialEq)]
    enum Thing {
        Small(Option<Named>),
        Painted(Painted),
    }
    runtime::best_match!(Thing { Small, Painted });
    same::<Thing>(json!({"shade": "light"}));
}

#[test]
fn an_error_contains_nothing_of_the_value() {
    let error = serde_json::from_value::<Sized>(json!({"b": "hunter2"})).expect_err("no branch");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

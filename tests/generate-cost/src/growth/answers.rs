//! How the reading of answers grows with their bytes: JSON that was made to take more than its
//! share, through unions that once tried branch after branch.
//!
//! This program reads each answer in a process of its own: `generate-cost read NAME SIZE`.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use openapi_client_runtime as runtime;
use runtime::json::RawJson;

use super::Measured;
use crate::measure;

/// Answers of one kind.
struct Answer {
    name: &'static str,
    /// The smallest size that is measured; each of the others is twice the one before.
    least: usize,
    make: fn(usize) -> String,
    read: fn(&str) -> bool,
}

const ALL: &[Answer] = &[
    Answer {
        name: "unions inside each other, 110 deep",
        least: 500_000,
        make: |size| {
            let inner = list(size, |_| "7".to_owned());
            let deep = "{\"inner\":".repeat(110);
            format!("{deep}{{\"data\":{inner}}}{}", ",\"other\":1}".repeat(110))
        },
        read: reads::<Node>,
    },
    Answer {
        name: "eight branches that all fit",
        least: 125_000,
        make: |size| {
            let items = list(size, |_| "\"abcdef\"".to_owned());
            format!("{{\"x\":{items},\"a\":\"\",\"b\":\"\",\"none\":1}}")
        },
        read: reads::<Many>,
    },
    Answer {
        name: "what only several branches describe",
        least: 50_000,
        make: |size| list(size, |_| "{\"a\":\"1\",\"b\":\"2\"}".to_owned()),
        read: reads::<Vec<Many>>,
    },
    Answer {
        name: "branches told by a number",
        least: 50_000,
        make: |size| list(size, |at| format!("{{\"kind\":{},\"name\":\"n\"}}", at % 3)),
        read: reads::<Vec<Figure>>,
    },
    Answer {
        name: "one object with very many members",
        least: 50_000,
        make: |size| {
            let members = (0..size).map(|at| format!("\"m{at}\":{{\"a\":\"1\"}}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        },
        read: reads::<BTreeMap<String, Many>>,
    },
];

fn list(size: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..size).map(item).collect();
    format!("[{}]", items.join(","))
}

fn reads<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    serde_json::from_str::<T>(text).is_ok()
}

/// Reads one answer in this process.
pub(crate) fn read(name: &str, size: usize) -> Result<(), String> {
    let answer = ALL.iter().find(|answer| answer.name == name);
    let answer = answer.ok_or_else(|| format!("no answer is called {name}"))?;
    if (answer.read)(&(answer.make)(size)) {
        Ok(())
    } else {
        Err("the answer is not of its type".to_owned())
    }
}

/// Measures each kind.
pub(super) fn measure() -> Result<Vec<(&'static str, Vec<Measured>)>, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    for answer in ALL {
        let sizes = super::sizes(
            &|doubled| measured(&program, answer, answer.least << doubled),
            &|doubled| {
                let arguments = arguments(answer, answer.least << doubled);
                measure::instructions(&program, &borrowed(&arguments), Path::new("."))
            },
        );
        all.push((answer.name, sizes?));
    }
    Ok(all)
}

/// How this program starts itself to read an answer.
fn arguments(answer: &Answer, size: usize) -> [OsString; 3] {
    ["read".into(), answer.name.into(), size.to_string().into()]
}

fn borrowed(arguments: &[OsString]) -> Vec<&OsStr> {
    arguments.iter().map(OsString::as_os_str).collect()
}

fn measured(program: &Path, answer: &Answer, size: usize) -> Result<Measured, String> {
    let arguments = arguments(answer, size);
    let (cost, _) = measure::any(program, &borrowed(&arguments), Path::new("."))?;
    Ok(Measured {
        name: answer.name.to_owned(),
        bytes: (answer.make)(size).len(),
        user: cost.user,
        instructions: None,
        memory: cost.memory * f64::from(1 << 20),
        outcome: "read".to_owned(),
    })
}

struct One {
    inner: Option<Box<Node>>,
    data: Option<Vec<i64>>,
}

struct Other {
    inner: Option<Box<Node>>,
    data: Option<Vec<i64>>,
    other: Option<i64>,
}

enum Node {
    One(One),
    Other(Other),
}

runtime::object!(One { optional inner: "inner", optional data: "data", });
runtime::object!(Other {
    optional inner: "inner",
    optional data: "data",
    optional other: "other",
});
runtime::best_match!(Node { One, Other });

/// Branches that differ by one member of text.
macro_rules! branches {
    ($($name:ident $member:ident $wire:literal;)*) => {
        $(
            struct $name {
                x: Option<Vec<String>>,
                $member: Option<String>,
            }
            runtime::object!($name { optional x: "x", optional $member: $wire, });
        )*

        enum Many {
            $($name($name),)*
            Combined(RawJson),
        }
        runtime::best_match!(Many { $($name,)* ..Combined });
    };
}

branches! {
    A a "a";
    B b "b";
    C c "c";
    D d "d";
    E e "e";
    F f "f";
    G g "g";
    H h "h";
}

struct Circle {
    kind: i64,
    name: String,
}

struct Square {
    kind: i64,
    name: String,
}

enum Figure {
    Circle(Circle),
    Square(Square),
    Unknown(RawJson),
}

runtime::object!(Circle { required kind: "kind" = Integer(1), required name: "name", });
runtime::object!(Square { required kind: "kind" = Integer(2), required name: "name", });
runtime::tagged!(Figure by "kind" {
    Circle(kind): Integer(1),
    Square(kind): Integer(2),
    ..Unknown
});

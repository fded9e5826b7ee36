//! Tests of the import graph itself, with crates of a few lines.

use super::cycles::cycles;
use super::modules::{Modules, Sources};

/// The cycles of a crate that has these files.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&[&str]]) {
    let owned = |(path, text): &(&str, &str)| (format!("src/{path}"), (*text).to_owned());
    let sources: Sources = files.iter().map(owned).collect();
    let found = cycles(&Modules::read(&sources, "src/lib.rs").edges());
    let owned = |group: &&[&str]| group.iter().map(|path| format!("src/{path}")).collect();
    let expected: Vec<Vec<String>> = expected.iter().map(owned).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_cycle_is_found_through_a_re_export() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod one; mod two; pub use one::One;"),
        ("a/one.rs", "use crate::b::Other; pub struct One(Other);"),
        ("a/two.rs", "pub struct Two;"),
        ("b.rs", "pub struct Other; fn f() { crate::a::One::new(); }"),
    ];
    check(&files, &[&["a/one.rs", "b.rs"]]);
}

#[test]
fn a_cycle_is_found_through_an_imported_module_a_glob_and_a_macro() {
    let module = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b; fn f() { b::g(); }"),
        ("b.rs", "use super::a::*; fn g() { f(); }"),
    ];
    check(&module, &[&["a.rs", "b.rs"]]);
    let inside = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "fn f() { println!(\"{}\", crate::b::g()); }"),
        ("b.rs", "fn g() { super::a::f(); }"),
    ];
    check(&inside, &[&["a.rs", "b.rs"]]);
}

#[test]
fn what_only_tests_use_makes_no_cycle() {
    let files = [
        ("lib.rs", "mod a; mod b; #[cfg(test)] mod c;"),
        (
            "a.rs",
            "pub fn f() {} #[cfg(test)] mod tests { use crate::b::g; }",
        ),
        (
            "b.rs",
            "pub fn g() { crate::a::f(); } #[cfg(test)] use crate::c::h;",
        ),
        ("c.rs", "pub fn h() { crate::b::g(); }"),
    ];
    check(&files, &[]);
}

#[test]
fn a_parent_that_declares_is_no_part_of_a_cycle() {
    let files = [
        ("lib.rs", "mod a;"),
        (
            "a/mod.rs",
            "mod one; mod two; use one::One; pub use two::Two;",
        ),
        ("a/one.rs", "pub struct One;"),
        ("a/two.rs", "use super::One; pub struct Two(One);"),
    ];
    check(&files, &[]);
}

#[test]
fn paths_of_generated_code_are_not_ours() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub fn f() { quote!(crate::b::g()); }"),
        ("b.rs", "pub fn g() { crate::a::f(); }"),
    ];
    check(&files, &[]);
}

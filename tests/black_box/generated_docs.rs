//! Pages that are made by tests, so that they cannot drift.

use crate::output::root;

/// Whether what is stored is to be written anew, as for snapshots.
pub fn updates() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|other| other == "always")
}

/// Holds a page to a text, or writes it.
#[track_caller]
pub fn hold(page: &str, text: &str) {
    let path = root().join(page);
    if updates() {
        std::fs::write(&path, text).expect("it is written");
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        stored == text,
        "{page} is stale: `INSTA_UPDATE=always cargo test -p tests` writes it"
    );
}

/// Holds the part of a page between two marks to a text, or writes it there.
#[track_caller]
pub fn hold_part(page: &str, mark: &str, text: &str) {
    let stored = std::fs::read_to_string(root().join(page)).expect("it is there");
    let (begin, end) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->\n"));
    let (before, rest) = stored.split_once(&begin).expect("the part begins");
    let (_, after) = rest.split_once(&end).expect("the part ends");
    hold(page, &format!("{before}{begin}{text}{end}{after}"));
}

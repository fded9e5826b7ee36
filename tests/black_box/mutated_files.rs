//! Single edits of what is stored for a client: each must be caught, by the right name.
//!
//! The tables are in the modules below. A row that survives is a hole in what `check` promises.

mod inputs;
mod outputs;

use tests::workspace::{Ran, Workspace};

use crate::output::root;

/// One edit of one file, and what is said about it.
pub struct Mutation {
    /// The file, relative to the workspace.
    file: &'static str,
    edit: Edit,
    exit: i32,
    /// What is said: the id of a diagnostic in brackets, or a part of a cause.
    says: &'static str,
}

/// What is done to a file.
pub enum Edit {
    /// The first place where a text stands gets another.
    Replace(&'static str, &'static str),
    /// The second place does.
    ReplaceSecond(&'static str, &'static str),
    Append(&'static str),
    Prepend(&'static str),
    /// Only half of it is left.
    Halve,
    /// Nothing is left in it.
    Empty,
    /// It has this content, also where it was not there.
    Write(&'static [u8]),
    /// Its lines end as on Windows.
    Crlf,
    Remove,
}

impl Edit {
    #[track_caller]
    fn of(&self, old: Option<&[u8]>) -> Option<Vec<u8>> {
        let bytes = old.unwrap_or_default();
        let text = String::from_utf8_lossy(bytes);
        let replaced = |from: &str, to: &str, nth: usize| {
            let (at, _) = text.match_indices(from).nth(nth).unwrap_or_else(|| {
                panic!("there is no `{from}` to replace");
            });
            [&text[..at], to, &text[at + from.len()..]].concat()
        };
        let new = match self {
            Self::Remove => return None,
            Self::Write(bytes) => bytes.to_vec(),
            Self::Replace(from, to) => replaced(from, to, 0).into_bytes(),
            Self::ReplaceSecond(from, to) => replaced(from, to, 1).into_bytes(),
            Self::Append(more) => [bytes, more.as_bytes()].concat(),
            Self::Prepend(more) => [more.as_bytes(), bytes].concat(),
            Self::Halve => bytes[..bytes.len() / 2].to_vec(),
            Self::Empty => Vec::new(),
            Self::Crlf => text.replace('\n', "\r\n").into_bytes(),
        };
        assert!(old != Some(&new), "the edit changes something");
        Some(new)
    }
}

/// What is stored for a client, in a workspace of its own.
fn stored() -> Workspace {
    let workspace = Workspace::empty();
    workspace.write("Cargo.toml", "[workspace]\n");
    copy(&workspace, "tests/fixtures/vault", "openapi/vault");
    let made = workspace.xtask(&["regenerate"]);
    assert_eq!(made.code, Some(0), "{}", made.transcript());
    workspace
}

/// Copies a folder of the repository into a workspace.
pub fn copy(workspace: &Workspace, folder: &str, into: &str) {
    for entry in std::fs::read_dir(root().join(folder)).expect("it is stored") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().expect("it has a name").to_string_lossy();
        let (inner, into) = (format!("{folder}/{name}"), format!("{into}/{name}"));
        if path.is_dir() {
            copy(workspace, &inner, &into);
        } else {
            let text = std::fs::read_to_string(&path).expect("it is text");
            workspace.write(&into, &text);
        }
    }
}

/// Makes the edit, looks, and takes it back.
fn outcome(workspace: &Workspace, mutation: &Mutation) -> Ran {
    let path = workspace.path().join(mutation.file);
    let old = std::fs::read(&path).ok();
    let set = |bytes: Option<Vec<u8>>| match bytes {
        Some(bytes) => {
            std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("made");
            std::fs::write(&path, bytes).expect("it is written");
        }
        None => {
            std::fs::remove_file(&path).expect("it is removed");
            // And the folders that the edit made; one that is not empty stays.
            let folders = path.ancestors().skip(1);
            folders
                .map_while(|path| std::fs::remove_dir(path).ok())
                .count();
        }
    };
    set(mutation.edit.of(old.as_deref()));
    let ran = workspace.xtask(&["check"]);
    set(old);
    ran
}

#[test]
fn every_single_edit_is_caught() {
    let workspace = stored();
    let before = workspace.tree();
    assert_eq!(workspace.xtask(&["check"]).code, Some(0));
    let all: Vec<&Mutation> = inputs::ALL.iter().chain(outputs::ALL).collect();
    let mut survived = Vec::new();
    let mut misnamed = Vec::new();
    for (number, mutation) in all.iter().enumerate() {
        let ran = outcome(&workspace, mutation);
        let said = ran.transcript();
        let row = format!("row {number}, {}, says `{}`", mutation.file, mutation.says);
        if ran.code == Some(0) {
            survived.push(row);
        } else if ran.code != Some(mutation.exit) || !said.contains(mutation.says) {
            misnamed.push(format!("{row} with exit {}\n{said}", mutation.exit));
        }
    }
    let caught = all.len() - survived.len();
    println!(
        "{} edits: {caught} caught, {} survived",
        all.len(),
        survived.len()
    );
    assert!(survived.is_empty(), "{}", survived.join("\n"));
    assert!(misnamed.is_empty(), "{}", misnamed.join("\n"));
    assert!(all.len() >= 100, "{} edits", all.len());
    assert!(workspace.tree() == before, "every edit was taken back");
}

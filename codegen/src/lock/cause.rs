//! Why a crate on disk is not what a fresh run gives.
//!
//! Each file is known in three states: as the lock file records it, as it stands on disk, as a
//! fresh run gives it. Which of them agree tells a stale file from one that was edited by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::{FILE, Lock, STAGED, sha256};

/// Why a crate is not what a fresh run would give.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An input changed since the crate was made.
    InputMoved {
        /// Its role: `document`, `overlay`, `config`, `guide`, `examples/NAME.rs`.
        input: String,
    },
    /// A tool changed.
    ToolMoved {
        /// Its name.
        tool: String,
        /// The version that the lock file records.
        from: String,
        /// The version of this program.
        to: String,
    },
    /// A file is as it was made, and this program makes it differently or no more, though no
    /// input and no version moved: the generator itself was changed.
    OutputMoved {
        /// The file.
        path: String,
    },
    /// There is no crate yet.
    NeverMade,
    /// A run was interrupted before it came to the lock file: a file is as a fresh run gives it
    /// and not as the lock file records it, or it was still being written.
    HalfWritten {
        /// The file.
        path: String,
    },
    /// A file that the lock file records is gone.
    Missing {
        /// The file.
        path: String,
    },
    /// A file is neither what was made nor what would be made.
    EditedByHand {
        /// The file.
        path: String,
    },
    /// A file that no run has made.
    Orphan {
        /// The file.
        path: String,
    },
    /// The lock file cannot be read.
    LockDamaged {
        /// What is wrong with it.
        reason: String,
    },
}

impl Cause {
    /// Whether a person must decide what to do. Otherwise a fresh run mends it.
    pub fn needs_a_person(&self) -> bool {
        match self {
            Self::EditedByHand { .. } | Self::Orphan { .. } | Self::LockDamaged { .. } => true,
            Self::InputMoved { .. }
            | Self::ToolMoved { .. }
            | Self::OutputMoved { .. }
            | Self::NeverMade
            | Self::HalfWritten { .. }
            | Self::Missing { .. } => false,
        }
    }
}

/// Compares a crate on disk with a fresh run. Nothing means fresh.
pub fn causes(on_disk: &BTreeMap<String, Vec<u8>>, fresh: &BTreeMap<String, String>) -> Vec<Cause> {
    let same = fresh.len() == on_disk.len()
        && fresh.iter().all(|(path, text)| {
            on_disk
                .get(path)
                .is_some_and(|bytes| bytes == text.as_bytes())
        });
    if same {
        return Vec::new();
    }
    if on_disk.is_empty() {
        return vec![Cause::NeverMade];
    }
    let recorded = match on_disk.get(FILE).map(|text| Lock::parse(text)) {
        Some(Ok(lock)) => Some(lock),
        Some(Err(reason)) => return vec![Cause::LockDamaged { reason }],
        None => None,
    };
    let now = now_locked(fresh);
    let mut found = match (&recorded, &now) {
        (Some(recorded), Some(now)) => moved(recorded, now),
        _ => Vec::new(),
    };
    let explained = recorded.is_none() || !found.is_empty();
    let recorded = recorded.map(|lock| lock.files).unwrap_or_default();
    found.extend(files_apart(&recorded, on_disk, fresh));
    if !explained {
        found.extend(unexplained(&recorded, on_disk, fresh));
    }
    if found.is_empty() {
        // The files agree, so it is the lock file that does not. Nobody's work is in it.
        let path = FILE.to_owned();
        found.push(Cause::OutputMoved { path });
    }
    found.sort();
    found
}

fn now_locked(fresh: &BTreeMap<String, String>) -> Option<Lock> {
    Lock::parse(fresh.get(FILE)?.as_bytes()).ok()
}

fn moved(recorded: &Lock, now: &Lock) -> Vec<Cause> {
    let mut causes = Vec::new();
    let inputs: BTreeSet<&String> = recorded.inputs.keys().chain(now.inputs.keys()).collect();
    for input in inputs {
        if recorded.inputs.get(input) != now.inputs.get(input) {
            causes.push(Cause::InputMoved {
                input: input.clone(),
            });
        }
    }
    for (tool, to) in &now.tools {
        let from = recorded
            .tools
            .get(tool)
            .cloned()
            .unwrap_or_else(|| "none".to_owned());
        if from != *to {
            causes.push(Cause::ToolMoved {
                tool: tool.clone(),
                from,
                to: to.clone(),
            });
        }
    }
    causes
}

fn files_apart(
    recorded: &BTreeMap<String, String>,
    on_disk: &BTreeMap<String, Vec<u8>>,
    fresh: &BTreeMap<String, String>,
) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (path, bytes) in on_disk {
        let is_fresh = fresh.get(path).is_some_and(|text| text.as_bytes() == bytes);
        let path = path.clone();
        match recorded.get(&path) {
            _ if path == FILE => {}
            _ if path.ends_with(STAGED) => causes.push(Cause::HalfWritten { path }),
            Some(hash) if *hash == sha256(bytes) => {}
            _ if is_fresh => causes.push(Cause::HalfWritten { path }),
            Some(_) => causes.push(Cause::EditedByHand { path }),
            None if fresh.contains_key(&path) => causes.push(Cause::EditedByHand { path }),
            None => causes.push(Cause::Orphan { path }),
        }
    }
    for path in recorded.keys().filter(|path| !on_disk.contains_key(*path)) {
        causes.push(Cause::Missing { path: path.clone() });
    }
    causes
}

/// Files as they were made that a fresh run gives differently, for the first time, or no more.
fn unexplained(
    recorded: &BTreeMap<String, String>,
    on_disk: &BTreeMap<String, Vec<u8>>,
    fresh: &BTreeMap<String, String>,
) -> Vec<Cause> {
    let as_recorded = |path: &str, bytes: &[u8]| {
        let hash = recorded.get(path);
        hash.is_some_and(|hash| *hash == sha256(bytes))
    };
    let moved = |(path, bytes): &(&String, &Vec<u8>)| {
        let is_fresh = |text: &String| text.as_bytes() == bytes.as_slice();
        as_recorded(path, bytes) && !fresh.get(*path).is_some_and(is_fresh)
    };
    let new = |path: &&String| {
        path.as_str() != FILE && !recorded.contains_key(*path) && !on_disk.contains_key(*path)
    };
    let moved = on_disk.iter().filter(moved).map(|(path, _)| path);
    moved
        .chain(fresh.keys().filter(new))
        .map(|path| Cause::OutputMoved { path: path.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Cause, causes};
    use crate::lock::{FILE, Lock};

    /// A run's files, its lock file among them.
    fn run(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        let mut files: BTreeMap<String, String> = files.iter().map(owned).collect();
        let lock = Lock::new("", "", "", std::iter::empty(), &files);
        files.insert(FILE.to_owned(), lock.to_text());
        files
    }

    fn disk(files: &BTreeMap<String, String>) -> BTreeMap<String, Vec<u8>> {
        let bytes = |(path, text): (&String, &String)| (path.clone(), text.clone().into_bytes());
        files.iter().map(bytes).collect()
    }

    fn moved(path: &str) -> Cause {
        let path = path.to_owned();
        Cause::OutputMoved { path }
    }

    #[test]
    fn what_a_run_made_is_fresh() {
        let made = run(&[("a", "1")]);
        assert_eq!(causes(&disk(&made), &made), []);
        assert_eq!(causes(&BTreeMap::new(), &made), [Cause::NeverMade]);
    }

    #[test]
    fn a_changed_generator_is_stale_without_a_new_version() {
        let made = disk(&run(&[("a", "1"), ("b", "1"), ("c", "1")]));
        let fresh = run(&[("a", "1"), ("b", "2"), ("d", "1")]);
        let expected = [moved("b"), moved("c"), moved("d")];
        assert_eq!(causes(&made, &fresh), expected);
    }

    #[test]
    fn an_altered_lock_file_is_stale() {
        let fresh = run(&[("a", "1")]);
        let mut made = disk(&fresh);
        let text = fresh[FILE].replace("\"title\": \"\"", "\"title\": \"other\"");
        made.insert(FILE.to_owned(), text.into_bytes());
        assert_eq!(causes(&made, &fresh), [moved(FILE)]);
    }

    #[test]
    fn a_run_that_was_killed_is_half_written() {
        let old = run(&[("a", "1"), ("b", "1")]);
        let fresh = run(&[("a", "2"), ("b", "1")]);
        let mut made = disk(&old);
        made.insert("a".to_owned(), b"2".to_vec());
        let path = "a".to_owned();
        assert_eq!(causes(&made, &fresh), [Cause::HalfWritten { path }]);
    }

    #[test]
    fn an_edit_needs_a_person_also_when_the_file_would_go() {
        let mut made = disk(&run(&[("a", "1"), ("b", "1")]));
        made.insert("b".to_owned(), b"mine".to_vec());
        let causes = causes(&made, &run(&[("a", "1")]));
        let path = "b".to_owned();
        assert_eq!(causes, [Cause::EditedByHand { path }]);
        assert!(causes.iter().all(Cause::needs_a_person));
    }
}

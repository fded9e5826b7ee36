//! Finds out why a crate on disk differs from a fresh run.
//!
//! Each file has three versions: the one that the lock file records, the one on disk, and the one of
//! a fresh run. Which of them agree distinguishes a stale file from one that was edited by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{FILE, Lock, STAGED, sha256};

/// Why a crate differs from a fresh run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An input changed since the crate was generated.
    InputChanged {
        /// Role of the input: `document`, `overlay`, `config`, `guide`, `examples/NAME.rs`.
        input: String,
    },
    /// A tool changed.
    ToolChanged {
        /// Name of the tool.
        tool: String,
        /// The version that the lock file records.
        from: String,
        /// The version of this program.
        to: String,
    },
    /// A file is as it was generated, and this program generates it differently or not at all, although
    /// no input and no version changed: the generator itself changed.
    OutputChanged {
        /// The file.
        path: String,
    },
    /// The crate does not exist yet.
    NeverGenerated,
    /// A run was stopped before its end: some files are already new, are still being written, or were
    /// lost by the disk.
    HalfWritten {
        /// The first of those files; the lock file where only the run's beginning is recorded.
        path: String,
        /// Number of further files.
        more: usize,
    },
    /// A file of the crate is missing.
    Missing {
        /// The file.
        path: String,
    },
    /// A file is neither as recorded nor as a fresh run writes it.
    EditedByHand {
        /// The file.
        path: String,
    },
    /// A file that no run wrote.
    Orphan {
        /// The file.
        path: String,
    },
    /// The lock file cannot be read.
    LockDamaged {
        /// Why it cannot be read.
        reason: String,
    },
}

impl Cause {
    /// Whether a person must decide what to do. Otherwise a fresh run repairs the crate.
    pub fn needs_a_person(&self) -> bool {
        match self {
            Self::EditedByHand { .. } | Self::Orphan { .. } | Self::LockDamaged { .. } => true,
            Self::InputChanged { .. }
            | Self::ToolChanged { .. }
            | Self::OutputChanged { .. }
            | Self::NeverGenerated
            | Self::HalfWritten { .. }
            | Self::Missing { .. } => false,
        }
    }
}

/// Compares a crate on disk with a fresh run. Returns nothing if the crate is fresh.
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
        return vec![Cause::NeverGenerated];
    }
    let recorded = match on_disk.get(FILE).filter(|text| !is_empty(text)) {
        Some(text) => match Lock::parse(text) {
            Ok(lock) => Some(lock),
            Err(reason) => return vec![Cause::LockDamaged { reason }],
        },
        None => None,
    };
    let mut found = match (&recorded, fresh_lock(fresh)) {
        (Some(recorded), Some(now)) => changed_inputs_and_tools(recorded, &now),
        _ => Vec::new(),
    };
    let explained = !found.is_empty();
    found.extend(file_causes(recorded.as_ref(), on_disk, fresh));
    if let Some(lock) = recorded.filter(|lock| !explained && lock.unfinished.is_empty()) {
        found.extend(generator_changes(&lock.files, on_disk, fresh));
    }
    if found.is_empty() {
        // All other files agree, so only the lock file differs. It contains nobody's work.
        let path = FILE.to_owned();
        found.push(Cause::OutputChanged { path });
    }
    found.sort();
    found
}

/// Whether a file has no content, as after a power failure. It contains nobody's work.
fn is_empty(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0)
}

/// Returns the lock file of a fresh run.
fn fresh_lock(fresh: &BTreeMap<String, String>) -> Option<Lock> {
    Lock::parse(fresh.get(FILE)?.as_bytes()).ok()
}

/// Returns the inputs and tools that changed since the crate was generated.
fn changed_inputs_and_tools(recorded: &Lock, now: &Lock) -> Vec<Cause> {
    let mut causes = Vec::new();
    if recorded.files.is_empty() {
        // The first run began, and there is nothing earlier to compare with.
        return causes;
    }
    let inputs: BTreeSet<&String> = recorded.inputs.keys().chain(now.inputs.keys()).collect();
    for input in inputs {
        if recorded.inputs.get(input) != now.inputs.get(input) {
            causes.push(Cause::InputChanged {
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
            causes.push(Cause::ToolChanged {
                tool: tool.clone(),
                from,
                to: to.clone(),
            });
        }
    }
    causes
}

/// Returns the files that were edited, are missing, or were left by a stopped run.
fn file_causes(
    recorded: Option<&Lock>,
    on_disk: &BTreeMap<String, Vec<u8>>,
    fresh: &BTreeMap<String, String>,
) -> Vec<Cause> {
    let mut causes = Vec::new();
    let mut unfinished = Vec::new();
    for (path, bytes) in on_disk {
        let is_fresh = fresh.get(path).is_some_and(|text| text.as_bytes() == bytes);
        match origin(path, bytes, recorded) {
            Origin::Finished => {}
            Origin::Unfinished => unfinished.push(path.clone()),
            // Without a lock file it is unknown whether a run was stopped.
            _ if is_fresh && recorded.is_none() => {}
            _ if is_fresh => unfinished.push(path.clone()),
            Origin::Unknown if recorded.is_some_and(|lock| lock.knows(path)) => {
                causes.push(Cause::EditedByHand { path: path.clone() });
            }
            Origin::Unknown if fresh.contains_key(path) => {
                causes.push(Cause::EditedByHand { path: path.clone() });
            }
            Origin::Unknown => causes.push(Cause::Orphan { path: path.clone() }),
        }
    }
    let begun = recorded.is_some_and(|lock| !lock.unfinished.is_empty());
    let gone = |path: &&String| !on_disk.contains_key(*path) && fresh.contains_key(*path);
    if !begun {
        let files = recorded.map(|lock| lock.files.keys());
        causes.extend(
            files
                .into_iter()
                .flatten()
                .filter(gone)
                .map(|path| missing(path)),
        );
        if unfinished.is_empty() && !on_disk.contains_key(FILE) {
            causes.push(missing(FILE));
        }
    }
    let mut unfinished = unfinished.into_iter();
    let more = unfinished.len().saturating_sub(1);
    let first = unfinished.next().or(begun.then(|| FILE.to_owned()));
    causes.extend(first.map(|path| Cause::HalfWritten { path, more }));
    causes
}

fn missing(path: &str) -> Cause {
    let path = path.to_owned();
    Cause::Missing { path }
}

/// The run that wrote a file.
enum Origin {
    /// A run that finished.
    Finished,
    /// A run that was stopped.
    Unfinished,
    /// No known run.
    Unknown,
}

/// Finds out which run wrote a file.
fn origin(path: &str, bytes: &[u8], recorded: Option<&Lock>) -> Origin {
    let hash = sha256(bytes);
    let finished = recorded.and_then(|lock| lock.files.get(path));
    let begun = recorded.and_then(|lock| lock.unfinished.get(path));
    match finished {
        _ if path.ends_with(STAGED) => Origin::Unfinished,
        Some(recorded) if *recorded == hash => Origin::Finished,
        _ if is_empty(bytes) => Origin::Unfinished,
        _ if path == FILE => Origin::Finished,
        _ if begun.is_some_and(|hashes| hashes.contains(&hash)) => Origin::Unfinished,
        _ => Origin::Unknown,
    }
}

/// Returns the files as recorded that a fresh run changes, adds or removes.
fn generator_changes(
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
        .map(|path| Cause::OutputChanged { path: path.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Cause, causes};
    use crate::lock::{FILE, Lock};

    /// Returns the files of a run, including its lock file.
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

    fn half(path: &str, more: usize) -> Cause {
        let path = path.to_owned();
        Cause::HalfWritten { path, more }
    }

    fn moved(path: &str) -> Cause {
        let path = path.to_owned();
        Cause::OutputChanged { path }
    }

    #[test]
    fn what_a_run_made_is_fresh() {
        let made = run(&[("a", "1")]);
        assert_eq!(causes(&disk(&made), &made), []);
        assert_eq!(causes(&BTreeMap::new(), &made), [Cause::NeverGenerated]);
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
        assert_eq!(causes(&made, &fresh), [half("a", 0)]);
    }

    #[test]
    fn what_a_run_began_is_no_edit_whatever_comes_after_it() {
        let old = run(&[("a", "1"), ("b", "1")]);
        let stopped = run(&[("a", "2"), ("b", "2")]);
        let parse = |run: &BTreeMap<String, String>| Lock::parse(run[FILE].as_bytes()).ok();
        let begun = |earlier, run| Lock::begun(earlier, &parse(run).expect("it is a lock file"));
        let begun_once = begun(parse(&old), &stopped);
        let fresh = run(&[("a", "3"), ("b", "1")]);
        let begun_twice = begun(Some(begun_once.clone()), &fresh);
        let mut made = disk(&old);
        made.insert("a".to_owned(), b"2".to_vec());
        for lock in [begun_once, begun_twice] {
            made.insert(FILE.to_owned(), lock.to_text().into_bytes());
            assert_eq!(causes(&made, &fresh), [half("a", 0)]);
        }
        made.insert("b".to_owned(), b"mine".to_vec());
        let path = "b".to_owned();
        let expected = [half("a", 0), Cause::EditedByHand { path }];
        assert_eq!(causes(&made, &fresh), expected);
    }

    #[test]
    fn a_first_run_that_only_began_is_half_written() {
        let fresh = run(&[("a", "1")]);
        let now = Lock::parse(fresh[FILE].as_bytes()).expect("it is a lock file");
        let begun = Lock::begun(None, &now).to_text();
        let made = BTreeMap::from([(FILE.to_owned(), begun.into_bytes())]);
        assert_eq!(causes(&made, &fresh), [half(FILE, 0)]);
    }

    #[test]
    fn what_a_disk_lost_is_no_edit() {
        let fresh = run(&[("a", "1"), ("b", "1")]);
        for lost in [&b""[..], b"\0\0\0"] {
            let mut made = disk(&fresh);
            made.insert("a".to_owned(), lost.to_vec());
            assert_eq!(causes(&made, &fresh), [half("a", 0)]);
            made.insert(FILE.to_owned(), lost.to_vec());
            assert_eq!(causes(&made, &fresh), [half("a", 1)]);
        }
    }

    #[test]
    fn without_a_lock_file_only_that_is_missing() {
        let fresh = run(&[("a", "1"), ("b", "1")]);
        let mut made = disk(&fresh);
        made.remove(FILE);
        let path = FILE.to_owned();
        let missing = Cause::Missing { path };
        assert_eq!(causes(&made, &fresh), std::slice::from_ref(&missing));
        made.insert("b".to_owned(), b"mine".to_vec());
        let path = "b".to_owned();
        let expected = [missing, Cause::EditedByHand { path }];
        assert_eq!(causes(&made, &fresh), expected);
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

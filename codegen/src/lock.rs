//! The lock file: what a crate was made from, and what was made.
//!
//! It tells a stale crate from one that was edited by hand, and names the cause.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::source::{Input, Source};

/// Its path in a generated crate.
pub const FILE: &str = "client.lock.json";

/// What the name of a file ends with while it is being written.
pub const STAGED: &str = ".xtask-new";

/// The tools whose versions shape output, as `Cargo.toml` pins them; a test holds the two together.
pub const TOOLS: &[(&str, &str)] = &[
    ("codegen", env!("CARGO_PKG_VERSION")),
    ("prettyplease", "0.3.0"),
    ("progenitor", "0.15.1"),
    ("syn", "3.0.10"),
    ("typify", "0.8.0"),
];

/// What a lock file records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// Who wrote it, for people who open it.
    pub about: String,
    /// The document's `info.title`.
    pub title: String,
    /// The document's `info.version`.
    pub version: String,
    /// SHA-256 of each input, in hexadecimal.
    pub inputs: BTreeMap<String, String>,
    /// The exact version of each tool.
    pub tools: BTreeMap<String, String>,
    /// SHA-256 of each file that was made, in hexadecimal.
    pub files: BTreeMap<String, String>,
}

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn role(input: Input) -> &'static str {
    match input {
        Input::Document => "document",
        Input::Overlay => "overlay",
        Input::Config => "config",
    }
}

impl Lock {
    /// The record of a run.
    pub fn new<'a>(
        about: &str,
        title: &str,
        version: &str,
        inputs: impl Iterator<Item = &'a Source>,
        files: &BTreeMap<String, String>,
    ) -> Self {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Self {
            about: about.to_owned(),
            title: title.to_owned(),
            version: version.to_owned(),
            inputs: inputs
                .map(|source| (role(source.input).to_owned(), sha256(&source.bytes)))
                .collect(),
            tools: TOOLS.iter().map(owned).collect(),
            files: files
                .iter()
                .map(|(path, text)| (path.clone(), sha256(text.as_bytes())))
                .collect(),
        }
    }

    /// The file's content.
    pub fn to_text(&self) -> String {
        // A map of strings always has a form in JSON.
        serde_json::to_string_pretty(self)
            .map(|text| text + "\n")
            .unwrap_or_default()
    }

    /// Reads a lock file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for example the markers of a merge conflict.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        if text.starts_with(b"<<<<<<<") || text.windows(8).any(|it| it == b"\n<<<<<<<") {
            return Err("it has the markers of a merge conflict".to_owned());
        }
        serde_json::from_slice(text).map_err(|error| error.to_string())
    }
}

/// Why a crate is not what a fresh run would give.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An input changed since the crate was made.
    InputMoved {
        /// Its role: `document`, `overlay`, `config`.
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
    let now = fresh
        .get(FILE)
        .and_then(|text| Lock::parse(text.as_bytes()).ok());
    let mut causes = Vec::new();
    if let (Some(recorded), Some(now)) = (&recorded, &now) {
        causes.extend(moved(recorded, now));
    }
    let files = recorded.map(|lock| lock.files).unwrap_or_default();
    causes.extend(files_apart(&files, on_disk, fresh));
    causes.sort();
    causes
}

fn moved(recorded: &Lock, now: &Lock) -> Vec<Cause> {
    let mut causes = Vec::new();
    for input in ["document", "overlay", "config"] {
        if recorded.inputs.get(input) != now.inputs.get(input) {
            causes.push(Cause::InputMoved {
                input: input.to_owned(),
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

//! The lock file: what a crate was made from, and what was made.
//!
//! It tells a stale crate from one that was edited by hand, and names the cause.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Part;
use crate::source::Source;

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
    /// The parts of the full document that `slice` leaves behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// SHA-256 of each input, in hexadecimal.
    pub inputs: BTreeMap<String, String>,
    /// The exact version of each tool.
    pub tools: BTreeMap<String, String>,
    /// SHA-256 of each file that was made, in hexadecimal.
    pub files: BTreeMap<String, String>,
    /// What runs that have begun, and not come to their end, write in place of that.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unfinished: BTreeMap<String, BTreeSet<String>>,
}

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
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
            left_out: Vec::new(),
            inputs: inputs
                .map(|source| (source.role(), sha256(&source.bytes)))
                .collect(),
            tools: TOOLS.iter().map(owned).collect(),
            files: files
                .iter()
                .map(|(path, text)| (path.clone(), sha256(text.as_bytes())))
                .collect(),
            unfinished: BTreeMap::new(),
        }
    }

    /// Records what the stored document leaves out of the full one.
    #[must_use]
    pub fn leaving_out(mut self, parts: &[Part]) -> Self {
        self.left_out = parts.iter().map(|part| part.name().to_owned()).collect();
        self
    }

    /// The record of a run that begins: what stands there, and what is going to. With it a file
    /// that such a run leaves is told from one that a person wrote, whatever the inputs are then.
    pub fn begun(earlier: Option<Self>, now: &Self) -> Self {
        let mut begun = earlier.unwrap_or_else(|| Self {
            inputs: BTreeMap::new(),
            tools: BTreeMap::new(),
            files: BTreeMap::new(),
            ..now.clone()
        });
        for (path, hash) in &now.files {
            if begun.files.get(path) != Some(hash) {
                let hashes = begun.unfinished.entry(path.clone()).or_default();
                hashes.insert(hash.clone());
            }
        }
        begun
    }

    /// Whether a run has made this file, or was making it.
    pub fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.unfinished.contains_key(path)
    }

    /// Records files that were put beside those of the run: the copied runtime.
    pub fn record<'a>(&mut self, files: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let hashed = |(path, text): (&str, &str)| (path.to_owned(), sha256(text.as_bytes()));
        self.files.extend(files.into_iter().map(hashed));
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
        if text.starts_with(b"<<<<<<<") || text.windows(8).any(|window| window == b"\n<<<<<<<") {
            return Err("it has the markers of a merge conflict".to_owned());
        }
        serde_json::from_slice(text).map_err(|error| error.to_string())
    }
}

//! The lock file, which records what a crate was generated from and the hashes of its files.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::check::Coverage;
use crate::config::Part;
use crate::inert::Inert;
use crate::source::Source;

/// Path of the lock file in a generated crate.
pub const FILE: &str = "client.lock.json";

/// Suffix of a file that is being written.
pub const STAGED: &str = ".xtask-new";

/// The tools whose versions affect the output, as pinned in `Cargo.toml`; a test compares the two.
pub const TOOLS: &[(&str, &str)] = &[
    ("codegen", env!("CARGO_PKG_VERSION")),
    ("prettyplease", "0.3.0"),
    ("progenitor", "0.15.1"),
    ("syn", "3.0.10"),
    ("typify", "0.8.0"),
];

/// The content of a lock file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// A note for people who open the file.
    pub about: String,
    /// The document's `info.title`.
    pub title: String,
    /// The document's `info.version`.
    pub version: String,
    /// Parts of the full document that `slice` omits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// What the faults of the document cost; absent if they cost nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faults: Option<FaultCost>,
    /// SHA-256 of each input, in hexadecimal.
    pub inputs: BTreeMap<String, String>,
    /// The exact version of each tool.
    pub tools: BTreeMap<String, String>,
    /// SHA-256 of each generated file, in hexadecimal.
    pub files: BTreeMap<String, String>,
    /// SHA-256 of each file version that unfinished runs were writing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unfinished: BTreeMap<String, BTreeSet<String>>,
}

/// What the faults of a document cost, if not nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultCost {
    /// The number of operations that are made although a node that they use is faulty.
    pub touched: usize,
    /// The operations that are not made, as `GET /pets`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub left_out: BTreeSet<String>,
}

/// Computes SHA-256 (FIPS 180-4) in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl Lock {
    /// Creates the record of a run.
    pub fn new<'a>(
        about: &str,
        title: &str,
        version: &str,
        inputs: impl Iterator<Item = &'a Source>,
        files: &BTreeMap<String, String>,
    ) -> Self {
        let to_strings = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Self {
            about: about.to_owned(),
            title: title.to_owned(),
            version: version.to_owned(),
            left_out: Vec::new(),
            faults: None,
            inputs: inputs
                .map(|source| (source.role(), sha256(&source.bytes)))
                .collect(),
            tools: TOOLS.iter().map(to_strings).collect(),
            files: files
                .iter()
                .map(|(path, text)| (path.clone(), sha256(text.as_bytes())))
                .collect(),
            unfinished: BTreeMap::new(),
        }
    }

    /// Records which parts of the full document the stored one omits.
    #[must_use]
    pub fn leaving_out(mut self, parts: &[Part]) -> Self {
        self.left_out = parts.iter().map(|part| part.name().to_owned()).collect();
        self
    }

    /// Records what the faults of the document cost.
    #[must_use]
    pub fn with_coverage(mut self, coverage: &Coverage) -> Self {
        let (touched, left_out) = (coverage.touched.len(), &coverage.left_out);
        self.faults = (touched > 0 || !left_out.is_empty()).then(|| FaultCost {
            touched,
            left_out: left_out.clone(),
        });
        self
    }

    /// Creates the record of a run that begins: the existing files, and those about to be written.
    /// If the run is stopped, it distinguishes files of that run from files that a person wrote.
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

    /// Whether a run wrote this file, or began to write it.
    pub fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.unfinished.contains_key(path)
    }

    /// Records further files: the copied runtime.
    pub fn record<'a>(&mut self, files: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let hash = |(path, text): (&str, &str)| (path.to_owned(), sha256(text.as_bytes()));
        self.files.extend(files.into_iter().map(hash));
    }

    /// Returns the text of the file. Paths and the title are text of the document.
    pub fn to_text(&self) -> String {
        Inert::json(self).to_string()
    }

    /// Reads a lock file.
    ///
    /// # Errors
    ///
    /// Why the file cannot be read, for example because of a merge conflict.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        if text.starts_with(b"<<<<<<<") || text.windows(8).any(|window| window == b"\n<<<<<<<") {
            return Err("it has the markers of a merge conflict".to_owned());
        }
        serde_json::from_slice(text).map_err(|error| error.to_string())
    }
}

//! What is reviewed of a client, and where its snapshots are kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::lock::{FILE, Lock};

/// Where the sets are, from the root of the workspace.
const SNAPSHOTS: &str = "tests/review/snapshots";

/// The files of a crate whose text is reviewed as it is, beside its sources.
const WHOLE: [(&str, &str); 2] = [("Cargo.toml", "manifest"), ("lowering.log", "lowering")];

/// A client with the files of its crate that are reviewed.
pub struct Set {
    /// Its folder under `openapi/`.
    pub client: String,
    files: BTreeMap<String, String>,
}

impl Set {
    /// The set of each client.
    pub fn all(root: &Path) -> Vec<Self> {
        let made: BTreeMap<String, PathBuf> = folders(&root.join("generated"))
            .into_iter()
            .filter_map(|folder| Some((client(&folder)?, folder)))
            .collect();
        let clients = folders(&root.join("openapi")).into_iter().map(|folder| {
            let client = name(&folder);
            let made = made.get(&client);
            let made = made.unwrap_or_else(|| {
                panic!("no crate is generated for openapi/{client}: run `cargo xtask regenerate`")
            });
            Self {
                files: files(made),
                client,
            }
        });
        clients.collect()
    }

    /// The folder of its snapshots.
    pub fn folder(&self, root: &Path) -> PathBuf {
        root.join(SNAPSHOTS).join(&self.client)
    }

    /// Its snapshots by name.
    pub fn snapshots(&self) -> BTreeMap<String, String> {
        let digest = codegen::api_listing::lines(&self.files);
        let digest = digest.unwrap_or_else(|problem| panic!("{}: {problem}", self.client));
        let whole = WHOLE.iter().filter_map(|(path, name)| {
            let text = self.files.get(*path)?;
            Some(((*name).to_owned(), text.clone()))
        });
        let sources = self.files.iter().filter_map(|(path, text)| {
            let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
            let name = format!("source_{}", path.replace('/', "_"));
            Some((name, text.clone()))
        });
        let digest = ("api".to_owned(), digest.join("\n"));
        whole.chain(sources).chain([digest]).collect()
    }
}

/// Snapshots that no client has. Those that wait for a review are none.
pub fn orphans(root: &Path, sets: &[Set]) -> Vec<PathBuf> {
    let mut orphans = Vec::new();
    for folder in folders(&root.join(SNAPSHOTS)) {
        let set = sets.iter().find(|set| set.client == name(&folder));
        let known = set.map(Set::snapshots).unwrap_or_default();
        let stored = listed(&folder).into_iter();
        orphans.extend(stored.filter(|path| {
            let file = name(path);
            let snapshot = file.strip_suffix(".snap");
            snapshot.is_some_and(|name| !known.contains_key(name))
        }));
    }
    orphans
}

/// The client that a crate is generated for, by its lock file.
fn client(made: &Path) -> Option<String> {
    let lock = std::fs::read(made.join(FILE)).ok()?;
    let lock = Lock::parse(&lock).unwrap_or_else(|problem| panic!("{}: {problem}", name(made)));
    let (_, document) = lock.about.split_once("openapi/")?;
    let (client, _) = document.split_once('/')?;
    Some(client.to_owned())
}

/// The files of a crate that are reviewed, by path.
fn files(made: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut queue = vec![made.join("src")];
    let whole = WHOLE.iter().map(|(path, _)| made.join(path));
    let mut paths: Vec<PathBuf> = whole.collect();
    while let Some(next) = queue.pop() {
        for path in listed(&next) {
            match path.is_dir() {
                true => queue.push(path),
                false => paths.push(path),
            }
        }
    }
    for path in paths {
        let text = std::fs::read_to_string(&path);
        let text = text.unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        let inner = path.strip_prefix(made).expect("it is below");
        found.insert(inner.to_string_lossy().replace('\\', "/"), text);
    }
    found
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders = listed(folder);
    folders.retain(|path| path.is_dir());
    folders
}

/// What is in a folder, in order; nothing if it is not there.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

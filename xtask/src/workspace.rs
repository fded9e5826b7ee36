//! Finds the workspace and its clients.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::exit::{DECIDE, FAILED, Failure, USAGE};

/// The workspace that contains the current folder.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the nearest parent folder with a `Cargo.toml` and an `openapi` folder.
    pub(crate) fn find() -> Result<Self, Failure> {
        let current = std::env::current_dir().map_err(|error| {
            Failure::new(
                FAILED,
                format!("the current folder cannot be used: {error}"),
                "change to the workspace's folder",
            )
        })?;
        let root = current
            .ancestors()
            .find(|folder| folder.join("Cargo.toml").is_file() && folder.join("openapi").is_dir());
        match root {
            Some(root) => Ok(Self {
                root: root.to_owned(),
            }),
            None => Err(Failure::new(
                DECIDE,
                "no parent folder has a Cargo.toml and an openapi folder",
                "run this inside the workspace, or use `cargo xtask generate` for a document of its own",
            )),
        }
    }

    /// Returns the workspace in a folder.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Returns the path of a folder or file of the workspace.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Returns the named clients, or all of them.
    pub(crate) fn clients(&self, named: &[String]) -> Result<Vec<String>, Failure> {
        let known = self.folders("openapi")?;
        if known.is_empty() {
            return Err(Failure::new(
                DECIDE,
                "there is no client: openapi/ has no folder",
                "put a document at openapi/NAME/openapi.yaml",
            ));
        }
        if let Some(unknown) = named.iter().find(|name| !known.contains(name)) {
            return Err(Failure::new(
                USAGE,
                format!("there is no client `{unknown}`"),
                format!("name one of: {}", known.join(", ")),
            ));
        }
        Ok(if named.is_empty() {
            known
        } else {
            named.to_vec()
        })
    }

    /// Returns the sorted names of the subfolders of a folder, or none if it does not exist.
    pub(crate) fn folders(&self, relative: &str) -> Result<Vec<String>, Failure> {
        self.names(relative, Path::is_dir)
    }

    /// Returns the sorted names of matching entries of a folder, or none if it does not exist.
    pub(crate) fn names(
        &self,
        relative: &str,
        which: impl Fn(&Path) -> bool,
    ) -> Result<Vec<String>, Failure> {
        let unreadable = |error: std::io::Error| {
            let problem = format!("{relative}/ cannot be listed: {error}");
            Failure::new(FAILED, problem, "check its permissions")
        };
        let folder = self.path(relative);
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            if which(&entry.path()) {
                names.push(text(relative, &entry.file_name())?);
            }
        }
        names.sort();
        Ok(names)
    }
}

/// Returns the name of an entry as text, for paths in lock files and messages.
fn text(relative: &str, name: &OsStr) -> Result<String, Failure> {
    let Some(text) = name.to_str() else {
        let problem = format!(
            "{relative}/{} has a name that is not Unicode",
            display_name(name)
        );
        return Err(Failure::new(DECIDE, problem, "give it another name"));
    };
    Ok(text.to_owned())
}

/// Returns a name with its invalid bytes escaped.
pub(crate) fn display_name(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02x}"));
        }
    }
    shown
}

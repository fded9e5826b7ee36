//! Where the workspace is, and which clients it has.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::exit::{DECIDE, FAILED, Failure, USAGE};

/// The workspace that the current folder is in.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The nearest folder upwards that has a `Cargo.toml` and an `openapi` folder.
    pub(crate) fn find() -> Result<Self, Failure> {
        let current = std::env::current_dir().map_err(|error| {
            Failure::new(
                FAILED,
                format!("the current folder cannot be used: {error}"),
                "go to the workspace",
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
                "no folder from here upwards has a Cargo.toml and an openapi folder",
                "run this inside the workspace, or use `cargo xtask generate` for a document of its own",
            )),
        }
    }

    /// The workspace in this folder.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// A folder or file of the workspace.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The named clients, or all.
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

    /// The names of the folders in a folder of the workspace, in order; none if it is not there.
    pub(crate) fn folders(&self, relative: &str) -> Result<Vec<String>, Failure> {
        self.names(relative, Path::is_dir)
    }

    /// The names of some in a folder of the workspace, in order; none if it is not there.
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

/// The name of what lies in a folder, which paths in lock files and messages are made of.
fn text(relative: &str, name: &OsStr) -> Result<String, Failure> {
    let Some(text) = name.to_str() else {
        let problem = format!("{relative}/{} has a name that is not Unicode", shown(name));
        return Err(Failure::new(DECIDE, problem, "give it another name"));
    };
    Ok(text.to_owned())
}

/// A name whose bytes that are no text are written as escapes.
pub(crate) fn shown(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02x}"));
        }
    }
    shown
}

//! Reads files of another revision with git, without a checkout.

use std::collections::BTreeMap;
use std::process::Command;

use crate::exit::{FAILED, Failure};
use crate::workspace::Workspace;

/// The branches to compare with if no revision is named.
const MAIN: [&str; 2] = ["main", "origin/main"];

/// Files by their path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A revision of the repository that the workspace is in.
pub(crate) struct Base<'a> {
    workspace: &'a Workspace,
    commit: String,
    /// Path of a client's folder or document, if it is at another place than in the workspace.
    path: Option<String>,
}

impl<'a> Base<'a> {
    /// Returns the named revision, or the one where this branch left main.
    pub(crate) fn find(workspace: &'a Workspace, named: Option<&str>) -> Result<Self, Failure> {
        let inside = git(workspace, &["rev-parse", "--is-inside-work-tree"])?;
        if inside
            .ok()
            .is_none_or(|answer| answer.trim_ascii() != b"true")
        {
            return Err(Failure::new(
                FAILED,
                "this folder is not in a git repository, so there is nothing to compare with",
                "run this in a clone of the repository",
            ));
        }
        let Some(named) = named else {
            return Self::fork(workspace);
        };
        let (revision, path) = match named.split_once(':') {
            Some((revision, path)) => (revision, Some(path.to_owned())),
            None => (named, None),
        };
        Ok(Self {
            workspace,
            commit: commit(workspace, revision)?,
            path,
        })
    }

    fn fork(workspace: &'a Workspace) -> Result<Self, Failure> {
        for branch in MAIN {
            if let Ok(bytes) = git(workspace, &["merge-base", "HEAD", branch])? {
                return Ok(Self {
                    workspace,
                    commit: String::from_utf8_lossy(bytes.trim_ascii()).into_owned(),
                    path: None,
                });
            }
        }
        Err(Failure::new(
            FAILED,
            "this branch and main have no common commit in this clone",
            "name a revision, as in `cargo xtask diff HEAD`; a shallow clone needs its history",
        ))
    }

    /// Returns the display name of the revision.
    pub(crate) fn display_name(&self) -> String {
        let mut shown = self.commit.clone();
        shown.truncate(12);
        match &self.path {
            Some(path) => format!("{shown}:{path}"),
            None => shown,
        }
    }

    /// Returns the path after the revision.
    pub(crate) fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Returns every file below a folder of the workspace, by its path in the folder.
    pub(crate) fn files(&self, folder: &str) -> Result<Files, Failure> {
        self.below(&format!("{}:./{folder}", self.commit))
    }

    /// Returns every file of the client at a path of the revision, and the document if the path names
    /// one.
    pub(crate) fn client_files(&self, path: &str) -> Result<(Files, Option<String>), Failure> {
        let object = format!("{}:{path}", self.commit);
        let kind = git(self.workspace, &["cat-file", "-t", &object])?;
        match kind.as_deref().map(<[u8]>::trim_ascii) {
            Ok(b"tree") => Ok((self.below(&object)?, None)),
            Ok(b"blob") => {
                let (folder, file) = path.rsplit_once('/').unwrap_or((".", path));
                let files = self.below(&format!("{}:{folder}", self.commit))?;
                Ok((files, Some(file.to_owned())))
            }
            _ => Err(Failure::new(
                FAILED,
                format!("git has nothing at `{}`", self.display_name()),
                "name a client's folder or document by its path from the repository's root",
            )),
        }
    }

    /// Returns every file below a tree, or none if the tree does not exist.
    fn below(&self, tree: &str) -> Result<Files, Failure> {
        let mut files = Files::new();
        let Ok(listed) = git(self.workspace, &["ls-tree", "-r", "-z", tree])? else {
            return Ok(files);
        };
        for entry in listed.split(|byte| *byte == 0) {
            let entry = String::from_utf8_lossy(entry);
            // `100644 blob HASH<tab>PATH`; a submodule is not a blob.
            let Some((about, path)) = entry.split_once('\t') else {
                continue;
            };
            let mut about = about.split(' ').skip(1);
            let (Some("blob"), Some(hash)) = (about.next(), about.next()) else {
                continue;
            };
            let blob = git(self.workspace, &["cat-file", "blob", hash])?;
            files.insert(
                path.to_owned(),
                blob.map_err(|error| unreadable(path, &error))?,
            );
        }
        Ok(files)
    }
}

fn unreadable(path: &str, error: &str) -> Failure {
    let problem = format!("git cannot read `{path}`: {error}");
    Failure::new(FAILED, problem, "check the repository with `git fsck`")
}

/// Returns the commit of a revision.
fn commit(workspace: &Workspace, revision: &str) -> Result<String, Failure> {
    let wanted = format!("{revision}^{{commit}}");
    let arguments = ["rev-parse", "--verify", "--end-of-options", &wanted];
    match git(workspace, &arguments)? {
        Ok(bytes) => Ok(String::from_utf8_lossy(bytes.trim_ascii()).into_owned()),
        Err(_) => Err(Failure::new(
            FAILED,
            format!("git has no revision `{revision}`"),
            "name a branch, a tag or a commit of this clone",
        )),
    }
}

/// Runs git in the workspace's folder. Returns its output, or its error message.
fn git(workspace: &Workspace, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Failure> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(workspace.path(""))
        .output()
        .map_err(|error| {
            let problem = format!("git cannot be started: {error}");
            Failure::new(FAILED, problem, "install git, and check that it runs")
        })?;
    Ok(if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    })
}

//! What `public-api` says: the public items of the crate before and after.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::runtime_sources;
use codegen::source::{Input, Source};
use public_api::{Builder, PublicApi, diff::PublicApiDiff};

use crate::level::Level;

/// Where crates are generated and documented, below the target folder.
pub struct Bench {
    folder: PathBuf,
}

/// The crate's name on both sides, so that no item moves with it.
const NAME: &str = "judged-client";

impl Bench {
    /// A folder with the runtime, and the versions that the workspace has fetched.
    pub fn new(root: &Path) -> Result<Self, String> {
        let folder = root.join("target/judges");
        for (path, text) in runtime_sources::FILES {
            write(&folder.join("crate/runtime").join(path), text)?;
        }
        let lock = std::fs::read_to_string(root.join("Cargo.lock")).map_err(|it| it.to_string())?;
        write(&folder.join("crate/Cargo.lock"), &lock)?;
        Ok(Self { folder })
    }

    /// Documents the crate that is made of a document and its packaging, as JSON under a name.
    pub fn document(&self, document: &str, config: &str, kept: &str) -> Result<PathBuf, String> {
        let document = Source::new(Input::Document, "zoo.yaml", document);
        let config = Source::new(Input::Config, "client.yaml", config);
        let output = generate(&Job {
            config: Some(&config),
            name: Some(NAME),
            ..Job::of(&document)
        });
        let made = output.made.ok_or("nothing is generated")?;
        let folder = self.folder.join("crate");
        for (path, text) in &made.files {
            write(&folder.join(path), text)?;
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let documented = Command::new(cargo)
            .args(["rustdoc", "--quiet", "--offline", "--lib", "--target-dir"])
            .arg(self.folder.join("target"))
            .args([
                "--",
                "-Z",
                "unstable-options",
                "--output-format",
                "json",
                "--cap-lints",
                "allow",
            ])
            .current_dir(&folder)
            // The format is not stable yet; the compiler is the stable one.
            .env("RUSTC_BOOTSTRAP", "1")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        if !documented.status.success() {
            return Err(String::from_utf8_lossy(&documented.stderr).into_owned());
        }
        let json = self.folder.join("target/doc/judged_client.json");
        let kept = self.folder.join(kept);
        std::fs::copy(json, &kept).map_err(|error| error.to_string())?;
        Ok(kept)
    }
}

/// The public items that a crate's documentation lists.
fn items(json: &Path) -> Result<PublicApi, String> {
    Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .map_err(|error| error.to_string())
}

/// By Cargo's reference on SemVer: what is removed or changed breaks, what is added does not.
pub fn judge(old: &Path, new: &Path) -> Result<Level, String> {
    let diff = PublicApiDiff::between(items(old)?, items(new)?);
    Ok(if !diff.removed.is_empty() || !diff.changed.is_empty() {
        Level::Major
    } else if !diff.added.is_empty() {
        Level::Minor
    } else {
        Level::None
    })
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

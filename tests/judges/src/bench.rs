//! Where a crate is generated, documented and called, below the target folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::runtime_sources;

use crate::notes::{Program, Refused};
use crate::version::Version;

/// The folder of the crate that is judged.
pub struct Bench {
    folder: PathBuf,
    /// A program that uses the crate.
    caller: String,
    /// The socket that it talks to.
    loopback: String,
}

/// A program that uses nothing.
const NO_CALLER: &str = "fn main() {}\n";

/// What an old caller comes to.
#[derive(PartialEq, Eq)]
pub enum Call {
    /// It does not compile: the first thing that the compiler says.
    Refused(String),
    /// It runs: what it sent, and what it read.
    Ran(String),
}

impl Bench {
    /// A folder with the runtime, and the versions that the workspace has fetched.
    pub fn new(root: &Path) -> Result<Self, String> {
        let folder = root.join("target/judges");
        for (path, text) in runtime_sources::FILES {
            write(&folder.join("crate/runtime").join(path), text)?;
        }
        let lock = std::fs::read_to_string(root.join("Cargo.lock")).map_err(|it| it.to_string())?;
        write(&folder.join("crate/Cargo.lock"), &lock)?;
        // What an earlier run left is no example of this one.
        let _ = std::fs::remove_dir_all(folder.join("crate/examples"));
        let loopback = std::fs::read_to_string(root.join("tests/fixtures/loopback.rs"));
        Ok(Self {
            folder,
            caller: NO_CALLER.to_owned(),
            loopback: loopback.map_err(|error| error.to_string())?,
        })
    }

    /// Sets the program that uses the crates from now on.
    pub fn serve(&mut self, caller: Option<String>) {
        self.caller = caller.unwrap_or_else(|| NO_CALLER.to_owned());
    }

    /// Puts the crate of a version there.
    pub fn put(&self, version: &Version) -> Result<(), String> {
        let folder = self.folder.join("crate");
        // A module that is gone must not stay from the version before.
        let _ = std::fs::remove_dir_all(folder.join("src"));
        for (path, text) in &version.files {
            write(&folder.join(path), text)?;
        }
        write(&folder.join("examples/caller/main.rs"), &self.caller)?;
        write(&folder.join("examples/caller/loopback.rs"), &self.loopback)
    }

    /// Documents the crate as JSON, which is kept under a name.
    pub fn document(&self, kept: &str) -> Result<PathBuf, String> {
        let documented = self
            .cargo()
            .args(["rustdoc", "--quiet", "--offline", "--lib", "--target-dir"])
            .arg(self.folder.join("target"))
            .args(["--", "-Z", "unstable-options", "--output-format", "json"])
            .args(["--cap-lints", "allow"])
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

    /// Compiles the caller and the notes against the crate, and runs the caller.
    pub fn call(&self, notes: &Program) -> Result<(Call, Vec<Refused>), String> {
        write(&self.folder.join("crate/examples/notes.rs"), &notes.text)?;
        let target = self.folder.join("target");
        let mut cargo = self.cargo();
        cargo.args([
            "build",
            "--quiet",
            "--offline",
            "--examples",
            "--keep-going",
        ]);
        cargo
            .args(["--message-format", "short", "--target-dir"])
            .arg(&target);
        let built = cargo.output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&built.stderr);
        let refused = notes.refused(&said);
        let of_caller = |line: &&str| line.starts_with("examples/caller/");
        let first = said
            .lines()
            .filter(of_caller)
            .find_map(|line| line.split_once(": error"));
        if let Some((_, says)) = first {
            return Ok((Call::Refused(says.to_owned()), refused));
        }
        // What is wrong with the crate itself is no matter of its callers.
        if !built.status.success() && refused.is_empty() {
            return Err(said.into_owned());
        }
        let program = format!("debug/examples/caller{}", std::env::consts::EXE_SUFFIX);
        let ran = Command::new(target.join(program))
            .stdin(Stdio::null())
            .output();
        let ran = ran.map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&ran.stdout);
        if ran.status.success() {
            Ok((Call::Ran(said.into_owned()), refused))
        } else {
            Err(format!("{said}{}", String::from_utf8_lossy(&ran.stderr)))
        }
    }

    fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(self.folder.join("crate"));
        cargo.stdin(Stdio::null());
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        // JSON of rustdoc is not stable yet; the compiler is the stable one. Some dependencies are
        // built anew when this changes, so every command has it.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

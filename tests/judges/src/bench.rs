//! The folder below `target` where crates are written, documented and called.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::runtime_sources;

use crate::notes::{NoteError, NotesProgram};
use crate::version::Version;

/// The folder of the crate that is judged.
pub struct Bench {
    folder: PathBuf,
    /// The program that calls the crate.
    caller: String,
    /// The loopback server that the program talks to.
    loopback: String,
}

/// A program without calls.
const NO_CALLER: &str = "fn main() {}\n";

/// What happened to a caller.
#[derive(PartialEq, Eq)]
pub enum CallerResult {
    /// It does not compile: the first error.
    CompileError(String),
    /// It ran: what it sent and what it read.
    Ran(String),
}

impl Bench {
    /// Creates the folder with the runtime and the lock file of the workspace.
    pub fn new(root: &Path) -> Result<Self, String> {
        let folder = root.join("target/judges");
        for (path, text) in runtime_sources::FILES {
            write(&folder.join("crate/runtime").join(path), text)?;
        }
        let lock =
            std::fs::read_to_string(root.join("Cargo.lock")).map_err(|error| error.to_string())?;
        write(&folder.join("crate/Cargo.lock"), &lock)?;
        // Examples of an earlier run do not belong to this one.
        let _ = std::fs::remove_dir_all(folder.join("crate/examples"));
        let loopback = std::fs::read_to_string(root.join("tests/fixtures/loopback.rs"));
        Ok(Self {
            folder,
            caller: NO_CALLER.to_owned(),
            loopback: loopback.map_err(|error| error.to_string())?,
        })
    }

    /// Sets the program that calls the crates from now on.
    pub fn set_caller(&mut self, caller: Option<String>) {
        self.caller = caller.unwrap_or_else(|| NO_CALLER.to_owned());
    }

    /// Writes the crate of a version.
    pub fn write_crate(&self, version: &Version) -> Result<(), String> {
        let folder = self.folder.join("crate");
        // Modules of the previous version must not remain.
        let _ = std::fs::remove_dir_all(folder.join("src"));
        for (path, text) in &version.files {
            write(&folder.join(path), text)?;
        }
        write(&folder.join("examples/caller/main.rs"), &self.caller)?;
        write(&folder.join("examples/caller/loopback.rs"), &self.loopback)
    }

    /// Writes the documentation of the crate as JSON, and returns its path.
    pub fn document(&self, name: &str) -> Result<PathBuf, String> {
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
        let copy = self.folder.join(name);
        std::fs::copy(json, &copy).map_err(|error| error.to_string())?;
        Ok(copy)
    }

    /// Compiles the caller and the upgrade notes against the crate, and runs the caller.
    pub fn run(&self, notes: &NotesProgram) -> Result<(CallerResult, Vec<NoteError>), String> {
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
        let output = String::from_utf8_lossy(&built.stderr);
        let errors = notes.errors(&output);
        let is_caller = |line: &&str| line.starts_with("examples/caller/");
        let first = output
            .lines()
            .filter(is_caller)
            .find_map(|line| line.split_once(": error"));
        if let Some((_, error)) = first {
            return Ok((CallerResult::CompileError(error.to_owned()), errors));
        }
        // An error of the crate itself is not an error of its callers.
        if !built.status.success() && errors.is_empty() {
            return Err(output.into_owned());
        }
        let program = format!("debug/examples/caller{}", std::env::consts::EXE_SUFFIX);
        let ran = Command::new(target.join(program))
            .stdin(Stdio::null())
            .output();
        let ran = ran.map_err(|error| error.to_string())?;
        let output = String::from_utf8_lossy(&ran.stdout);
        if ran.status.success() {
            Ok((CallerResult::Ran(output.into_owned()), errors))
        } else {
            Err(format!("{output}{}", String::from_utf8_lossy(&ran.stderr)))
        }
    }

    fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(self.folder.join("crate"));
        cargo.stdin(Stdio::null());
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        // The JSON of rustdoc is unstable; the compiler is the stable one. Some dependencies are
        // rebuilt when this variable changes, so every command sets it.
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

//! Throwaway workspaces, and the real command run in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A folder that is gone when the test is.
pub struct Workspace {
    folder: tempfile::TempDir,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The built command, fresh. The whole workspace is named, since it is what the tests are built with:
/// a part of it would have other features, and be built anew.
fn xtask() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build(&["--workspace", "--bin", "xtask"]).join("debug/xtask"))
}

/// The folder of the built examples, fresh.
pub fn built_examples() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| build(&["--workspace", "--examples"]).join("debug/examples"))
}

/// Builds a part of the workspace where the tests are built, and gives that folder.
fn build(what: &[&str]) -> PathBuf {
    let target = target_folder();
    let built = cargo()
        .args(["build", "--quiet", "--target-dir"])
        .arg(&target)
        .args(what)
        .status()
        .expect("cargo runs");
    assert!(built.success(), "{what:?} is built");
    target
}

/// The folder of this repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The cargo that runs the tests, in this repository.
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(repository());
    command
}

/// The folder where the tests are built, for commands that build programs.
pub fn target_folder() -> PathBuf {
    let test = std::env::current_exe().expect("the test has a path");
    let target = test.ancestors().nth(3);
    target
        .expect("tests are built in the target folder")
        .to_owned()
}

/// The folder where crates that tests generate are compiled, kept between runs.
pub fn compile_folder() -> PathBuf {
    target_folder().join("standalone")
}

/// Every file below a folder, links followed; none where it is not there.
pub fn files_below(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = walkdir::WalkDir::new(folder).follow_links(true);
    let entries = entries.sort_by_file_name().into_iter().flatten();
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .map(walkdir::DirEntry::into_path)
}

impl Workspace {
    /// An empty folder.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().expect("there is room for a folder"),
        }
    }

    /// A workspace with one client, `pets`.
    pub fn with_pets() -> Self {
        let workspace = Self::empty();
        workspace.write("Cargo.toml", "[workspace]\n");
        workspace.write("openapi/pets/openapi.yaml", PETS);
        workspace
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("it is made");
        std::fs::write(path, text).expect("it is written");
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).expect("it can be read")
    }

    /// Replaces text in a file; the text must be there.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has {from}");
        self.write(path, &text.replace(from, to));
    }

    /// Every file by its path.
    pub fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let file = |path: PathBuf| {
            let name = path.strip_prefix(self.path()).expect("it is below");
            let bytes = std::fs::read(&path).expect("it can be read");
            (name.to_string_lossy().into_owned(), bytes)
        };
        files_below(self.path()).map(file).collect()
    }

    /// When each file was last written.
    pub fn times(&self) -> BTreeMap<String, std::time::SystemTime> {
        let time = |path: &String| {
            let data = std::fs::metadata(self.path().join(path)).expect("it is there");
            data.modified().expect("files have times")
        };
        self.tree()
            .keys()
            .map(|path| (path.clone(), time(path)))
            .collect()
    }

    /// Runs the command in the workspace's folder.
    pub fn xtask(&self, arguments: &[&str]) -> Ran {
        self.xtask_in("", arguments, &[])
    }

    /// The command in the workspace's folder, for a test that does not wait for its end.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(xtask());
        command.args(arguments).current_dir(self.path());
        command
    }

    /// Runs the command in a folder of the workspace, with variables set.
    pub fn xtask_in(&self, folder: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = self.command(arguments);
        command.current_dir(self.path().join(folder));
        self.run(command.envs(variables.iter().copied()))
    }

    /// Runs a command to its end; the workspace's folder is `[ROOT]` in what it says.
    pub fn run(&self, command: &mut Command) -> Ran {
        let output = command.output().expect("the command runs");
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&*self.path().to_string_lossy(), "[ROOT]")
        };
        Ran {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

impl Ran {
    /// The whole run as a transcript.
    pub fn transcript(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        let mut text = format!("exit {code}\n");
        for (name, stream) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !stream.is_empty() {
                text.push_str(&format!("--- {name}\n{stream}"));
            }
        }
        text
    }
}

/// A small document of our own making.
pub const PETS: &str = "\
openapi: 3.0.3
info:
  title: Pets
  version: '1'
servers:
  - url: https://pets.example/v1
    description: Production
paths:
  /pets/{id}:
    get:
      operationId: get_pet
      tags: [Pets]
      parameters:
        - name: id
          in: path
          required: true
          schema: {type: string}
      responses:
        '200':
          description: The pet.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
        default:
          description: It went wrong.
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        age: {type: integer, minimum: 0}
";

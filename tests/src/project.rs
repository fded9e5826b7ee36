//! Crates that are generated from a document and compiled, kept in the target folder, so that Cargo
//! compiles again only what has changed since the last run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::workspace::{
    Ran, Workspace, cargo, compile_folder, files_below, repository, target_folder,
};

/// A folder with a generated crate in `made`, and often a program that uses it in `app`.
pub struct Project {
    folder: PathBuf,
    /// The run of `cargo xtask generate` that made the crate.
    pub generated: Ran,
}

impl Project {
    /// Generates the crate of a document of `tests/fixtures`, named without its extension.
    pub fn of_fixture(name: &str) -> Self {
        let file = format!("{name}.yaml");
        let document = std::fs::read_to_string(repository().join("tests/fixtures").join(&file));
        Self::of(&file, &document.expect("there is such a fixture"))
    }

    /// Generates the crate of a document. The name of the file is of one test, since tests run at once.
    ///
    /// # Panics
    ///
    /// If the document is refused.
    pub fn of(file: &str, document: &str) -> Self {
        // In a folder that is empty at first, so that nothing of an earlier run is taken over.
        let workspace = Workspace::empty();
        workspace.write(file, document);
        let generated = workspace.xtask(&["generate", "--from", file, "--out", "made"]);
        assert_eq!(generated.code, Some(0), "{}", generated.transcript());
        // The versions that the workspace has fetched already.
        let lock = std::fs::read_to_string(repository().join("Cargo.lock"));
        workspace.write("made/Cargo.lock", &lock.expect("there is a lock file"));
        let (name, _) = file.split_once('.').expect("a file has an extension");
        let folder = target_folder().join("projects").join(name);
        replace(&folder.join("made"), &workspace.path().join("made"));
        Self { folder, generated }
    }

    /// Reads a file of the generated crate.
    pub fn read(&self, path: &str) -> String {
        let path = self.folder.join("made").join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The sources of the generated crate by path.
    pub fn sources(&self) -> BTreeMap<String, String> {
        let made = self.folder.join("made");
        let sources = files_below(&made.join("src")).map(|path| {
            let name = path
                .strip_prefix(&made)
                .expect("it is below")
                .to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a source is text");
            (name.into_owned(), text)
        });
        sources.collect()
    }

    /// Compiles a program with these dependencies and sources, each a path below `tests/fixtures`
    /// and its name below `src`, and runs it to its end.
    ///
    /// # Panics
    ///
    /// If it does not compile, or fails.
    #[track_caller]
    pub fn run_program(&self, dependencies: &str, sources: &[(&str, &str)]) -> String {
        self.run_program_with(dependencies, sources, &[])
    }

    /// The same with variables set.
    ///
    /// # Panics
    ///
    /// If it does not compile, or fails.
    #[track_caller]
    pub fn run_program_with(
        &self,
        dependencies: &str,
        sources: &[(&str, &str)],
        variables: &[(&str, &str)],
    ) -> String {
        self.write_program(dependencies, sources);
        let output = self.cargo_with("app", &["run", "--quiet"], variables);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Compiles a program of one file with these dependencies, and runs it with arguments to its end.
    ///
    /// # Panics
    ///
    /// If it does not compile, or fails.
    #[track_caller]
    pub fn run_text(&self, dependencies: &str, source: &str, arguments: &[&str]) -> String {
        self.write_program(dependencies, &[]);
        let main = self.folder.join("app/src/main.rs");
        std::fs::create_dir_all(main.parent().expect("it is in a folder")).expect("it is made");
        std::fs::write(&main, source).expect("it is written");
        let mut all = vec!["run", "--quiet"];
        all.extend(["--offline", "--target-dir"]);
        let mut command = cargo();
        command
            .args(all)
            .arg(compile_folder())
            .arg("--")
            .args(arguments)
            .current_dir(self.folder.join("app"));
        let output = command.output().expect("cargo runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Writes a program that uses the crate.
    fn write_program(&self, dependencies: &str, sources: &[(&str, &str)]) {
        // Programs share a target folder, where each needs a name of its own.
        let name = self
            .folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let manifest = format!(
            "[package]\nname = \"app-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}\n[workspace]\n"
        );
        let program = Workspace::empty();
        program.write("Cargo.toml", &manifest);
        for (fixture, source) in sources {
            let text = std::fs::read_to_string(repository().join("tests/fixtures").join(fixture));
            program.write(
                &format!("src/{source}"),
                &text.expect("there is such a fixture"),
            );
        }
        let lock = std::fs::read_to_string(repository().join("Cargo.lock"));
        program.write("Cargo.lock", &lock.expect("there is a lock file"));
        replace(&self.folder.join("app"), program.path());
    }

    /// Runs a command of Cargo in a folder of the project, with variables and without a network.
    pub fn cargo_with(
        &self,
        folder: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Output {
        let mut command: Command = cargo();
        command
            .args(arguments)
            .args(["--offline", "--target-dir"])
            .arg(compile_folder())
            .envs(variables.iter().copied())
            .current_dir(self.folder.join(folder));
        command.output().expect("cargo runs")
    }

    /// Checks that the crate compiles without a warning.
    ///
    /// # Panics
    ///
    /// If it does not.
    #[track_caller]
    pub fn compiles(&self, arguments: &[&str]) {
        let arguments = [&["check"], arguments].concat();
        let output = self.cargo_with("made", &arguments, &[("RUSTFLAGS", "-D warnings")]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
    }
}

/// Makes a folder hold what another one holds. Files that are equal keep their times.
fn replace(folder: &Path, from: &Path) {
    for path in files_below(folder) {
        let inner = path.strip_prefix(folder).expect("it is below");
        if !from.join(inner).exists() {
            std::fs::remove_file(&path).expect("it is removed");
        }
    }
    for path in files_below(from) {
        let inner = path.strip_prefix(from).expect("it is below");
        // Cargo itself removes from its lock file what a program does not need.
        let new = std::fs::read(&path).expect("it can be read");
        let into = folder.join(inner);
        let is_lock = inner.ends_with("Cargo.lock") && into.exists();
        if !is_lock && !std::fs::read(&into).is_ok_and(|old| old == new) {
            let parent = into.parent().expect("a file is in a folder");
            std::fs::create_dir_all(parent).expect("it is made");
            std::fs::write(&into, new).expect("it is written");
        }
    }
}

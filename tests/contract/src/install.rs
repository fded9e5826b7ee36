//! The two judges: where they are, and how they get there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::peer::finish;
use crate::{Failure, say};

const INSTALL: &str = "cargo xtask contract --install";

/// What each judge runs on, and the remedy where it is not there.
const NODE: [(&str, &str); 2] = [
    ("node", "install Node.js 24.18 or newer, with npm"),
    ("npm", "install Node.js 24.18 or newer, with npm"),
];
const PYTHON: (&str, &str) = ("python3", "install Python 3.10 or newer, with venv");

/// How long a package manager may take for one step.
const PATIENCE: Duration = Duration::from_secs(600);

/// A judge as it is pinned beside this crate's sources and installed in the target folder.
struct Judge {
    name: &'static str,
    /// What pins it. A copy is kept with what was installed by it.
    pins: &'static str,
    copy: &'static str,
    /// What must be there for it to run.
    parts: &'static [&'static str],
}

const PRISM: Judge = Judge {
    name: "Prism",
    pins: "prism/package-lock.json",
    copy: "prism.installed",
    parts: &["prism/node_modules/@stoplight/prism-cli/dist/index.js"],
};
const SCHEMATHESIS: Judge = Judge {
    name: "schemathesis",
    pins: "requirements.txt",
    copy: "schemathesis.installed",
    // The interpreter is a link to the one of the system, which may be gone.
    parts: &["venv/bin/schemathesis", "venv/bin/python3"],
};

/// Programs that are there.
pub(crate) struct Tools {
    pub(crate) prism: PathBuf,
    pub(crate) schemathesis: PathBuf,
}

/// A file beside this crate's sources.
pub(crate) fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Finds everything, or says what is missing.
pub(crate) fn tools(folder: &Path) -> Result<Tools, Failure> {
    needs(&NODE[..1])?;
    for judge in [PRISM, SCHEMATHESIS] {
        let there = judge.parts.iter().all(|part| folder.join(part).exists());
        let as_pinned = read(&folder.join(judge.copy)) == read(&source(judge.pins));
        let missing = |how: &str| {
            let (name, shown) = (judge.name, folder.display());
            let what = format!("{name} is not installed in {shown}{how}");
            Failure::Missing(what, INSTALL.to_owned())
        };
        match (there, as_pinned) {
            (true, true) => {}
            (true, false) => return Err(missing(" as it is pinned now")),
            (false, _) => return Err(missing("")),
        }
    }
    Ok(Tools {
        prism: folder.join(PRISM.parts[0]),
        schemathesis: folder.join(SCHEMATHESIS.parts[0]),
    })
}

/// Installs what is pinned, from the registries that npm and pip are set up for.
pub(crate) fn install(folder: &Path) -> Result<(), Failure> {
    needs(&NODE)?;
    needs(&[PYTHON])?;
    let prism = folder.join("prism");
    made(&prism)?;
    for name in ["package.json", "package-lock.json"] {
        copied(&source("prism").join(name), &prism.join(name))?;
    }
    installed(folder, &PRISM, || {
        let mut npm = Command::new("npm");
        // No script of a package is run, nothing but the packages is asked for.
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        npm.arg("--no-update-notifier").current_dir(&prism);
        succeeds(&mut npm)
    })?;
    installed(folder, &SCHEMATHESIS, || {
        let venv = folder.join("venv");
        succeeds(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        let mut pip = Command::new(venv.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check"]);
        pip.arg("--requirement").arg(source(SCHEMATHESIS.pins));
        succeeds(&mut pip)
    })
}

/// Notes by what a judge was installed, and nothing while that is going on.
fn installed(
    folder: &Path,
    judge: &Judge,
    install: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    say("Installing", judge.name);
    let copy = folder.join(judge.copy);
    if copy.exists() {
        std::fs::remove_file(&copy)
            .map_err(|error| Failure::Broken(format!("{}: {error}", copy.display())))?;
    }
    install()?;
    copied(&source(judge.pins), &copy)
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

fn made(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::Broken(format!("{}: {error}", folder.display())))
}

fn copied(from: &Path, to: &Path) -> Result<(), Failure> {
    let copied = std::fs::copy(from, to).map(|_| ());
    copied.map_err(|error| Failure::Broken(format!("{}: {error}", to.display())))
}

/// The programs must be on the path.
fn needs(programs: &[(&str, &str)]) -> Result<(), Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there =
        |entry: &str| std::env::split_paths(&path).any(|folder| folder.join(entry).is_file());
    match programs.iter().find(|(program, _)| !there(program)) {
        None => Ok(()),
        Some((program, how)) => Err(Failure::Missing(
            format!("{program} is not there"),
            (*how).to_owned(),
        )),
    }
}

fn succeeds(command: &mut Command) -> Result<(), Failure> {
    let status = finish(command, PATIENCE)?;
    let name = command.get_program().display().to_string();
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Broken(format!("{name} failed: {status}")))
    }
}

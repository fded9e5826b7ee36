//! The two judges: where they are, and how they get there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, say};

const PRISM: &str = "prism/node_modules/@stoplight/prism-cli/dist/index.js";
const INSTALL: &str = "cargo xtask contract --install";

/// What pins the judges, beside this crate's sources.
const PACKAGES: [&str; 2] = ["package.json", "package-lock.json"];

/// Programs that are there.
pub(crate) struct Tools {
    pub(crate) prism: PathBuf,
    pub(crate) schemathesis: PathBuf,
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Finds everything, or says what is missing.
pub(crate) fn tools(folder: &Path) -> Result<Tools, Failure> {
    needs("node", "install Node.js 20.19 or newer, with npm")?;
    let tools = Tools {
        prism: folder.join(PRISM),
        schemathesis: folder.join("venv/bin/schemathesis"),
    };
    for (name, path) in [
        ("Prism", &tools.prism),
        ("schemathesis", &tools.schemathesis),
    ] {
        if !path.exists() {
            let what = format!("{name} is not installed in {}", folder.display());
            return Err(Failure::Missing(what, INSTALL.to_owned()));
        }
    }
    Ok(tools)
}

/// Installs what is pinned, from the registries that npm and pip are set up for.
pub(crate) fn install(folder: &Path) -> Result<(), Failure> {
    needs("npm", "install Node.js 20.19 or newer, with npm")?;
    needs("python3", "install Python 3.10 or newer, with venv")?;
    let prism = folder.join("prism");
    let copied = std::fs::create_dir_all(&prism).and_then(|()| {
        PACKAGES.iter().try_for_each(|name| {
            let from = source("prism").join(name);
            std::fs::copy(from, prism.join(name)).map(|_| ())
        })
    });
    copied.map_err(|error| Failure::Broken(format!("{}: {error}", prism.display())))?;
    say("Installing", "Prism");
    let quiet = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
    ];
    succeeds(Command::new("npm").args(quiet).current_dir(&prism))?;
    say("Installing", "schemathesis");
    let venv = folder.join("venv");
    succeeds(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let pip = [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ];
    let requirements = source("requirements.txt");
    succeeds(
        Command::new(venv.join("bin/pip"))
            .args(pip)
            .arg(requirements),
    )
}

fn needs(program: &str, how: &str) -> Result<(), Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    match found {
        true => Ok(()),
        false => Err(Failure::Missing(
            format!("{program} is not there"),
            how.to_owned(),
        )),
    }
}

fn succeeds(command: &mut Command) -> Result<(), Failure> {
    let name = Path::new(command.get_program())
        .file_name()
        .map(OsStr::to_owned);
    let name = name.unwrap_or_default();
    let failed = |why: String| Failure::Broken(format!("{} failed: {why}", name.display()));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(status.to_string())),
        Err(error) => Err(failed(error.to_string())),
    }
}

//! `diff`: what a change of the inputs does to Rust, on one page. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use clap::ArgMatches;
use codegen::diff::{
    DiffReport, Level, ReportedChange, Side, compare, compare_alone, human, markdown,
};
use codegen::inert::Inert;
use codegen::lock::{FILE, Lock, TOOLS};
use codegen::pipeline::{Modelled, generate};
use codegen::source::{Input, Source};

use crate::client::{DOCUMENTS, Inputs, Make};
use crate::exit::{Code, DECIDE, DONE, FAILED, Failure, USAGE};
use crate::git::{Base, Files};
use crate::offer;
use crate::regenerate::count;
use crate::shell::Shell;
use crate::workspace::Workspace;

pub(crate) fn run(
    workspace: &Workspace,
    arguments: &ArgMatches,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let base = Base::find(workspace, text("base"))?;
    let pages = match base.path() {
        Some(path) => vec![moved(workspace, &base, path, shell)?],
        None => all(workspace, &base, shell)?,
    };
    let document = match text("format") {
        Some("markdown") => markdown(&pages, &base.shown()).into(),
        Some("json") => Inert::json(&serde_json::json!({
            "base": base.shown(),
            "clients": pages,
        })),
        _ => human(&pages, &base.shown()),
    };
    shell.document(document);
    if let Some(level) = text("deny").and_then(level) {
        deny(&pages, level, shell)?;
    }
    if arguments.get_flag("check-version") {
        sufficient(&pages, shell)
    } else {
        Ok(DONE)
    }
}

/// Fails if a version does not carry the changes of its client.
fn sufficient(pages: &[DiffReport], shell: &mut Shell) -> Result<Code, Failure> {
    let short: Vec<&DiffReport> = pages.iter().filter(|page| !page.carries()).collect();
    for page in &short {
        let requirement = page.requirement().unwrap_or_default();
        let told = format!("{} {} needs {requirement}", page.package, page.to);
        shell.status("Version", &told);
    }
    if short.is_empty() {
        return Ok(DONE);
    }
    let problem = format!("{} not suffice", count(short.len(), "version"));
    let problem = match short.len() {
        1 => problem.replacen("version", "version does", 1),
        _ => problem.replacen("versions", "versions do", 1),
    };
    let fix = "set `package.version` in the client's `client.yaml`, then `cargo xtask regenerate`";
    Err(Failure::new(DECIDE, problem, fix))
}

fn level(name: &str) -> Option<Level> {
    let levels = [Level::Patch, Level::Minor, Level::Major];
    levels.into_iter().find(|level| level.name() == name)
}

/// Fails if a change has the level or a graver one, and says which.
fn deny(pages: &[DiffReport], level: Level, shell: &mut Shell) -> Result<Code, Failure> {
    let denied: Vec<&ReportedChange> = pages.iter().flat_map(|page| page.reaching(level)).collect();
    if denied.is_empty() {
        return Ok(DONE);
    }
    for change in &denied {
        let told = format!("{} [{}] {}", change.rule, change.fingerprint, change.detail);
        shell.status("Denied", &told);
    }
    let above = match level {
        Level::Major => "",
        Level::Minor | Level::Patch => " or above",
    };
    let problem = format!("{} {}{above}", count(denied.len(), "change"), level.name());
    let problem = match denied.len() {
        1 => problem.replacen("change", "change is", 1),
        _ => problem.replacen("changes", "changes are", 1),
    };
    let fix = "take them back, or decide for them: run without `--deny`, and set the version";
    Err(Failure::new(DECIDE, problem, fix))
}

/// The clients of both sides.
fn all(
    workspace: &Workspace,
    base: &Base<'_>,
    shell: &mut Shell,
) -> Result<Vec<DiffReport>, Failure> {
    let mut before: BTreeMap<String, Files> = BTreeMap::new();
    for (path, bytes) in base.files("openapi")? {
        if let Some((client, file)) = path.split_once('/') {
            let files = before.entry(client.to_owned()).or_default();
            files.insert(file.to_owned(), bytes);
        }
    }
    let now = workspace.folders("openapi")?;
    let clients: BTreeSet<&String> = before.keys().chain(&now).collect();
    let mut pages = Vec::new();
    for client in clients {
        let old = before.get(client).and_then(|files| {
            let folder = format!("openapi/{client}");
            inputs(files, &folder, None)
        });
        let old = old.map(|inputs| Half::stored(inputs, base, shell));
        let mut old = old.transpose()?;
        if let (Some(half), Some(files)) = (&mut old, before.get(client)) {
            let offered = files.get(offer::FILE);
            half.offered = offered.map(|it| String::from_utf8_lossy(it).into_owned());
        }
        let new = if now.contains(client) {
            let inputs = Inputs::stored(workspace, client, shell)?;
            let mut half = Half::fresh(inputs, shell)?;
            let shown = format!("openapi/{client}/{}", offer::FILE);
            half.offered = offer::recorded(&workspace.path(&shown), &shown)?;
            Some(half)
        } else {
            None
        };
        pages.extend(match (old, new) {
            (Some(old), Some(new)) => Some(compared(client, old, &new)?),
            (Some(half), None) => Some(lonely(client, &half, false)),
            (None, Some(half)) => Some(lonely(client, &half, true)),
            (None, None) => None,
        });
    }
    Ok(pages)
}

/// A client of one side.
fn lonely(client: &str, half: &Half, added: bool) -> DiffReport {
    let package = &half.modelled.model.package;
    compare_alone(client, &package.name, &package.version, added)
}

/// The client that stood elsewhere at the base: the one of its folder's name, or the only one.
fn moved(
    workspace: &Workspace,
    base: &Base<'_>,
    path: &str,
    shell: &mut Shell,
) -> Result<DiffReport, Failure> {
    let (files, document) = base.elsewhere(path)?;
    let folder = match document {
        Some(_) => path.rsplit_once('/').map_or(".", |(folder, _)| folder),
        None => path.trim_end_matches('/'),
    };
    let clients = workspace.clients(&[])?;
    let name = folder.rsplit('/').next().unwrap_or_default();
    let client = match (clients.as_slice(), clients.iter().find(|it| *it == name)) {
        (_, Some(client)) | ([client], None) => client,
        _ => {
            return Err(Failure::new(
                USAGE,
                format!("`{path}` says nothing about which client it was"),
                format!("the clients are: {}", clients.join(", ")),
            ));
        }
    };
    let old = inputs(&files, folder, document.as_deref()).ok_or_else(|| {
        let problem = format!("there is no document in `{}`", base.shown());
        Failure::new(DECIDE, problem, "name a client's folder, or its document")
    })?;
    let old = Half::stored(old, base, shell)?;
    let new = Half::fresh(Inputs::stored(workspace, client, shell)?, shell)?;
    compared(client, old, &new)
}

/// Compares two sides. Where something has no reason in the inputs so far, what today's generator
/// makes of the old ones tells whether it was the generator.
fn compared(client: &str, mut old: Half, new: &Half) -> Result<DiffReport, Failure> {
    let page = compare(client, &old.side(), &new.side());
    if page.unexplained.is_empty() || old.today.is_some() {
        return Ok(page);
    }
    let made = generate(&old.inputs.job(Make::of_workspace())).made;
    let Some(made) = made else {
        return Ok(page);
    };
    old.today = Some(old.digest(&made.files)?);
    Ok(compare(client, &old.side(), &new.side()))
}

/// What a client was made from, out of the files of its folder.
fn inputs(files: &Files, folder: &str, document: Option<&str>) -> Option<Inputs> {
    let source = |file: &str, input| {
        let bytes = files.get(file)?;
        Some(Source::new(
            input,
            format!("{folder}/{file}"),
            bytes.clone(),
        ))
    };
    let document = match document {
        Some(file) => source(file, Input::Document),
        None => DOCUMENTS
            .iter()
            .find_map(|file| source(file, Input::Document)),
    };
    let examples = files.keys().filter(|file| {
        let name = file.strip_prefix("examples/");
        name.is_some_and(|name| name.ends_with(".rs") && !name.contains('/'))
    });
    let examples = examples.filter_map(|file| source(file, Input::Example));
    let guide = source("guide.md", Input::Guide);
    Some(Inputs {
        document: document?,
        overlay: source("overlay.yaml", Input::Overlay),
        config: source("client.yaml", Input::Config),
        written: guide.into_iter().chain(examples).collect(),
    })
}

/// One side of a client.
struct Half {
    inputs: Inputs,
    modelled: Modelled,
    api: Vec<String>,
    /// The API of what today's generator makes, if that was asked for.
    today: Option<Vec<String>>,
    tools: BTreeMap<String, String>,
    log: String,
    /// The operations of the full document, where they are recorded.
    offered: Option<String>,
}

impl Half {
    /// As it is: the inputs of the work tree, and the crate that they make.
    fn fresh(inputs: Inputs, shell: &mut Shell) -> Result<Self, Failure> {
        let modelled = inputs.model(shell)?;
        let files = made(&inputs, shell)?;
        let tools = TOOLS.iter().map(|(name, version)| (*name, *version));
        let half = Self::new(inputs, modelled, &files, tools)?;
        Ok(Self {
            today: Some(half.api.clone()),
            ..half
        })
    }

    /// As it was: the inputs at the base, and the crate that was stored there; the one that they
    /// make now where none was.
    fn stored(inputs: Inputs, base: &Base<'_>, shell: &mut Shell) -> Result<Self, Failure> {
        let modelled = inputs.model(shell)?;
        let folder = format!("generated/{}", modelled.model.package.name);
        let stored = base.files(&folder)?;
        let lock = stored.get(FILE).and_then(|text| Lock::parse(text).ok());
        let Some(lock) = lock else {
            return Self::fresh(inputs, shell);
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let files = stored.iter();
        let files = files.map(|(path, bytes)| (path.clone(), text(bytes)));
        let tools = lock.tools.iter();
        let tools = tools.map(|(name, version)| (name.as_str(), version.as_str()));
        Self::new(inputs, modelled, &files.collect(), tools)
    }

    fn new<'a>(
        inputs: Inputs,
        modelled: Modelled,
        files: &BTreeMap<String, String>,
        tools: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Failure> {
        let mut half = Self {
            inputs,
            modelled,
            log: files.get("lowering.log").cloned().unwrap_or_default(),
            offered: None,
            api: Vec::new(),
            today: None,
            tools: tools
                .map(|(name, version)| (name.to_owned(), version.to_owned()))
                .collect(),
        };
        half.api = half.digest(files)?;
        Ok(half)
    }

    /// The public API of a crate of this client.
    fn digest(&self, files: &BTreeMap<String, String>) -> Result<Vec<String>, Failure> {
        codegen::api_listing::lines(files).map_err(|error| {
            let name = &self.modelled.model.package.name;
            let problem = format!("generated/{name} is not Rust: {error}");
            Failure::new(FAILED, problem, "compare with a revision where it is")
        })
    }

    fn side(&self) -> Side<'_> {
        Side {
            modelled: &self.modelled,
            sources: self.inputs.sources().collect(),
            api: self.api.clone(),
            today: self.today.clone(),
            tools: self.tools.clone(),
            offered: self.offered.clone(),
            log: self.log.clone(),
        }
    }
}

/// The files of the crate that inputs make; what was found on the way is shown if there is none.
fn made(inputs: &Inputs, shell: &mut Shell) -> Result<BTreeMap<String, String>, Failure> {
    match generate(&inputs.job(Make::of_workspace())).made {
        Some(made) => Ok(made.files),
        None => {
            let (made, _) = inputs.make(Make::of_workspace(), shell)?;
            Ok(made.files)
        }
    }
}

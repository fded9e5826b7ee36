//! `diff`: reports how changes of the inputs affect the generated Rust API. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use clap::ArgMatches;
use codegen::diff::{
    DiffReport, Level, ReportedChange, Side, compare, compare_alone, human, markdown,
};
use codegen::inert::Inert;
use codegen::lock::{FILE, Lock, TOOLS};
use codegen::pipeline::{ModelWithDocument, generate};
use codegen::source::{Input, Source};

use crate::count::count;
use crate::exit::{Code, DECIDE, DONE, FAILED, Failure, USAGE};
use crate::git::{Base, Files};
use crate::inputs::{DOCUMENTS, GenerateOptions, Inputs};
use crate::shell::Shell;
use crate::upstream_operations;
use crate::workspace::Workspace;

pub(crate) fn run(
    workspace: &Workspace,
    arguments: &ArgMatches,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let base = Base::find(workspace, text("base"))?;
    let pages = match base.path() {
        Some(path) => vec![compare_moved(workspace, &base, path, shell)?],
        None => compare_all(workspace, &base, shell)?,
    };
    let document = match text("format") {
        Some("markdown") => markdown(&pages, &base.display_name()).into(),
        Some("json") => Inert::json(&serde_json::json!({
            "base": base.display_name(),
            "clients": pages,
        })),
        _ => human(&pages, &base.display_name()),
    };
    shell.document(document);
    if let Some(level) = text("deny").and_then(level) {
        deny(&pages, level, shell)?;
    }
    if arguments.get_flag("check-version") {
        check_versions(&pages, shell)
    } else {
        Ok(DONE)
    }
}

/// Fails if a client's version is too low for its changes.
fn check_versions(pages: &[DiffReport], shell: &mut Shell) -> Result<Code, Failure> {
    let short: Vec<&DiffReport> = pages.iter().filter(|page| !page.carries()).collect();
    for page in &short {
        let requirement = page.requirement().unwrap_or_default();
        let text = format!("{} {} needs {requirement}", page.package, page.to);
        shell.status("Version", &text);
    }
    if short.is_empty() {
        return Ok(DONE);
    }
    let verb = if short.len() == 1 { "is" } else { "are" };
    let problem = format!("{} {verb} too low", count(short.len(), "version"));
    let fix = "set `package.version` in the client's `client.yaml`, then `cargo xtask regenerate`";
    Err(Failure::new(DECIDE, problem, fix))
}

fn level(name: &str) -> Option<Level> {
    let levels = [Level::Patch, Level::Minor, Level::Major];
    levels.into_iter().find(|level| level.name() == name)
}

/// Fails if a change has the level or a higher one, and reports these changes.
fn deny(pages: &[DiffReport], level: Level, shell: &mut Shell) -> Result<Code, Failure> {
    let denied: Vec<&ReportedChange> = pages.iter().flat_map(|page| page.reaching(level)).collect();
    if denied.is_empty() {
        return Ok(DONE);
    }
    for change in &denied {
        let text = format!("{} [{}] {}", change.rule, change.fingerprint, change.detail);
        shell.status("Denied", &text);
    }
    let above = match level {
        Level::Major => "",
        Level::Minor | Level::Patch => " or above",
    };
    let verb = if denied.len() == 1 { "is" } else { "are" };
    let count = count(denied.len(), "change");
    let problem = format!("{count} {verb} {}{above}", level.name());
    let fix = "undo the changes, or accept them: run without `--deny`, and set the version";
    Err(Failure::new(DECIDE, problem, fix))
}

/// Compares every client of the base and of the work tree.
fn compare_all(
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
        let old = old.map(|inputs| ClientState::stored(inputs, base, shell));
        let mut old = old.transpose()?;
        if let (Some(state), Some(files)) = (&mut old, before.get(client)) {
            let offered = files.get(upstream_operations::FILE);
            state.offered = offered.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        }
        let new = if now.contains(client) {
            let inputs = Inputs::stored(workspace, client, shell)?;
            let mut state = ClientState::fresh(inputs, shell)?;
            let path = format!("openapi/{client}/{}", upstream_operations::FILE);
            state.offered = upstream_operations::stored(&workspace.path(&path), &path)?;
            Some(state)
        } else {
            None
        };
        pages.extend(match (old, new) {
            (Some(old), Some(new)) => Some(compare_sides(client, old, &new)?),
            (Some(state), None) => Some(one_sided(client, &state, false)),
            (None, Some(state)) => Some(one_sided(client, &state, true)),
            (None, None) => None,
        });
    }
    Ok(pages)
}

/// Returns the report of a client that is new or removed.
fn one_sided(client: &str, state: &ClientState, added: bool) -> DiffReport {
    let package = &state.modelled.model.package;
    compare_alone(client, &package.name, &package.version, added)
}

/// Compares a client that was at another place at the base: the one with its folder's name, or the
/// only one.
fn compare_moved(
    workspace: &Workspace,
    base: &Base<'_>,
    path: &str,
    shell: &mut Shell,
) -> Result<DiffReport, Failure> {
    let (files, document) = base.client_files(path)?;
    let folder = match document {
        Some(_) => path.rsplit_once('/').map_or(".", |(folder, _)| folder),
        None => path.trim_end_matches('/'),
    };
    let clients = workspace.clients(&[])?;
    let name = folder.rsplit('/').next().unwrap_or_default();
    let client = match (
        clients.as_slice(),
        clients.iter().find(|client| *client == name),
    ) {
        (_, Some(client)) | ([client], None) => client,
        _ => {
            return Err(Failure::new(
                USAGE,
                format!("`{path}` does not name a client of the workspace"),
                format!("the clients are: {}", clients.join(", ")),
            ));
        }
    };
    let old = inputs(&files, folder, document.as_deref()).ok_or_else(|| {
        let problem = format!("there is no document in `{}`", base.display_name());
        Failure::new(DECIDE, problem, "name a client's folder or document")
    })?;
    let old = ClientState::stored(old, base, shell)?;
    let new = ClientState::fresh(Inputs::stored(workspace, client, shell)?, shell)?;
    compare_sides(client, old, &new)
}

/// Compares two sides. If a difference is not explained by the inputs, generates the old inputs with
/// today's generator, which shows whether the generator caused it.
fn compare_sides(
    client: &str,
    mut old: ClientState,
    new: &ClientState,
) -> Result<DiffReport, Failure> {
    let page = compare(client, &old.side(), &new.side());
    if page.unexplained.is_empty() || old.today.is_some() {
        return Ok(page);
    }
    let made = generate(&old.inputs.job(GenerateOptions::of_workspace())).made;
    let Some(made) = made else {
        return Ok(page);
    };
    old.today = Some(old.api_listing(&made.files)?);
    Ok(compare(client, &old.side(), &new.side()))
}

/// Returns the inputs of a client among the files of its folder.
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

/// One side of the comparison of a client.
struct ClientState {
    inputs: Inputs,
    modelled: ModelWithDocument,
    api: Vec<String>,
    /// The API that today's generator produces, if it was computed.
    today: Option<Vec<String>>,
    tools: BTreeMap<String, String>,
    log: String,
    /// The stored list of the full document's operations.
    offered: Option<String>,
}

impl ClientState {
    /// Returns the current state: the inputs of the work tree, and the crate generated from them.
    fn fresh(inputs: Inputs, shell: &mut Shell) -> Result<Self, Failure> {
        let modelled = inputs.model(shell)?;
        let files = generated_files(&inputs, shell)?;
        let tools = TOOLS.iter().map(|(name, version)| (*name, *version));
        let state = Self::new(inputs, modelled, &files, tools)?;
        Ok(Self {
            today: Some(state.api.clone()),
            ..state
        })
    }

    /// Returns the state at the base: its inputs, and its stored crate, or the crate generated now if
    /// none was stored.
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
        modelled: ModelWithDocument,
        files: &BTreeMap<String, String>,
        tools: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Failure> {
        let mut state = Self {
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
        state.api = state.api_listing(files)?;
        Ok(state)
    }

    /// Lists the public API of a crate of this client.
    fn api_listing(&self, files: &BTreeMap<String, String>) -> Result<Vec<String>, Failure> {
        codegen::api_listing::lines(files).map_err(|error| {
            let name = &self.modelled.model.package.name;
            let problem = format!("generated/{name} is not valid Rust: {error}");
            Failure::new(FAILED, problem, "compare with another revision")
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

/// Generates the files of a crate. Shows the diagnostics if that fails.
fn generated_files(
    inputs: &Inputs,
    shell: &mut Shell,
) -> Result<BTreeMap<String, String>, Failure> {
    match generate(&inputs.job(GenerateOptions::of_workspace())).made {
        Some(made) => Ok(made.files),
        None => {
            let (generated, _) = inputs.generate(GenerateOptions::of_workspace(), shell)?;
            Ok(generated.files)
        }
    }
}

//! A client: its inputs, its crate in memory, and its files on disk.

use std::io::ErrorKind;
use std::path::Path;

use clap::ArgMatches;
use codegen::config::{Job, Layout};
use codegen::diagnostic::{Diagnostic, Place};
use codegen::inert::Inert;
use codegen::lock::{Cause, causes};
use codegen::pipeline::{Made, Modelled, generate, model};
use codegen::render_diagnostics::{Style, records, render};
use codegen::report::Report;
use codegen::source::{Input, Source};

use crate::exit::{DECIDE, Failure};
use crate::read::{self, LINK, Links, Unread};
use crate::scan::CrateOnDisk;
use crate::shell::{Format, Shell};
use crate::workspace::Workspace;

/// The file names that a document may have.
pub(crate) const DOCUMENTS: [&str; 3] = ["openapi.yaml", "openapi.yml", "openapi.json"];

/// The inputs of a client.
pub(crate) struct Inputs {
    pub(crate) document: Source,
    pub(crate) overlay: Option<Source>,
    pub(crate) config: Option<Source>,
    /// The guide and the examples.
    pub(crate) written: Vec<Source>,
}

impl Inputs {
    /// Reads the inputs in `openapi/NAME`.
    pub(crate) fn stored(
        workspace: &Workspace,
        name: &str,
        shell: &mut Shell,
    ) -> Result<Self, Failure> {
        let folder = format!("openapi/{name}");
        let found = DOCUMENTS.iter().map(|file| format!("{folder}/{file}"));
        let found = found
            .into_iter()
            .find(|shown| exists(&workspace.path(shown)));
        let shown = found.unwrap_or_else(|| format!("{folder}/{}", DOCUMENTS[0]));
        let optional = |file: &str, input| {
            let shown = format!("{folder}/{file}");
            exists(&workspace.path(&shown)).then(|| read(&workspace.path(&shown), &shown, input))
        };
        let document = read(&workspace.path(&shown), &shown, Input::Document);
        let overlay = optional("overlay.yaml", Input::Overlay).transpose();
        let config = optional("client.yaml", Input::Config).transpose();
        let mut inputs = Self::combine(document, overlay, config, shell)?;
        inputs.written = written(workspace, &folder, shell)?;
        Ok(inputs)
    }

    /// Returns every input, the document first.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Source> {
        let optional = [self.overlay.as_ref(), self.config.as_ref()];
        let optional = optional.into_iter().flatten();
        [&self.document]
            .into_iter()
            .chain(optional)
            .chain(&self.written)
    }

    /// Combines the inputs, or reports every one that cannot be read.
    pub(crate) fn combine(
        document: Result<Source, Unreadable>,
        overlay: Result<Option<Source>, Unreadable>,
        config: Result<Option<Source>, Unreadable>,
        shell: &mut Shell,
    ) -> Result<Self, Failure> {
        match (document, overlay, config) {
            (Ok(document), Ok(overlay), Ok(config)) => Ok(Self {
                document,
                overlay,
                config,
                written: Vec::new(),
            }),
            (document, overlay, config) => {
                let unreadable = [document.err(), overlay.err(), config.err()];
                let unreadable = unreadable.into_iter().flatten();
                let failure = unreadable.map(|input| input.report(shell)).last();
                Err(failure.unwrap_or_else(unread))
            }
        }
    }

    /// Generates the crate in memory and shows the diagnostics.
    pub(crate) fn generate(
        &self,
        options: GenerateOptions<'_>,
        shell: &mut Shell,
    ) -> Result<(Made, Report), Failure> {
        let output = generate(&self.job(options));
        let sources: Vec<&Source> = self.sources().collect();
        show(&output.report.diagnostics, &sources, shell);
        match output.made {
            Some(made) => Ok((made, output.report)),
            None => Err(self.refused()),
        }
    }

    /// Returns the job for the pipeline.
    pub(crate) fn job<'a>(&'a self, options: GenerateOptions<'a>) -> Job<'a> {
        Job {
            document: &self.document,
            overlay: self.overlay.as_ref(),
            config: self.config.as_ref(),
            written: &self.written,
            name: options.name,
            operations: options.operations,
            layout: options.layout,
        }
    }

    /// Builds the model only. Shows the diagnostics if that fails.
    pub(crate) fn model(&self, shell: &mut Shell) -> Result<Modelled, Failure> {
        let (modelled, report) = model(&self.job(GenerateOptions::of_workspace()));
        modelled.ok_or_else(|| {
            let sources: Vec<&Source> = self.sources().collect();
            show(&report.diagnostics, &sources, shell);
            self.refused()
        })
    }

    fn refused(&self) -> Failure {
        Failure::new(
            DECIDE,
            format!("{} has errors; nothing was written", self.document.name),
            "correct the errors above",
        )
    }
}

/// Reads the files that people wrote for a client: `guide.md`, and the programs in `examples/`.
fn written(workspace: &Workspace, folder: &str, shell: &mut Shell) -> Result<Vec<Source>, Failure> {
    let mut written = Vec::new();
    let guide = format!("{folder}/guide.md");
    if exists(&workspace.path(&guide)) {
        written.push(read(&workspace.path(&guide), &guide, Input::Guide));
    }
    let examples = format!("{folder}/examples");
    if workspace.path(&examples).is_symlink() {
        written.push(Err(Unreadable::new(&examples, Input::Example, LINK)));
    } else {
        let is_program = |path: &Path| path.extension() == Some("rs".as_ref());
        for name in workspace.names(&examples, is_program)? {
            let shown = format!("{examples}/{name}");
            written.push(read(&workspace.path(&shown), &shown, Input::Example));
        }
    }
    let read: Result<Vec<Source>, Unreadable> = written.into_iter().collect();
    read.map_err(|unreadable| unreadable.report(shell))
}

/// A client of the workspace: its inputs, its generated crate, and the crate on disk.
pub(crate) struct PlannedClient {
    pub(crate) inputs: Inputs,
    pub(crate) generated: Made,
    /// Number of applied rules.
    pub(crate) rules: usize,
    /// Folder of the crate, relative to the workspace.
    pub(crate) folder: String,
    pub(crate) on_disk: CrateOnDisk,
}

impl PlannedClient {
    /// Returns why the crate on disk differs from the generated one.
    pub(crate) fn causes(&self) -> Vec<Cause> {
        causes(&self.on_disk.files, &self.generated.files)
    }
}

/// Generates the named clients, or all of them, in memory.
pub(crate) fn plan(
    workspace: &Workspace,
    arguments: &ArgMatches,
    shell: &mut Shell,
) -> Result<Vec<PlannedClient>, Failure> {
    let named = arguments.get_many::<String>("client").unwrap_or_default();
    let named: Vec<String> = named.cloned().collect();
    let mut planned: Vec<PlannedClient> = Vec::new();
    for name in workspace.clients(&named)? {
        let inputs = Inputs::stored(workspace, &name, shell)?;
        let (generated, report) = inputs.generate(GenerateOptions::of_workspace(), shell)?;
        let folder = format!("generated/{}", generated.name);
        if planned.iter().any(|client| client.folder == folder) {
            let problem =
                format!("openapi/{name} and another client would both be written to {folder}");
            let fix = "give each client a name of its own in its client.yaml";
            return Err(Failure::new(DECIDE, problem, fix));
        }
        let on_disk = CrateOnDisk::below(&workspace.path(""), &folder)?;
        planned.push(PlannedClient {
            inputs,
            generated,
            rules: report.log.len(),
            folder,
            on_disk,
        });
    }
    Ok(planned)
}

/// The options for generating a crate.
pub(crate) struct GenerateOptions<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) operations: &'a [String],
    pub(crate) layout: Layout,
}

impl GenerateOptions<'_> {
    /// Returns the options for a member of the workspace.
    pub(crate) fn of_workspace() -> Self {
        Self {
            name: None,
            operations: &[],
            layout: Layout::Member,
        }
    }
}

/// Shows diagnostics: with their source lines, or for programs.
pub(crate) fn show(diagnostics: &[Diagnostic], sources: &[&Source], shell: &mut Shell) {
    if diagnostics.is_empty() {
        return;
    }
    match shell.format() {
        Format::Human => {
            let color = shell.color();
            shell.print(&render(diagnostics, sources, Style { color }));
        }
        Format::Json => {
            shell.document(Inert::json(&records(diagnostics, sources)));
        }
        Format::Github => {
            for record in records(diagnostics, sources) {
                let properties = [
                    ("file", record.file),
                    ("line", record.line.max(1).to_string()),
                    ("col", record.column.max(1).to_string()),
                    ("title", record.id.to_owned()),
                ];
                let help = format!("help: {}", record.help);
                let lines = [&record.message, record.why, &help];
                shell.annotation(record.level, &properties, &lines);
            }
        }
    }
}

/// An input that cannot be read, and the diagnostic about it.
pub(crate) struct Unreadable(Box<(Source, Diagnostic)>);

impl Unreadable {
    fn new(shown: &str, input: Input, reason: &str) -> Self {
        let place = Place::Whole(input);
        let message = format!("`{shown}` cannot be read: {reason}");
        let diagnostic = Diagnostic::new(&codegen::diagnostics::UNREADABLE, place, message);
        Self(Box::new((
            Source::new(input, shown, Vec::new()),
            diagnostic,
        )))
    }

    /// Shows the diagnostic and returns the failure.
    pub(crate) fn report(self, shell: &mut Shell) -> Failure {
        let (source, diagnostic) = *self.0;
        show(&[diagnostic], &[&source], shell);
        unread()
    }
}

fn unread() -> Failure {
    Failure::new(DECIDE, "an input cannot be read", "follow the help above")
}

/// Whether a path exists, also as a broken link.
pub(crate) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Reads an input in a client's folder or in a folder of documents.
pub(crate) fn read(path: &Path, shown: &str, input: Input) -> Result<Source, Unreadable> {
    let links = match input {
        Input::Document | Input::Overlay | Input::Config => Links::Followed,
        // Files that are copied into a crate must not reveal other files through links.
        Input::Guide | Input::Example => Links::Refused,
    };
    let read = read::file(path, Source::MAX_BYTES as u64, links);
    source(read, path, shown, input)
}

/// Reads an input that the command line names, which may be a pipe.
pub(crate) fn named(shown: &str, input: Input) -> Result<Source, Unreadable> {
    let path = Path::new(shown);
    let name = shown.replace('\\', "/");
    if !read::is_handle(path) {
        return self::read(path, &name, input);
    }
    let read = read::handle(path, Source::MAX_BYTES as u64);
    source(read, path, &name, input)
}

fn source(
    read: Result<Vec<u8>, Unread>,
    path: &Path,
    shown: &str,
    input: Input,
) -> Result<Source, Unreadable> {
    let reason = match read {
        Ok(bytes) => return Ok(Source::new(input, shown, bytes)),
        Err(Unread::NoFile(what)) => what.to_owned(),
        Err(Unread::Failed(error)) if error.kind() == ErrorKind::NotFound => {
            if exists(path) {
                "it is a broken link".to_owned()
            } else {
                "the file does not exist".to_owned()
            }
        }
        Err(Unread::Failed(error)) => error.to_string(),
    };
    Err(Unreadable::new(shown, input, &reason))
}

//! One client: its inputs read, its crate made in memory, its files on disk.

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
use crate::folder::Found;
use crate::read::{self, LINK, Links, Unread};
use crate::shell::{Format, Shell};
use crate::workspace::Workspace;

/// The names that a document may have.
pub(crate) const DOCUMENTS: [&str; 3] = ["openapi.yaml", "openapi.yml", "openapi.json"];

/// What a client is made from.
pub(crate) struct Inputs {
    pub(crate) document: Source,
    pub(crate) overlay: Option<Source>,
    pub(crate) config: Option<Source>,
    /// The guide and the examples.
    pub(crate) written: Vec<Source>,
}

impl Inputs {
    /// The inputs in `openapi/NAME`.
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
        let mut inputs = Self::all(document, overlay, config, shell)?;
        inputs.written = written(workspace, &folder, shell)?;
        Ok(inputs)
    }

    /// Every input, the document first.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Source> {
        let optional = [self.overlay.as_ref(), self.config.as_ref()];
        let optional = optional.into_iter().flatten();
        [&self.document]
            .into_iter()
            .chain(optional)
            .chain(&self.written)
    }

    /// All that could be read, or every diagnostic about what could not.
    pub(crate) fn all(
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
                let failure = unreadable.map(|input| input.shown(shell)).last();
                Err(failure.unwrap_or_else(unread))
            }
        }
    }

    /// Makes the crate in memory and shows what was found on the way.
    pub(crate) fn make(
        &self,
        make: Make<'_>,
        shell: &mut Shell,
    ) -> Result<(Made, Report), Failure> {
        let output = generate(&self.job(make));
        let sources: Vec<&Source> = self.sources().collect();
        show(&output.report.diagnostics, &sources, shell);
        match output.made {
            Some(made) => Ok((made, output.report)),
            None => Err(self.refused()),
        }
    }

    /// What a crate of the workspace is made from.
    pub(crate) fn job<'a>(&'a self, make: Make<'a>) -> Job<'a> {
        Job {
            document: &self.document,
            overlay: self.overlay.as_ref(),
            config: self.config.as_ref(),
            written: &self.written,
            name: make.name,
            operations: make.operations,
            layout: make.layout,
        }
    }

    /// The model alone; diagnostics are shown if there is none.
    pub(crate) fn model(&self, shell: &mut Shell) -> Result<Modelled, Failure> {
        let (modelled, report) = model(&self.job(Make::of_workspace()));
        modelled.ok_or_else(|| {
            let sources: Vec<&Source> = self.sources().collect();
            show(&report.diagnostics, &sources, shell);
            self.refused()
        })
    }

    fn refused(&self) -> Failure {
        Failure::new(
            DECIDE,
            format!("nothing can be generated from {}", self.document.name),
            "mend what is shown above; nothing was written",
        )
    }
}

/// What people wrote for a client: `guide.md`, and the programs in `examples/`.
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
    read.map_err(|unreadable| unreadable.shown(shell))
}

/// A client of the workspace: its inputs, its crate in memory, and what stands in its place.
pub(crate) struct Planned {
    pub(crate) inputs: Inputs,
    pub(crate) made: Made,
    pub(crate) rules: usize,
    /// Where the crate goes, relative to the workspace.
    pub(crate) folder: String,
    pub(crate) found: Found,
}

impl Planned {
    /// Why the crate on disk is not what it would be now.
    pub(crate) fn causes(&self) -> Vec<Cause> {
        causes(&self.found.files, &self.made.files)
    }
}

/// Makes the named clients, or all, in memory.
pub(crate) fn plan(
    workspace: &Workspace,
    arguments: &ArgMatches,
    shell: &mut Shell,
) -> Result<Vec<Planned>, Failure> {
    let named = arguments.get_many::<String>("client").unwrap_or_default();
    let named: Vec<String> = named.cloned().collect();
    let mut planned: Vec<Planned> = Vec::new();
    for name in workspace.clients(&named)? {
        let inputs = Inputs::stored(workspace, &name, shell)?;
        let (made, report) = inputs.make(Make::of_workspace(), shell)?;
        let folder = format!("generated/{}", made.name);
        if planned.iter().any(|plan| plan.folder == folder) {
            let problem =
                format!("openapi/{name} would be written to {folder}, as another client is");
            let fix = "give each client a name of its own in its client.yaml";
            return Err(Failure::new(DECIDE, problem, fix));
        }
        let found = Found::below(&workspace.path(""), &folder)?;
        planned.push(Planned {
            inputs,
            made,
            rules: report.log.len(),
            folder,
            found,
        });
    }
    Ok(planned)
}

/// How a crate is made.
pub(crate) struct Make<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) operations: &'a [String],
    pub(crate) layout: Layout,
}

impl Make<'_> {
    /// As a member of the workspace, by its packaging alone.
    pub(crate) fn of_workspace() -> Self {
        Self {
            name: None,
            operations: &[],
            layout: Layout::Member,
        }
    }
}

/// Tells diagnostics: drawn with their source lines, or for programs.
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

/// An input that could not be read, and why.
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

    pub(crate) fn shown(self, shell: &mut Shell) -> Failure {
        let (source, diagnostic) = *self.0;
        show(&[diagnostic], &[&source], shell);
        unread()
    }
}

fn unread() -> Failure {
    Failure::new(DECIDE, "an input cannot be read", "see above")
}

/// Whether something is there, a broken link included.
pub(crate) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Reads an input that lies in a client's folder, or in a folder of documents.
pub(crate) fn read(path: &Path, shown: &str, input: Input) -> Result<Source, Unreadable> {
    let links = match input {
        Input::Document | Input::Overlay | Input::Config => Links::Followed,
        // What is copied into a crate is what lies there, and not what a link shows of the rest of
        // the machine.
        Input::Guide | Input::Example => Links::Refused,
    };
    let read = read::file(path, Source::MAX_BYTES as u64, links);
    source(read, path, shown, input)
}

/// Reads an input that the command line names, which may be what is piped in.
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
                "it is a link to nothing".to_owned()
            } else {
                "there is no such file".to_owned()
            }
        }
        Err(Unread::Failed(error)) => error.to_string(),
    };
    Err(Unreadable::new(shown, input, &reason))
}

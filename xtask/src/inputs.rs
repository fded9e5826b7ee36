//! The inputs of a client, and the crate generated from them.

use std::path::Path;

use codegen::config::{Job, Layout};
use codegen::pipeline::{GeneratedCrate, ModelWithDocument, generate, model};
use codegen::report::Report;
use codegen::source::{Input, Source};

use crate::exit::{DECIDE, Failure};
use crate::input_file::{UnreadableInput, exists, read, unreadable_input};
use crate::read::LINK;
use crate::shell::Shell;
use crate::show::show;
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
        inputs.written = hand_written(workspace, &folder, shell)?;
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
        document: Result<Source, UnreadableInput>,
        overlay: Result<Option<Source>, UnreadableInput>,
        config: Result<Option<Source>, UnreadableInput>,
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
                Err(failure.unwrap_or_else(unreadable_input))
            }
        }
    }

    /// Generates the crate in memory and shows the diagnostics.
    pub(crate) fn generate(
        &self,
        options: GenerateOptions<'_>,
        shell: &mut Shell,
    ) -> Result<(GeneratedCrate, Report), Failure> {
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
            excluded: options.excluded,
            layout: options.layout,
            strict: options.strict,
        }
    }

    /// Builds the model only. Shows the diagnostics if that fails.
    pub(crate) fn model(&self, shell: &mut Shell) -> Result<ModelWithDocument, Failure> {
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
            "correct the errors above in the document or in an overlay, or leave operations out with \
             `operations` in client.yaml or `--exclude`",
        )
    }
}

/// Reads the files that people wrote for a client: `guide.md`, and the programs in `examples/`.
fn hand_written(
    workspace: &Workspace,
    folder: &str,
    shell: &mut Shell,
) -> Result<Vec<Source>, Failure> {
    let mut written = Vec::new();
    let guide = format!("{folder}/guide.md");
    if exists(&workspace.path(&guide)) {
        written.push(read(&workspace.path(&guide), &guide, Input::Guide));
    }
    let examples = format!("{folder}/examples");
    if workspace.path(&examples).is_symlink() {
        written.push(Err(UnreadableInput::new(&examples, Input::Example, LINK)));
    } else {
        let is_program = |path: &Path| path.extension() == Some("rs".as_ref());
        for name in workspace.names(&examples, is_program)? {
            let shown = format!("{examples}/{name}");
            written.push(read(&workspace.path(&shown), &shown, Input::Example));
        }
    }
    let read: Result<Vec<Source>, UnreadableInput> = written.into_iter().collect();
    read.map_err(|unreadable| unreadable.report(shell))
}

/// The options for generating a crate.
pub(crate) struct GenerateOptions<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) operations: &'a [String],
    pub(crate) excluded: &'a [String],
    pub(crate) layout: Layout,
    pub(crate) strict: bool,
}

impl GenerateOptions<'_> {
    /// Returns the options for a member of the workspace.
    pub(crate) fn of_workspace() -> Self {
        Self {
            name: None,
            operations: &[],
            excluded: &[],
            layout: Layout::Member,
            strict: false,
        }
    }
}

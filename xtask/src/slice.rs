//! `slice`: cuts chosen operations and what they use out of a full document into `DIR/openapi.yaml`.
//! Files that people wrote beside it are only read.

use std::path::Path;

use clap::ArgMatches;
use codegen::config::{self, Config, Part};
use codegen::parse::{self, Parsed};
use codegen::report::{Report, Stop};
use codegen::slice::{self, Changed, Job, Slice, Verdict, Verification};
use codegen::source::{Input, Source};

use crate::count::count;
use crate::exit::{Code, DECIDE, DONE, Failure, STALE, USAGE};
use crate::input_file::{exists, named, read};
use crate::inputs::DOCUMENTS;
use crate::remote::{self, Limits};
use crate::shell::Shell;
use crate::show::show;
use crate::upstream_operations::UpstreamOperations;
use crate::write::{FileSystem, left_behind, remove, write};

/// A parsed document with its source.
struct Document {
    source: Source,
    parsed: Parsed,
}

impl Document {
    fn parse(source: Source, shell: &mut Shell) -> Result<Self, Failure> {
        let step = |report: &mut Report| parse::document(&source, report);
        let parsed = run_step(step, &[&source], shell)?;
        Ok(Self { source, parsed })
    }
}

/// The inputs of the command.
struct Inputs {
    /// Path of the slice's file.
    shown: String,
    from: Option<Document>,
    stored: Option<Document>,
    overlay: Option<Source>,
    leave_out: Vec<Part>,
    operations: Vec<String>,
}

pub(crate) fn run(
    arguments: &ArgMatches,
    fs: &dyn FileSystem,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let inputs = Inputs::read(arguments, shell)?;
    let explained = arguments.get_flag("explain");
    if inputs.from.is_none() && !inputs.operations.is_empty() {
        let problem = "--operation needs a document to take the operation from";
        return Err(Failure::new(USAGE, problem, "add --from DOC"));
    }
    if arguments.get_flag("check") {
        return inputs.check(explained, shell);
    }
    let Some(from) = &inputs.from else {
        let stored = inputs.stored_slice()?;
        shell.document(slice::explain(stored.parsed.root()));
        return Ok(DONE);
    };
    let cut = inputs.cut(from, shell)?;
    inputs.write(&cut, fs, shell)?;
    UpstreamOperations::of(&from.parsed, inputs.folder())?.store(fs, shell)?;
    if explained {
        shell.document(slice::explain(&cut.root));
    }
    Ok(DONE)
}

impl Inputs {
    fn read(arguments: &ArgMatches, shell: &mut Shell) -> Result<Self, Failure> {
        let into = arguments.get_one::<String>("into");
        let into = into
            .map(|folder| folder.replace('\\', "/"))
            .unwrap_or_default();
        let folder = into.trim_end_matches('/');
        let names = DOCUMENTS.iter().map(|name| format!("{folder}/{name}"));
        let mut there = names.filter(|path| exists(Path::new(path)));
        let shown = there.next();
        let shown = shown.unwrap_or_else(|| format!("{folder}/{}", DOCUMENTS[0]));
        if let Some(other) = there.next() {
            let problem =
                format!("`{shown}` and `{other}` exist, but a client has only one document");
            let fix = "remove one, or move it to another folder and cut from it with --from";
            return Err(Failure::new(DECIDE, problem, fix));
        }
        let overlay = format!("{folder}/overlay.yaml");
        let packaging = packaging(folder, shell)?;
        let operations = arguments.get_many("operation").unwrap_or_default();
        Ok(Self {
            from: full_document(arguments, folder, packaging.source, shell)?,
            stored: optional(&shown, Input::Document, shell)?
                .map(|source| Document::parse(source, shell))
                .transpose()?,
            overlay: optional(&overlay, Input::Overlay, shell)?,
            leave_out: packaging.leave_out,
            operations: operations.cloned().collect(),
            shown,
        })
    }

    /// Returns the stored slice, which must exist and have operations.
    fn stored_slice(&self) -> Result<&Document, Failure> {
        let problem = match &self.stored {
            Some(stored) if slice::operations(&stored.parsed).is_empty() => {
                format!("{} has no operations", self.shown)
            }
            Some(stored) => return Ok(stored),
            None => format!("{} does not exist", self.shown),
        };
        let folder = self.folder();
        let fix = format!("cargo xtask slice --from DOC --operation SEL --into {folder}");
        Err(Failure::new(DECIDE, problem, fix))
    }

    fn folder(&self) -> &str {
        let folder = self.shown.rsplit_once('/');
        folder.map_or(".", |(folder, _)| folder)
    }

    fn cut(&self, from: &Document, shell: &mut Shell) -> Result<Slice, Failure> {
        if self.operations.is_empty() {
            self.stored_slice().map_err(|failure| Failure {
                code: USAGE,
                ..failure
            })?;
        }
        if let Some(stored) = &self.stored {
            let step = |report: &mut Report| slice::gone(&from.parsed, &stored.parsed, report);
            run_step(step, &[&stored.source], shell)?;
        }
        let job = Job {
            from: &from.parsed,
            stored: self.stored.as_ref().map(|document| &document.parsed),
            overlay: self.overlay.as_ref(),
            leave_out: &self.leave_out,
            file: &self.shown,
            operations: &self.operations,
        };
        let sources: Vec<&Source> = [&from.source].into_iter().chain(&self.overlay).collect();
        run_step(|report| slice::cut(&job, report), &sources, shell)
    }

    /// Writes the slice if it changed.
    fn write(&self, cut: &Slice, fs: &dyn FileSystem, shell: &mut Shell) -> Result<(), Failure> {
        let shown = &self.shown;
        let size = size(&cut.root);
        let stored = self.stored.as_ref();
        if Path::new(shown).is_symlink() {
            let problem = format!("{shown} is a link, not a regular file");
            let fix = "write into the folder of the file, or remove the link";
            return Err(Failure::new(DECIDE, problem, fix));
        }
        for staged in left_behind(Path::new(shown)) {
            shell.status("Removing", &format!("{}/{staged}", self.folder()));
            remove(fs, Path::new(self.folder()), &staged)?;
        }
        if stored.is_some_and(|document| document.source.bytes == cut.text.as_bytes()) {
            shell.status("Fresh", &format!("{shown} ({size})"));
            return Ok(());
        }
        let before = stored.map(|document| document.parsed.root());
        for (changed, part) in slice::changes(before, &cut.root) {
            let verb = match changed {
                Changed::Added => "Adding",
                Changed::Altered => "Changing",
                Changed::Removed => "Removing",
            };
            shell.status(verb, &part);
        }
        shell.status("Writing", shown);
        write(fs, Path::new(shown), &cut.text)?;
        shell.status("Finished", &format!("{shown} ({size})"));
        Ok(())
    }

    fn check(&self, explained: bool, shell: &mut Shell) -> Result<Code, Failure> {
        let stored = self.stored_slice()?;
        let expected = match &self.from {
            Some(from) => {
                let (from, source) = (&from.parsed, &from.source);
                let (operations, leave_out) = (&self.operations, &self.leave_out);
                let step = |report: &mut Report| {
                    slice::expect(from, &stored.parsed, operations, leave_out, report)
                };
                Some(run_step(step, &[source], shell)?)
            }
            None => None,
        };
        let verification = Verification {
            stored: &stored.parsed,
            source: &stored.source,
            expected: expected.as_ref(),
            leave_out: &self.leave_out,
            overlay: self.overlay.as_ref(),
        };
        let sources: Vec<&Source> = [&stored.source].into_iter().chain(&self.overlay).collect();
        let verdict = run_step(
            |report| slice::verify(&verification, report),
            &sources,
            shell,
        )?;
        if explained {
            shell.document(slice::explain(stored.parsed.root()));
        }
        if let Some(from) = &self.from {
            UpstreamOperations::of(&from.parsed, self.folder())?.report_new(shell);
        }
        Ok(self.end(verdict, stored, shell))
    }

    fn end(&self, verdict: Verdict, stored: &Document, shell: &mut Shell) -> Code {
        let (shown, folder) = (&self.shown, self.folder());
        match verdict {
            Verdict::Fresh => {
                let size = size(stored.parsed.root());
                let proved = match self.from {
                    Some(_) => "closed, minimal and faithful",
                    None => "closed and minimal",
                };
                shell.status("Fresh", &format!("{shown} ({size}): {proved}"));
                DONE
            }
            Verdict::Stale => {
                let problem = format!("{shown} is out of date with its source document");
                shell.problem(&problem, &self.cut_command(folder));
                STALE
            }
            Verdict::Decide => {
                let problem = format!("cutting {shown} again would not correct the errors above");
                shell.problem(&problem, "follow the help of each error");
                DECIDE
            }
        }
    }

    /// Returns the command that updates the slice.
    fn cut_command(&self, folder: &str) -> String {
        let from = self.from.as_ref();
        let from = from.map_or("DOC".to_owned(), |document| quoted(&document.source.name));
        let operations = self.operations.iter();
        let operations = operations.map(|selector| format!(" --operation '{selector}'"));
        let operations: String = operations.collect();
        format!("cargo xtask slice --from {from}{operations} --into {folder}")
    }
}

/// Reads the full document: the one of `--from`, or when cutting, the `source` of the client. Without
/// `--from`, `--check` and `--explain` use only the stored slice and fetch nothing.
fn full_document(
    arguments: &ArgMatches,
    folder: &str,
    configured: Option<String>,
    shell: &mut Shell,
) -> Result<Option<Document>, Failure> {
    let stored_alone = arguments.get_flag("check") || arguments.get_flag("explain");
    let from = match (arguments.get_one::<String>("from"), configured) {
        (Some(from), _) => from.replace('\\', "/"),
        (None, _) if stored_alone => return Ok(None),
        (None, Some(configured)) => configured,
        (None, None) => {
            let problem = format!("--from is missing, and {folder}/client.yaml has no `source`");
            let fix = "add --from DOC, or set `source` to the URL of the full document";
            return Err(Failure::new(USAGE, problem, fix));
        }
    };
    let source = if remote::is_url(&from) {
        remote::document(&from, Limits::of(arguments), shell)?
    } else {
        named(&from, Input::Document).map_err(|unreadable| unreadable.report(shell))?
    };
    Document::parse(source, shell).map(Some)
}

/// Reads the client's packaging, or returns the default one.
fn packaging(folder: &str, shell: &mut Shell) -> Result<Config, Failure> {
    let shown = format!("{folder}/client.yaml");
    let packaging = optional(&shown, Input::Config, shell)?;
    let sources: Vec<&Source> = packaging.iter().collect();
    let step = |report: &mut Report| config::read(packaging.as_ref(), report);
    run_step(step, &sources, shell)
}

/// Reads an input that may not exist. Shows why it cannot be read.
fn optional(shown: &str, input: Input, shell: &mut Shell) -> Result<Option<Source>, Failure> {
    if !exists(Path::new(shown)) {
        return Ok(None);
    }
    let source = read(Path::new(shown), shown, input);
    source
        .map(Some)
        .map_err(|unreadable| unreadable.report(shell))
}

/// Runs a step and shows its diagnostics.
fn run_step<T>(
    step: impl FnOnce(&mut Report) -> Result<T, Stop>,
    sources: &[&Source],
    shell: &mut Shell,
) -> Result<T, Failure> {
    let mut report = Report::default();
    let result = step(&mut report);
    show(&report.diagnostics, sources, shell);
    result.map_err(|Stop| {
        Failure::new(
            DECIDE,
            "stopped because of the errors above; nothing was written",
            "correct the errors",
        )
    })
}

fn size(root: &serde_json::Value) -> String {
    let (operations, components) = slice::size(root);
    format!(
        "{}, {}",
        count(operations, "operation"),
        count(components, "component")
    )
}

/// Quotes a word for a shell, because a URL may have special characters.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-._/:@%+=,~".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

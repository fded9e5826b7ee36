//! `slice`: chosen operations, with all that they use, out of a full document into
//! `DIR/openapi.yaml`. What people write beside it is read, never written.

use std::path::Path;

use clap::ArgMatches;
use codegen::config::{self, Config, Part};
use codegen::parse::{self, Parsed};
use codegen::report::{Report, Stop};
use codegen::slice::{self, Changed, Job, Judged, Slice, Verdict};
use codegen::source::{Input, Source};

use crate::client::{DOCUMENTS, exists, named, read, show};
use crate::exit::{Code, DECIDE, DONE, Failure, STALE, USAGE};
use crate::offer::Offer;
use crate::regenerate::count;
use crate::remote::{self, Limits};
use crate::shell::Shell;
use crate::write::{Disk, left_behind, remove, write};

/// A document that was read.
struct Document {
    source: Source,
    parsed: Parsed,
}

impl Document {
    fn parse(source: Source, shell: &mut Shell) -> Result<Self, Failure> {
        let step = |report: &mut Report| parse::document(&source, report);
        let parsed = said(step, &[&source], shell)?;
        Ok(Self { source, parsed })
    }
}

/// All that the command works on.
struct Inputs {
    /// The slice's file as it is shown.
    shown: String,
    from: Option<Document>,
    stored: Option<Document>,
    overlay: Option<Source>,
    leave_out: Vec<Part>,
    operations: Vec<String>,
}

pub(crate) fn run(
    arguments: &ArgMatches,
    disk: &dyn Disk,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let inputs = Inputs::read(arguments, shell)?;
    let explained = arguments.get_flag("explain");
    if inputs.from.is_none() && !inputs.operations.is_empty() {
        let problem = "--operation needs the document that has the operation";
        return Err(Failure::new(USAGE, problem, "add --from DOC"));
    }
    if arguments.get_flag("check") {
        return inputs.check(explained, shell);
    }
    let Some(from) = &inputs.from else {
        let stored = inputs.known()?;
        shell.document(slice::explain(stored.parsed.root()));
        return Ok(DONE);
    };
    let made = inputs.cut(from, shell)?;
    inputs.place(&made, disk, shell)?;
    Offer::of(&from.parsed, inputs.folder())?.place(disk, shell)?;
    if explained {
        shell.document(slice::explain(&made.root));
    }
    Ok(DONE)
}

impl Inputs {
    fn read(arguments: &ArgMatches, shell: &mut Shell) -> Result<Self, Failure> {
        let into = arguments.get_one::<String>("into");
        let into = into.map(|it| it.replace('\\', "/")).unwrap_or_default();
        let folder = into.trim_end_matches('/');
        let names = DOCUMENTS.iter().map(|it| format!("{folder}/{it}"));
        let mut there = names.filter(|it| exists(Path::new(it)));
        let shown = there.next();
        let shown = shown.unwrap_or_else(|| format!("{folder}/{}", DOCUMENTS[0]));
        if let Some(other) = there.next() {
            let problem =
                format!("there are `{shown}` and `{other}`, and a client has one document");
            let fix = "remove one, or move it elsewhere and cut from it with --from";
            return Err(Failure::new(DECIDE, problem, fix));
        }
        let overlay = format!("{folder}/overlay.yaml");
        let packaging = packaging(folder, shell)?;
        let operations = arguments.get_many("operation").unwrap_or_default();
        Ok(Self {
            from: full(arguments, folder, packaging.source, shell)?,
            stored: if exists(Path::new(&shown)) {
                Some(Document::parse(
                    source(&shown, Input::Document, shell)?,
                    shell,
                )?)
            } else {
                None
            },
            overlay: if exists(Path::new(&overlay)) {
                Some(source(&overlay, Input::Overlay, shell)?)
            } else {
                None
            },
            leave_out: packaging.leave_out,
            operations: operations.cloned().collect(),
            shown,
        })
    }

    /// The stored slice, where there must be one.
    fn known(&self) -> Result<&Document, Failure> {
        let problem = match &self.stored {
            Some(stored) if slice::operations(&stored.parsed).is_empty() => {
                format!("{} has no operation", self.shown)
            }
            Some(stored) => return Ok(stored),
            None => format!("there is no {}", self.shown),
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
            self.known().map_err(|failure| Failure {
                code: USAGE,
                ..failure
            })?;
        }
        if let Some(stored) = &self.stored {
            let step = |report: &mut Report| slice::gone(&from.parsed, &stored.parsed, report);
            said(step, &[&stored.source], shell)?;
        }
        let job = Job {
            from: &from.parsed,
            stored: self.stored.as_ref().map(|it| &it.parsed),
            overlay: self.overlay.as_ref(),
            leave_out: &self.leave_out,
            file: &self.shown,
            operations: &self.operations,
        };
        let sources: Vec<&Source> = [&from.source].into_iter().chain(&self.overlay).collect();
        said(|report| slice::cut(&job, report), &sources, shell)
    }

    /// Writes the slice if it is not there yet to the byte.
    fn place(&self, made: &Slice, disk: &dyn Disk, shell: &mut Shell) -> Result<(), Failure> {
        let shown = &self.shown;
        let size = size(&made.root);
        let stored = self.stored.as_ref();
        if Path::new(shown).is_symlink() {
            let problem = format!("{shown} is a link, and not a file of its own");
            let fix = "write into the folder that has the file, or move the link away";
            return Err(Failure::new(DECIDE, problem, fix));
        }
        for staged in left_behind(Path::new(shown)) {
            shell.status("Removing", &format!("{}/{staged}", self.folder()));
            remove(disk, Path::new(self.folder()), &staged)?;
        }
        if stored.is_some_and(|it| it.source.bytes == made.text.as_bytes()) {
            shell.status("Fresh", &format!("{shown} ({size})"));
            return Ok(());
        }
        let before = stored.map(|it| it.parsed.root());
        for (changed, part) in slice::changes(before, &made.root) {
            let verb = match changed {
                Changed::Added => "Adding",
                Changed::Altered => "Changing",
                Changed::Removed => "Removing",
            };
            shell.status(verb, &part);
        }
        shell.status("Writing", shown);
        write(disk, Path::new(shown), &made.text)?;
        shell.status("Finished", &format!("{shown} ({size})"));
        Ok(())
    }

    fn check(&self, explained: bool, shell: &mut Shell) -> Result<Code, Failure> {
        let stored = self.known()?;
        let expected = match &self.from {
            Some(from) => {
                let (from, source) = (&from.parsed, &from.source);
                let (operations, leave_out) = (&self.operations, &self.leave_out);
                let step = |report: &mut Report| {
                    slice::expect(from, &stored.parsed, operations, leave_out, report)
                };
                Some(said(step, &[source], shell)?)
            }
            None => None,
        };
        let judged = Judged {
            stored: &stored.parsed,
            source: &stored.source,
            expected: expected.as_ref(),
            leave_out: &self.leave_out,
            overlay: self.overlay.as_ref(),
        };
        let sources: Vec<&Source> = [&stored.source].into_iter().chain(&self.overlay).collect();
        let verdict = said(|report| slice::judge(&judged, report), &sources, shell)?;
        if explained {
            shell.document(slice::explain(stored.parsed.root()));
        }
        if let Some(from) = &self.from {
            Offer::of(&from.parsed, self.folder())?.tell(shell);
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
                let problem = format!("{shown} is not as it would be cut");
                shell.problem(&problem, &self.again(folder));
                STALE
            }
            Verdict::Decide => {
                let problem = format!("cutting {shown} again would not mend what is shown above");
                shell.problem(&problem, "follow the help of each error");
                DECIDE
            }
        }
    }

    /// The command that mends the slice.
    fn again(&self, folder: &str) -> String {
        let from = self.from.as_ref();
        let from = from.map_or("DOC".to_owned(), |it| quoted(&it.source.name));
        let operations = self.operations.iter();
        let operations = operations.map(|it| format!(" --operation '{it}'"));
        let operations: String = operations.collect();
        format!("cargo xtask slice --from {from}{operations} --into {folder}")
    }
}

/// The full document: what `--from` names, or else, where something is to be cut, the `source` of
/// the client. The checks without `--from` are of the stored slice alone, and ask nobody.
fn full(
    arguments: &ArgMatches,
    folder: &str,
    upstream: Option<String>,
    shell: &mut Shell,
) -> Result<Option<Document>, Failure> {
    let stored_alone = arguments.get_flag("check") || arguments.get_flag("explain");
    let from = match (arguments.get_one::<String>("from"), upstream) {
        (Some(from), _) => from.replace('\\', "/"),
        (None, _) if stored_alone => return Ok(None),
        (None, Some(upstream)) => upstream,
        (None, None) => {
            let problem = format!("there is no --from, and no `source` in {folder}/client.yaml");
            let fix = "add --from DOC, or the URL of the full document as `source`";
            return Err(Failure::new(USAGE, problem, fix));
        }
    };
    let source = if remote::is_url(&from) {
        remote::document(&from, Limits::of(arguments), shell)?
    } else {
        named(&from, Input::Document).map_err(|unread| unread.shown(shell))?
    };
    Document::parse(source, shell).map(Some)
}

/// What the client's packaging says, if there is one.
fn packaging(folder: &str, shell: &mut Shell) -> Result<Config, Failure> {
    let shown = format!("{folder}/client.yaml");
    let packaging = if exists(Path::new(&shown)) {
        Some(source(&shown, Input::Config, shell)?)
    } else {
        None
    };
    let sources: Vec<&Source> = packaging.iter().collect();
    let step = |report: &mut Report| config::read(packaging.as_ref(), report);
    said(step, &sources, shell)
}

/// Reads an input, or shows why it cannot be read.
fn source(shown: &str, input: Input, shell: &mut Shell) -> Result<Source, Failure> {
    read(Path::new(shown), shown, input).map_err(|it| it.shown(shell))
}

/// Takes a step and shows what it found.
fn said<T>(
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
            "the command cannot go on",
            "mend what is shown above; nothing was written",
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

/// A word as a shell takes it; a URL may have what means something to a shell.
fn quoted(word: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "-._/:@%+=,~".contains(it);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

//! `check`: reports whether the generated crates are fresh, and if not, why. Writes nothing.

use clap::ArgMatches;
use codegen::lock::{Cause, FILE};

use crate::compare::first_difference;
use crate::count::{count, operations_made};
use crate::exit::{Code, DECIDE, DONE, Failure, STALE};
use crate::inputs::Inputs;
use crate::plan::{PlannedClient, plan};
use crate::scan::UnexpectedEntry;
use crate::shell::{Format, Shell};
use crate::workspace::Workspace;

/// A problem of a crate, for people.
struct Problem {
    /// The file with the problem, relative to the workspace.
    file: String,
    description: String,
    /// Lines that show the problem.
    lines: Vec<String>,
    fix: &'static str,
    /// Whether a person must decide what to do.
    needs_decision: bool,
}

impl Problem {
    /// Returns the description and the lines that show it.
    fn all_lines(&self) -> Vec<&str> {
        let lines = self.lines.iter().map(String::as_str);
        [self.description.as_str()]
            .into_iter()
            .chain(lines)
            .collect()
    }

    fn with_edit(mut self, (line, lines): (usize, [String; 2])) -> Self {
        self.description += &format!("; the first difference is at line {line}");
        self.lines = lines.into();
        self
    }
}

pub(crate) fn run(
    workspace: &Workspace,
    arguments: &ArgMatches,
    shell: &mut Shell,
) -> Result<Code, Failure> {
    let format = match arguments.get_one::<String>("format").map(String::as_str) {
        Some("github") => Format::Github,
        Some("json") => Format::Json,
        _ => Format::Human,
    };
    shell.set_format(format);
    let mut problems = Vec::new();
    let mut names = Vec::new();
    for client in plan(workspace, arguments, shell)? {
        names.push(client.generated.name.clone());
        let found = problems_of(&client);
        if found.is_empty() && format == Format::Human {
            let size = operations_made(&client.generated);
            shell.status("Fresh", &format!("{} ({size})", client.generated.name));
        }
        problems.extend(found);
    }
    if arguments.get_many::<String>("client").is_none() {
        problems.extend(unknown_crates(workspace, &names)?);
    }
    report(&problems, format, shell);
    let needs_decision = problems.iter().any(|problem| problem.needs_decision);
    Ok(match (problems.is_empty(), needs_decision) {
        (true, _) => DONE,
        (false, false) => STALE,
        (false, true) => DECIDE,
    })
}

/// Returns the problems of a client. If its folder has unexpected entries, returns only these.
fn problems_of(client: &PlannedClient) -> Vec<Problem> {
    let unexpected = client.on_disk.unexpected.iter().map(|entry| Problem {
        file: entry.path.clone(),
        description: entry.problem(),
        lines: Vec::new(),
        fix: UnexpectedEntry::FIX,
        needs_decision: true,
    });
    let unexpected: Vec<Problem> = unexpected.collect();
    if !unexpected.is_empty() {
        return unexpected;
    }
    let causes = client.causes();
    let problems = causes.iter().map(|cause| match cause {
        Cause::EditedByHand { path } => describe(cause, client).with_edit(first_edit(path, client)),
        _ => describe(cause, client),
    });
    problems.collect()
}

/// Returns a problem for each crate without a client.
fn unknown_crates(workspace: &Workspace, known: &[String]) -> Result<Vec<Problem>, Failure> {
    if !workspace.path("generated").is_dir() {
        return Ok(Vec::new());
    }
    let is_unknown = |name: &String| !known.contains(name);
    let problem = |name: String| Problem {
        description: format!("generated/{name} belongs to no client under openapi/"),
        file: format!("generated/{name}"),
        lines: Vec::new(),
        fix: "remove the folder, or restore its inputs",
        needs_decision: true,
    };
    Ok(workspace
        .folders("generated")?
        .into_iter()
        .filter(is_unknown)
        .map(problem)
        .collect())
}

/// The fixes of a crate.
const REGENERATE: &str = "cargo xtask regenerate";
const DISCARD: &str = "move the edit to the inputs, then `cargo xtask regenerate --discard-edits`";

/// Describes a cause.
fn describe(cause: &Cause, client: &PlannedClient) -> Problem {
    let (folder, inputs) = (&client.folder, &client.inputs);
    let in_crate = |path: &str| format!("{folder}/{path}");
    let (file, description, fix) = match cause {
        Cause::InputChanged { input } => {
            let file = input_name(input, inputs);
            let description = format!("{folder} is stale: {file} changed since it was generated");
            (file, description, REGENERATE)
        }
        Cause::ToolChanged { tool, from, to } => {
            let description =
                format!("{folder} is stale: it was generated with {tool} {from}, this is {to}");
            (in_crate(FILE), description, REGENERATE)
        }
        Cause::NeverGenerated => (
            in_crate(FILE),
            format!("{folder} was never generated"),
            REGENERATE,
        ),
        Cause::HalfWritten { path, more } => (
            in_crate(path),
            half_written(folder, path, *more),
            REGENERATE,
        ),
        Cause::OutputChanged { path } => (
            in_crate(path),
            format!(
                "{} differs from what this version generates, although no input changed: \
                 the generator or the lock file changed",
                in_crate(path)
            ),
            REGENERATE,
        ),
        Cause::Missing { path } => (
            in_crate(path),
            format!("{} is missing", in_crate(path)),
            REGENERATE,
        ),
        Cause::EditedByHand { path } => edited(in_crate(path)),
        Cause::Orphan { path } => (
            in_crate(path),
            format!("{} is not a generated file", in_crate(path)),
            "remove it, or run `cargo xtask regenerate --discard-edits`",
        ),
        Cause::LockDamaged { reason } => {
            let description = format!("{} cannot be read: {reason}", in_crate(FILE));
            (
                in_crate(FILE),
                description,
                "cargo xtask regenerate --discard-edits",
            )
        }
    };
    Problem {
        file,
        description,
        lines: Vec::new(),
        fix,
        needs_decision: cause.needs_a_person(),
    }
}

fn edited(file: String) -> (String, String, &'static str) {
    let problem = format!("{file} was edited by hand");
    (file, problem, DISCARD)
}

fn half_written(folder: &str, path: &str, more: usize) -> String {
    let and_more = match more {
        0 => String::new(),
        more => format!(" and {}", count(more, "more file")),
    };
    format!("{folder} is half-written: a run stopped while writing {folder}/{path}{and_more}")
}

/// Returns the first line of an edit: its number, the generated line and the edited line.
fn first_edit(path: &str, client: &PlannedClient) -> (usize, [String; 2]) {
    let generated = client.generated.files.get(path);
    let generated = generated.map(String::as_str).unwrap_or_default();
    let edited = client.on_disk.files.get(path);
    let edited = edited.map(|text| String::from_utf8_lossy(text));
    let (line, generated, edited) = first_difference(generated, &edited.unwrap_or_default());
    let signed = |sign: &str, line: String| format!("{sign:>14}{line}");
    (line, [signed("- ", generated), signed("+ ", edited)])
}

fn input_name(role: &str, inputs: &Inputs) -> String {
    let source = inputs.sources().find(|source| source.role() == role);
    source.map_or_else(|| format!("the {role}"), |source| source.name.clone())
}

/// Reports problems in a format.
fn report(problems: &[Problem], format: Format, shell: &mut Shell) {
    match format {
        Format::Json => {
            for problem in problems {
                shell.record(serde_json::json!({
                    "file": problem.file,
                    "problem": problem.all_lines().join("\n"),
                    "fix": problem.fix,
                    "state": if problem.needs_decision { "decide" } else { "stale" },
                }));
            }
        }
        Format::Github => {
            for problem in problems {
                let mut lines = problem.all_lines();
                let last = lines.pop().unwrap_or_default();
                let last = format!("{last}; fix: {}", problem.fix);
                lines.push(&last);
                shell.annotation("error", &[("file", problem.file.clone())], &lines);
            }
        }
        Format::Human => {
            for problem in problems {
                shell.problem_with(&problem.description, &problem.lines, problem.fix);
            }
        }
    }
}

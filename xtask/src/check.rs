//! `check`: whether what is generated is fresh, and if not, why. Writes nothing.

use clap::ArgMatches;
use codegen::inert::Inert;
use codegen::lock::{Cause, FILE};

use crate::client::{Inputs, Planned, plan};
use crate::compare::first_difference;
use crate::exit::{Code, DECIDE, DONE, Failure, STALE};
use crate::folder::Foreign;
use crate::regenerate::count;
use crate::shell::{Format, Shell};
use crate::workspace::Workspace;

/// A cause in words.
struct Said {
    /// The file that it is about, relative to the workspace.
    file: String,
    problem: String,
    /// What shows it, line by line.
    lines: Vec<String>,
    fix: &'static str,
    person: bool,
}

impl Said {
    /// The problem with what shows it.
    fn all_lines(&self) -> Vec<&str> {
        let lines = self.lines.iter().map(String::as_str);
        [self.problem.as_str()].into_iter().chain(lines).collect()
    }

    fn with_edit(mut self, (line, lines): (usize, [String; 2])) -> Self {
        self.problem += &format!("; a fresh run differs first at line {line}");
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
    let mut all = Vec::new();
    let mut made = Vec::new();
    for plan in plan(workspace, arguments, shell)? {
        made.push(plan.made.name.clone());
        let found = said(&plan);
        if found.is_empty() && format == Format::Human {
            let size = count(plan.made.operations, "operation");
            shell.status("Fresh", &format!("{} ({size})", plan.made.name));
        }
        all.extend(found);
    }
    if arguments.get_many::<String>("client").is_none() {
        all.extend(strays(workspace, &made)?);
    }
    tell(&all, format, shell);
    Ok(match (all.is_empty(), all.iter().any(|said| said.person)) {
        (true, _) => DONE,
        (false, false) => STALE,
        (false, true) => DECIDE,
    })
}

/// What is to be said about a client. While something foreign stands in its crate, that is all.
fn said(plan: &Planned) -> Vec<Said> {
    let foreign = plan.found.foreign.iter().map(|foreign| Said {
        file: foreign.path.clone(),
        problem: foreign.problem(),
        lines: Vec::new(),
        fix: Foreign::FIX,
        person: true,
    });
    let foreign: Vec<Said> = foreign.collect();
    if !foreign.is_empty() {
        return foreign;
    }
    let causes = plan.causes();
    let said = causes.iter().map(|cause| match cause {
        Cause::EditedByHand { path } => say(cause, plan).with_edit(edit(path, plan)),
        _ => say(cause, plan),
    });
    said.collect()
}

/// Crates that no client makes any more.
fn strays(workspace: &Workspace, made: &[String]) -> Result<Vec<Said>, Failure> {
    if !workspace.path("generated").is_dir() {
        return Ok(Vec::new());
    }
    let stray = |name: &String| !made.contains(name);
    let said = |name: String| Said {
        problem: format!("generated/{name} belongs to no client under openapi/"),
        file: format!("generated/{name}"),
        lines: Vec::new(),
        fix: "remove the folder, or bring its inputs back",
        person: true,
    };
    Ok(workspace
        .folders("generated")?
        .into_iter()
        .filter(stray)
        .map(said)
        .collect())
}

const REGENERATE: &str = "cargo xtask regenerate";
const DISCARD: &str = "move the edit to the inputs, then `cargo xtask regenerate --discard-edits`";

fn say(cause: &Cause, plan: &Planned) -> Said {
    let (folder, inputs) = (&plan.folder, &plan.inputs);
    let in_crate = |path: &str| format!("{folder}/{path}");
    let (file, problem, fix) = match cause {
        Cause::InputChanged { input } => {
            let file = input_name(input, inputs);
            let problem = format!("{folder} is stale: {file} changed since it was generated");
            (file, problem, REGENERATE)
        }
        Cause::ToolChanged { tool, from, to } => {
            let problem =
                format!("{folder} is stale: it was generated with {tool} {from}, this is {to}");
            (in_crate(FILE), problem, REGENERATE)
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
                "{} is not what this program makes, though no input moved: \
                 the generator, or the lock file, was changed",
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
            format!("{} was made by no run", in_crate(path)),
            "remove it, or `cargo xtask regenerate --discard-edits`",
        ),
        Cause::LockDamaged { reason } => {
            let problem = format!("{} cannot be read: {reason}", in_crate(FILE));
            (
                in_crate(FILE),
                problem,
                "cargo xtask regenerate --discard-edits",
            )
        }
    };
    Said {
        file,
        problem,
        lines: Vec::new(),
        fix,
        person: cause.needs_a_person(),
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
    format!("{folder} is half-written: a run was stopped after it began {folder}/{path}{and_more}")
}

/// The first line of an edit: where it is, as it was made, as it stands there.
fn edit(path: &str, plan: &Planned) -> (usize, [String; 2]) {
    let made = plan.made.files.get(path);
    let made = made.map(String::as_str).unwrap_or_default();
    let found = plan.found.files.get(path);
    let found = found.map(|text| String::from_utf8_lossy(text));
    let (line, made, found) = first_difference(made, &found.unwrap_or_default());
    let shown = |sign: &str, line: String| format!("{sign:>14}{line}");
    (line, [shown("- ", made), shown("+ ", found)])
}

fn input_name(role: &str, inputs: &Inputs) -> String {
    let source = inputs.sources().find(|source| source.role() == role);
    source.map_or_else(|| format!("the {role}"), |source| source.name.clone())
}

fn tell(all: &[Said], format: Format, shell: &mut Shell) {
    match format {
        Format::Json => {
            let said = all.iter().map(|said| {
                serde_json::json!({
                    "file": said.file,
                    "problem": said.all_lines().join("\n"),
                    "fix": said.fix,
                    "state": if said.person { "decide" } else { "stale" },
                })
            });
            let said: Vec<serde_json::Value> = said.collect();
            shell.document(Inert::json(&said));
        }
        Format::Github => {
            for said in all {
                let mut lines = said.all_lines();
                let last = lines.pop().unwrap_or_default();
                let last = format!("{last}; fix: {}", said.fix);
                lines.push(&last);
                shell.annotation("error", &[("file", said.file.clone())], &lines);
            }
        }
        Format::Human => {
            for said in all {
                shell.problem_with(&said.problem, &said.lines, said.fix);
            }
        }
    }
}

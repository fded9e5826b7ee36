//! The arguments of every command.

use anstream::ColorChoice;
use clap::{Arg, ArgAction, ArgMatches, Command};
use codegen::inert::Inert;

use crate::exit::{Code, DONE, USAGE};
use crate::remote;
use crate::shell::Shell;

/// The whole command line.
pub(crate) fn command() -> Command {
    Command::new("xtask")
        .bin_name("cargo xtask")
        .about("Turns OpenAPI documents into Rust clients")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("color")
                .long("color")
                .global(true)
                .value_name("WHEN")
                .value_parser(["auto", "always", "never"])
                .default_value("auto")
                .help("When to use colours"),
        )
        .subcommand(regenerate())
        .subcommand(check())
        .subcommand(slice())
        .subcommand(diff())
        .subcommand(generate())
        .subcommand(corpus())
        .subcommand(elsewhere(
            "sandbox",
            "Serves the stored document on loopback, with state",
        ))
        .subcommand(elsewhere(
            "demo",
            "Makes, uses and revokes a token against the sandbox",
        ))
        .subcommand(elsewhere(
            "contract",
            "Has Prism and schemathesis judge the client and the sandbox",
        ))
}

fn corpus() -> Command {
    Command::new("corpus")
        .about("Tries every operation of every document in a folder, alone and together")
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .help("The folder, or one document"),
        )
        .arg(flag(
            "compile",
            "Compile the crate of each whole document as well",
        ))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "markdown", "json"])
                .default_value("human")
                .help("How the table is printed"),
        )
        .arg(option("chart", "FILE", "Draw the table as an SVG too"))
        .arg(flag("record", "Print the record of one document").hide(true))
}

/// A command that is a program of its own, too heavy for this one.
fn elsewhere(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).disable_help_flag(true).arg(
        Arg::new("arguments")
            .num_args(..)
            .allow_hyphen_values(true)
            .trailing_var_arg(true)
            .help("Passed on; see --help"),
    )
}

fn clients() -> Arg {
    Arg::new("client")
        .value_name("CLIENT")
        .action(ArgAction::Append)
        .help("A folder under openapi/; all of them when none is named")
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

fn regenerate() -> Command {
    Command::new("regenerate")
        .about("Writes the crates under generated/ from the documents under openapi/")
        .arg(clients())
        .arg(flag("diff", "Print what changes, on standard output"))
        .arg(flag("dry-run", "Write nothing"))
        .arg(flag(
            "discard-edits",
            "Overwrite files that were edited by hand",
        ))
}

fn check() -> Command {
    Command::new("check")
        .about("Says whether generated/ is fresh, and why not; writes nothing")
        .arg(clients())
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "github", "json"])
                .default_value("human")
                .help("How to say it: for people, as GitHub annotations, as JSON"),
        )
}

fn diff() -> Command {
    Command::new("diff")
        .about("Tells what a change of the inputs does to Rust, and which version it needs")
        .arg(Arg::new("base").value_name("BASE").help(
            "A revision, or REV:PATH of a client's folder or document; \
             without it, where this branch left main",
        ))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "markdown", "json"])
                .default_value("human")
                .help("How to tell it: for a terminal, for a pull request, as JSON"),
        )
        .arg(
            Arg::new("deny")
                .long("deny")
                .value_name("LEVEL")
                .value_parser(["patch", "minor", "major"])
                .help("Fail if a change is of this level or above"),
        )
        .arg(
            Arg::new("check-version")
                .long("check-version")
                .action(ArgAction::SetTrue)
                .help("Fail if a crate's version does not carry its changes"),
        )
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn from() -> Arg {
    option(
        "from",
        "DOC",
        "The document: OpenAPI 3.0 or 3.1, YAML or JSON; a file, or a URL with https",
    )
}

/// The bounds of fetching, where `--from` is a URL.
fn limits() -> [Arg; 2] {
    [
        option("max-size", "SIZE", "The most that is fetched from a URL")
            .value_parser(remote::size)
            .default_value("64MiB"),
        option("timeout", "SECONDS", "The time for fetching all of it")
            .value_parser(remote::seconds)
            .default_value("60"),
    ]
}

fn operation() -> Arg {
    option(
        "operation",
        "SEL",
        "'POST /path', '/path#POST' or an operation id; repeatable",
    )
    .action(ArgAction::Append)
}

fn slice() -> Command {
    Command::new("slice")
        .about("Cuts operations, with all that they use, out of a full document")
        .arg(from().long_help(
            "The full document: a file, or a URL with https; \
             without it, the `source` in DIR/client.yaml",
        ))
        .args(limits())
        .arg(operation())
        .arg(
            option(
                "into",
                "DIR",
                "Where openapi.yaml is; its operations are kept",
            )
            .required(true),
        )
        .arg(flag(
            "check",
            "Say whether the stored slice is closed, minimal and, with --from, faithful; write nothing",
        ))
        .arg(flag(
            "explain",
            "Print the shortest way from an operation to each component, on standard output",
        ))
}

fn generate() -> Command {
    Command::new("generate")
        .about("Makes a self-contained crate from any document")
        .arg(from().required(true))
        .args(limits())
        .arg(operation())
        .arg(option("out", "DIR", "Where the crate goes").required(true))
        .arg(option("name", "CRATE", "The crate's name"))
        .arg(option(
            "overlay",
            "FILE",
            "Corrections to the document (OpenAPI Overlay 1.0)",
        ))
}

/// Tells why a command line is not taken, or the help that it asks for.
pub(crate) fn explain(error: &clap::Error) -> Code {
    let text = error.render().to_string();
    let shown = Inert::lines(&text);
    if shown.as_str() == text {
        // Help goes to stdout, complaints to stderr; neither can be helped if it is closed.
        let _ = error.print();
    } else {
        // An argument has what acts on a terminal; then colours are left out too.
        Shell::new(ColorChoice::Never).print(&shown);
    }
    if error.use_stderr() { USAGE } else { DONE }
}

/// What `--color` asks for.
pub(crate) fn color(matches: &ArgMatches) -> ColorChoice {
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

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
        .subcommand(external(
            "sandbox",
            "Serves the stored document on loopback, with state",
        ))
        .subcommand(external(
            "demo",
            "Creates, uses and revokes a token against the sandbox",
        ))
        .subcommand(external(
            "contract",
            "Checks the client and the sandbox with Prism and schemathesis",
        ))
}

fn corpus() -> Command {
    Command::new("corpus")
        .about("Generates every document in a folder, as a whole and operation by operation")
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .help("The folder, or one document"),
        )
        .arg(flag(
            "compile",
            "Also compile the crate of each whole document",
        ))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "markdown", "json"])
                .default_value("human")
                .help("Format of the table"),
        )
        .arg(option("chart", "FILE", "Also draw the table as an SVG"))
        .arg(flag("record", "Print the record of one document").hide(true))
}

/// Returns a command that is a separate program.
fn external(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).disable_help_flag(true).arg(
        Arg::new("arguments")
            .num_args(..)
            .allow_hyphen_values(true)
            .trailing_var_arg(true)
            .help("Arguments of the program; see --help"),
    )
}

fn clients() -> Arg {
    Arg::new("client")
        .value_name("CLIENT")
        .action(ArgAction::Append)
        .help("A folder under openapi/; default: all of them")
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
        .arg(flag("diff", "Print the changes on standard output"))
        .arg(flag("dry-run", "Write nothing"))
        .arg(flag(
            "discard-edits",
            "Overwrite files that were edited by hand",
        ))
}

fn check() -> Command {
    Command::new("check")
        .about("Reports whether generated/ is fresh and why not; writes nothing")
        .arg(clients())
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "github", "json"])
                .default_value("human")
                .help("Output format: for people, as GitHub annotations, or as JSON"),
        )
}

fn diff() -> Command {
    Command::new("diff")
        .about("Reports how changes of the inputs affect the Rust API, and the version they need")
        .arg(Arg::new("base").value_name("BASE").help(
            "A revision, or REV:PATH of a client's folder or document; \
             default: the commit where this branch left main",
        ))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "markdown", "json"])
                .default_value("human")
                .help("Output format: for a terminal, for a pull request, or as JSON"),
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
                .help("Fail if a crate's version is too low for its changes"),
        )
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn from() -> Arg {
    option(
        "from",
        "DOC",
        "The document: OpenAPI 3 or Swagger 2.0, YAML or JSON; a file, or a URL with https",
    )
}

/// Returns the limits of fetching, if `--from` is a URL.
fn limits() -> [Arg; 2] {
    [
        option("max-size", "SIZE", "Maximum size of a fetched document")
            .value_parser(remote::size)
            .default_value("64MiB"),
        option("timeout", "SECONDS", "Maximum time for fetching a document")
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
        .about("Cuts operations and what they use out of a full document")
        .arg(from().long_help(
            "The full document: a file, or a URL with https; \
             default: the `source` in DIR/client.yaml",
        ))
        .args(limits())
        .arg(operation())
        .arg(
            option(
                "into",
                "DIR",
                "Folder of openapi.yaml, whose operations are kept",
            )
            .required(true),
        )
        .arg(flag(
            "check",
            "Check that the stored slice is closed, minimal and, with --from, faithful; write nothing",
        ))
        .arg(flag(
            "explain",
            "Print the shortest way from an operation to each component, on standard output",
        ))
}

fn generate() -> Command {
    Command::new("generate")
        .about("Generates a standalone crate from any document")
        .arg(from().required(true))
        .args(limits())
        .arg(operation())
        .arg(
            option(
                "exclude",
                "SEL",
                "An operation to omit, as for --operation; repeatable",
            )
            .action(ArgAction::Append),
        )
        .arg(flag(
            "strict",
            "Refuse a document with faults; by default each fault is reported with what it costs",
        ))
        .arg(option("out", "DIR", "Folder of the crate").required(true))
        .arg(option("name", "CRATE", "The crate's name"))
        .arg(option(
            "overlay",
            "FILE",
            "Corrections to the document (OpenAPI Overlay 1.0)",
        ))
}

/// Prints why a command line is invalid, or the requested help.
pub(crate) fn explain(error: &clap::Error) -> Code {
    let text = error.render().to_string();
    let shown = Inert::lines(&text);
    if shown.as_str() == text {
        // Help goes to stdout, errors to stderr. A closed stream is ignored.
        let _ = error.print();
    } else {
        // An argument has escape sequences, so the colours are dropped with them.
        Shell::new(ColorChoice::Never).print(&shown);
    }
    if error.use_stderr() { USAGE } else { DONE }
}

/// Returns the choice of `--color`.
pub(crate) fn color(matches: &ArgMatches) -> ColorChoice {
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

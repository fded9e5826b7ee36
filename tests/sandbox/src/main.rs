//! `cargo xtask sandbox`: the server for people, until it is interrupted.

use std::process::ExitCode;

use clap::{Arg, ArgAction, Command};
use sandbox::{Effect, Misbehaviour, Sandbox};

fn main() -> ExitCode {
    let arguments = command().get_matches();
    let port = arguments.get_one::<u16>("port").copied().unwrap_or(0);
    let started = Sandbox::builder()
        .port(port)
        .on_request(|line| eprintln!("{:>12} {line}", "Answered"))
        .start();
    let sandbox = match started {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!(
                "{:>12} port {port} on 127.0.0.1 cannot be used: {error}",
                "problem:"
            );
            eprintln!("{:>12} name another one with --port, or none", "fix:");
            return ExitCode::from(101);
        }
    };
    let named = arguments
        .get_many::<String>("misbehave")
        .unwrap_or_default();
    let effect = if arguments.get_flag("applied") {
        Effect::Applied
    } else {
        Effect::None
    };
    for name in named {
        let how = Misbehaviour::ALL
            .into_iter()
            .find(|value| value.name() == name);
        if let Some(how) = how {
            sandbox.misbehave(how, effect);
        }
    }
    eprintln!("{:>12} {}", "Serving", sandbox.url());
    eprintln!("{:>12} {}", "client_id", sandbox.client_id());
    // It opens nothing but this server.
    eprintln!("{:>12} {}", "client_secret", sandbox.client_secret());
    eprintln!("{:>12} Ctrl-C", "Ends with");
    sandbox.wait();
    ExitCode::SUCCESS
}

fn command() -> Command {
    Command::new("sandbox")
        .bin_name("cargo xtask sandbox")
        .about("Serves the stored document on loopback, with state")
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .value_parser(clap::value_parser!(u16))
                .default_value("0")
                .help("The port on 127.0.0.1; 0 takes a free one"),
        )
        .arg(
            Arg::new("misbehave")
                .long("misbehave")
                .value_name("KIND")
                .value_parser(Misbehaviour::ALL.map(Misbehaviour::name))
                .action(ArgAction::Append)
                .help("Answers a request so; the first for the first request, and so on"),
        )
        .arg(
            Arg::new("applied")
                .long("applied")
                .requires("misbehave")
                .action(ArgAction::SetTrue)
                .help("Requests that are answered badly have had their effect before"),
        )
}

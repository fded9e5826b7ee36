//! What one `revoke_token` costs, in instructions and allocations, against the same call written
//! by hand: `cargo run --release -p call-cost`.
//!
//! This program is the server, and runs itself under Valgrind as the client. A client that calls
//! 2N times minus one that calls N times is what N calls cost on a warm connection: start-up and
//! connecting fall out. The server and the kernel are not counted. Both sides use their connection
//! again, which the client by itself does only for operations that read.
//!
//! Every run proves first that it is worth comparing: the server has seen the same request as
//! from the other side, and the client decoded the answer that the server gave.

mod by_hand;
mod measure;
mod ours;
mod server;
mod table;
mod valgrind;

use std::process::ExitCode;

/// What our call may cost in instructions, as a multiple of the one by hand.
const MOST: f64 = 1.05;

/// It costs no more than it may.
const DONE: u8 = 0;
/// It costs more.
const ABOVE: u8 = 100;
/// Nothing could be measured.
const FAILED: u8 = 101;

/// What both sides are told, and what the server answers.
mod case {
    pub(crate) const USER_AGENT: &str = "call-cost";
    pub(crate) const BEARER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmF0dXJl";
    pub(crate) const CLIENT_ID: uuid::Uuid = uuid::Uuid::from_u128(7);
    pub(crate) const CLIENT_SECRET: &str = "11111111-2222-3333-4444-555555555555";
    pub(crate) const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.bGVha2Vk";
    pub(crate) const MESSAGE: &str = "Token has been revoked";
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments.as_slice() {
        [] => compare(),
        // How this program starts itself.
        [side, base_url, calls] => call(side, base_url, calls),
        _ => Err("it takes no arguments".to_owned()),
    };
    match result {
        Ok(code) => code.into(),
        Err(problem) => {
            eprintln!("error: {problem}");
            FAILED.into()
        }
    }
}

fn compare() -> Result<u8, String> {
    if cfg!(debug_assertions) {
        return Err("build it optimised: cargo run --release -p call-cost".to_owned());
    }
    valgrind::available()?;
    let (ours, by_hand) = measure::both_sides()?;
    print!("{}", table::of(&ours, &by_hand));
    let ratio = ours.instructions.mean() / by_hand.instructions.mean();
    if ratio > MOST {
        println!("\nabove the limit of {MOST}");
        return Ok(ABOVE);
    }
    Ok(DONE)
}

/// Calls that many times in turn over one connection, as the side that is named.
fn call(side: &str, base_url: &str, calls: &str) -> Result<u8, String> {
    let calls: u32 = calls.parse().map_err(|_| "the count is no number")?;
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let message = match side {
        "ours" => runtime.block_on(ours::calls(base_url, calls)),
        "by-hand" => runtime.block_on(by_hand::calls(base_url, calls)),
        _ => Err("there is no such side".into()),
    };
    print!("{}", message.map_err(|error| error.to_string())?);
    Ok(DONE)
}

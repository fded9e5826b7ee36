//! Compares the diff report with the judgement of other tools.
//!
//! For each edit of a document, `public-api` compares the crates, `drift` compares the documents, and a
//! caller is compiled and run against the new crate. Every disagreement must be listed, with its reason.

mod baseline;
mod bench;
mod documents;
mod explained;
mod items;
mod judges;
mod level;
mod notes;
mod pairs;
mod run;
mod tally;
mod version;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A tool that panics gives no verdict; its message would only disturb the table.
    std::panic::set_hook(Box::new(|_| {}));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match run::run(&root) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

//! Exit codes and failures. "Found something" and "could not run" have different codes.

use std::process::ExitCode;

/// An exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code(u8);

/// Success: done, or fresh.
pub(crate) const DONE: Code = Code(0);
/// The command line is wrong.
pub(crate) const USAGE: Code = Code(2);
/// The generated crates are stale; `cargo xtask regenerate` updates them.
pub(crate) const STALE: Code = Code(4);
/// A person must decide: an invalid document, or output that was edited by hand.
pub(crate) const DECIDE: Code = Code(100);
/// The program could not finish.
pub(crate) const FAILED: Code = Code(101);

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code.0)
    }
}

/// Converts the exit code of another program; a killed program did not finish.
impl From<std::process::ExitStatus> for Code {
    fn from(status: std::process::ExitStatus) -> Self {
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        code.map_or(FAILED, Self)
    }
}

/// Why a command stopped, and how to fix it.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) code: Code,
    pub(crate) problem: String,
    pub(crate) fix: String,
}

impl Failure {
    pub(crate) fn new(code: Code, problem: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            code,
            problem: problem.into(),
            fix: fix.into(),
        }
    }
}

//! Exit codes. "Found something" is never the same number as "could not run".

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code(u8);

/// Done, or fresh.
pub(crate) const DONE: Code = Code(0);
/// The command line is wrong.
pub(crate) const USAGE: Code = Code(2);
/// What is generated is stale; `cargo xtask regenerate` mends it.
pub(crate) const STALE: Code = Code(4);
/// A person must decide: a bad document, output that was edited by hand, nothing to do.
pub(crate) const DECIDE: Code = Code(100);
/// The program itself could not finish.
pub(crate) const FAILED: Code = Code(101);

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code.0)
    }
}

/// The exit code of another program; one that was killed did not finish.
impl From<std::process::ExitStatus> for Code {
    fn from(status: std::process::ExitStatus) -> Self {
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        code.map_or(FAILED, Self)
    }
}

/// Why a command could not go on, and the way out.
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

//! Failures, with the exit codes of `cargo xtask`.

use std::fmt;

/// The command line is wrong.
pub(crate) const USAGE: u8 = 2;
/// A person must decide: the URL does not have a document.
pub(crate) const DECIDE: u8 = 100;
/// The program could not finish; it may succeed later.
pub(crate) const FAILED: u8 = 101;

/// A problem and its fix.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    problem: String,
    fix: &'static str,
}

impl Failure {
    pub(crate) fn new(code: u8, problem: impl Into<String>, fix: &'static str) -> Self {
        Self {
            code,
            problem: problem.into(),
            fix,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text may contain a server's words, which must not add a line.
        let problem = self.problem.chars().map(|c| {
            if c.is_control() {
                c.escape_default().to_string()
            } else {
                c.to_string()
            }
        });
        let problem: String = problem.collect();
        write!(f, "problem: {problem}\nfix: {}", self.fix)
    }
}

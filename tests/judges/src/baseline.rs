//! The old version that new versions are compared with.

use std::path::PathBuf;

use crate::bench::{Bench, CallerResult};
use crate::notes::NotesProgram;
use crate::version::Version;

/// The old version.
pub struct Baseline {
    pub version: Version,
    /// The documentation of its items.
    pub items: PathBuf,
    /// What a caller sends and reads; `None` without a caller.
    pub behaviour: Option<String>,
}

impl Baseline {
    /// Documents the crate of a version, and runs the caller against it.
    pub fn new(
        bench: &mut Bench,
        version: Version,
        caller: Option<String>,
    ) -> Result<Self, String> {
        let has_caller = caller.is_some();
        bench.set_caller(caller);
        bench.write_crate(&version)?;
        let items = bench.document("before.json")?;
        let (result, _) = bench.run(&NotesProgram::of(&[], &version)?)?;
        let behaviour = match result {
            CallerResult::Ran(behaviour) => has_caller.then_some(behaviour),
            CallerResult::CompileError(error) => {
                return Err(format!("the caller does not compile: {error}"));
            }
        };
        Ok(Self {
            version,
            items,
            behaviour,
        })
    }
}

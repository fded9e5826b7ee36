//! Compares the clients of the workspace with their crates on disk.

use clap::ArgMatches;
use codegen::lock::{Cause, causes};
use codegen::pipeline::GeneratedCrate;

use crate::exit::{DECIDE, Failure};
use crate::inputs::{GenerateOptions, Inputs};
use crate::scan::CrateOnDisk;
use crate::shell::Shell;
use crate::workspace::Workspace;

/// A client of the workspace: its inputs, its generated crate, and the crate on disk.
pub(crate) struct PlannedClient {
    pub(crate) inputs: Inputs,
    pub(crate) generated: GeneratedCrate,
    /// Number of applied rules.
    pub(crate) rules: usize,
    /// Folder of the crate, relative to the workspace.
    pub(crate) folder: String,
    pub(crate) on_disk: CrateOnDisk,
}

impl PlannedClient {
    /// Returns why the crate on disk differs from the generated one.
    pub(crate) fn causes(&self) -> Vec<Cause> {
        causes(&self.on_disk.files, &self.generated.files)
    }
}

/// Generates the named clients, or all of them, in memory.
pub(crate) fn plan(
    workspace: &Workspace,
    arguments: &ArgMatches,
    shell: &mut Shell,
) -> Result<Vec<PlannedClient>, Failure> {
    let named = arguments.get_many::<String>("client").unwrap_or_default();
    let named: Vec<String> = named.cloned().collect();
    let mut planned: Vec<PlannedClient> = Vec::new();
    for name in workspace.clients(&named)? {
        let inputs = Inputs::stored(workspace, &name, shell)?;
        let (generated, report) = inputs.generate(GenerateOptions::of_workspace(), shell)?;
        let folder = format!("generated/{}", generated.name);
        if planned.iter().any(|client| client.folder == folder) {
            let problem =
                format!("openapi/{name} and another client would both be written to {folder}");
            let fix = "give each client a name of its own in its client.yaml";
            return Err(Failure::new(DECIDE, problem, fix));
        }
        let on_disk = CrateOnDisk::below(&workspace.path(""), &folder)?;
        planned.push(PlannedClient {
            inputs,
            generated,
            rules: report.log.len(),
            folder,
            on_disk,
        });
    }
    Ok(planned)
}

//! The stage: types, then operations, then what follows from all of them together.

use super::{
    client_facts, discriminators, operation, read_write_only, recursion, token_source, types, usage,
};
use crate::config::{Config, Job};
use crate::model::{Model, Operation};
use crate::name::Named;
use crate::report::{Report, Rule};

/// Every rule of this stage.
pub(crate) fn rules() -> [&'static Rule; 4] {
    [
        &read_write_only::RULE,
        &operation::FORM_OF_BYTES,
        &operation::NO_CONTENT,
        &client_facts::SKIPPED_SERVER,
    ]
}

/// The model of a client.
pub fn model(named: Named, config: &Config, job: &Job<'_>, report: &mut Report) -> Model {
    let Named {
        lowered,
        types,
        operations: names,
        taken,
    } = named;
    let mut types = types::Types::new(&lowered.schemas, types, taken);
    types.declare_named(report);
    let (all_credentials, taken) = client_facts::credentials(&lowered.security_schemes);
    let version = &lowered.info.version;
    let mut constants = client_facts::Constants::new(config, version, taken);
    let operations: Vec<Operation> = lowered
        .operations
        .iter()
        .zip(names)
        .map(|(lowered, names)| {
            let builder = operation::Builder {
                lowered,
                names,
                credentials: &all_credentials,
            };
            builder.build(&mut types, &mut constants, report)
        })
        .collect();
    let mut model = Model {
        package: client_facts::package(config, job, &lowered.info.title),
        title: lowered.info.title.clone(),
        version: version.clone(),
        description: lowered.info.description.clone(),
        environments: client_facts::environments(config, &lowered.servers, report),
        credentials: all_credentials,
        constants: constants.finish(),
        types: types.finish(),
        operations,
        token_source: None,
    };
    model.token_source = token_source::source(config, &model, report);
    discriminators::resolve_discriminators(&mut model);
    usage::prune(&mut model);
    read_write_only::apply(&mut model, report);
    recursion::break_cycles(&mut model);
    model
}

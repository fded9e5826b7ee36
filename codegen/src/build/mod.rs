//! Fills the [`Model`]: the last stage that looks at the document.

mod access;
mod client;
mod constants;
mod discriminator;
mod encoding;
mod operation;
mod reach;
mod recursion;
mod token;
mod types;
mod values;

pub(crate) use client::is_environment_name;

use crate::config::{Config, Job};
use crate::model::{Model, Operation};
use crate::name::Named;
use crate::report::{Report, Rule};

/// Every rule of this stage.
pub(crate) fn rules() -> [&'static Rule; 4] {
    [
        &access::RULE,
        &encoding::FORM_OF_BYTES,
        &operation::NO_CONTENT,
        &client::SKIPPED_SERVER,
    ]
}

/// The model of a client.
pub fn model(named: Named<'_>, config: &Config, job: &Job<'_>, report: &mut Report) -> Model {
    let Named {
        lowered,
        types,
        operations: names,
        taken,
    } = named;
    let mut types = types::Types::new(&lowered.schemas, types, taken);
    types.define_named(report);
    let root = lowered.root;
    let (all_credentials, taken) = client::credentials(root);
    let mut constants = client::Constants::new(config, root, taken);
    let operations: Vec<Operation> = lowered
        .operations
        .iter()
        .zip(names)
        .map(|(lowered, names)| {
            let credentials = &all_credentials;
            let builder = operation::Builder {
                root,
                lowered,
                names,
                credentials,
            };
            builder.build(&mut types, &mut constants, report)
        })
        .collect();
    let info = |key: &str| {
        let text = root.get("info").and_then(|info| info.get(key));
        text.and_then(serde_json::Value::as_str).map(str::to_owned)
    };
    let title = info("title").unwrap_or_default();
    let mut model = Model {
        package: client::package(config, job, &title),
        title,
        version: info("version").unwrap_or_default(),
        description: info("description"),
        environments: client::environments(config, root, report),
        credentials: all_credentials,
        constants: constants.finish(),
        types: types.finish(),
        operations,
        token_source: None,
    };
    model.token_source = token::source(config, &model, report);
    discriminator::settle(&mut model);
    reach::prune(&mut model);
    access::settle(&mut model, report);
    recursion::break_cycles(&mut model);
    model
}

//! A version of a client: its model, its crate, and the diff report between two versions.

use std::collections::BTreeMap;

use codegen::config::Job;
use codegen::diff::{DiffReport, Side, compare};
use codegen::lock::TOOLS;
use codegen::pipeline::{ModelWithDocument, generate, model};
use codegen::source::{Input, Source};

/// The name of the crate in every version, so that items keep their paths.
const NAME: &str = "judged-client";

/// The dependencies that the caller needs besides the client.
const CALLER_DEPENDENCIES: &str = "
dev_dependencies:
- name: tokio
  version: 1.54.1
  features: [macros, rt]
";

/// A document with its packaging, its model and its crate.
pub struct Version {
    document: Source,
    config: Source,
    modelled: ModelWithDocument,
    /// The files of the crate, by path.
    pub files: BTreeMap<String, String>,
}

impl Version {
    /// Generates the crate of a document and its packaging.
    pub fn of(name: &str, document: &str, config: &str) -> Result<Self, String> {
        let config = format!("{config}{CALLER_DEPENDENCIES}");
        let document = Source::new(Input::Document, name, document);
        let config = Source::new(Input::Config, "client.yaml", config.as_str());
        let job = Job {
            config: Some(&config),
            name: Some(NAME),
            ..Job::of(&document)
        };
        let files = generate(&job).made.ok_or("nothing is generated")?.files;
        let modelled = model(&job).0.ok_or("there is no model")?;
        Ok(Self {
            document,
            config,
            modelled,
            files,
        })
    }

    /// Returns the diff report from this version to another one.
    pub fn diff(&self, after: &Self) -> Result<DiffReport, String> {
        Ok(compare("judged", &self.side()?, &after.side()?))
    }

    fn side(&self) -> Result<Side<'_>, String> {
        let tools = TOOLS.iter();
        Ok(Side {
            modelled: &self.modelled,
            sources: vec![&self.document, &self.config],
            log: self.files.get("lowering.log").cloned().unwrap_or_default(),
            today: None,
            offered: None,
            api: codegen::api_listing::lines(&self.files).map_err(|error| error.to_string())?,
            tools: tools
                .map(|(name, version)| (name.to_string(), version.to_string()))
                .collect(),
        })
    }
}

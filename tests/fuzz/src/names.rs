//! Names that no generator likes, wherever a name can stand: the document is refused with a reason,
//! or every name of the crate is one, is alone in its scope, and every file can lie on any disk.

mod document;
mod scopes;
mod words;

use codegen::config::Job;
use codegen::pipeline::{Output, generate};
use codegen::source::{Input, Source};

use crate::random::Random;

/// A document, and the packaging of its client.
pub struct Named {
    /// The document.
    pub document: Source,
    /// The packaging, where there is one.
    pub config: Option<Source>,
}

impl Named {
    /// A document of chance.
    pub fn new(random: &mut Random) -> Self {
        let (document, config) = document::document(random);
        Self {
            document: Source::new(Input::Document, "openapi.json", document.to_string()),
            config: config
                .map(|error| Source::new(Input::Config, "client.yaml", error.to_string())),
        }
    }

    /// What the pipeline makes of it.
    pub fn made(&self) -> Output {
        generate(&Job {
            config: self.config.as_ref(),
            ..Job::of(&self.document)
        })
    }
}

/// Puts words of chance into a small document.
///
/// # Errors
///
/// What is wrong with what the pipeline made of it, and the document.
pub fn trial(random: &mut Random) -> Result<(), String> {
    let named = Named::new(random);
    let output = named.made();
    let result = match &output.made {
        Some(made) => scopes::sound(&made.files),
        None => refused(&output),
    };
    result.map_err(|problem| {
        let config = named.config.iter().map(|value| &value.bytes);
        let texts = [&named.document.bytes].into_iter().chain(config);
        let texts = texts.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        format!("{problem}: {}", texts.collect::<Vec<_>>().join(" with "))
    })
}

/// Whether a document was refused for a reason of its own.
fn refused(output: &Output) -> Result<(), String> {
    let errors = output.report.diagnostics.iter();
    let mut errors = errors.filter(|diagnostic| diagnostic.is_error()).peekable();
    if errors.peek().is_none() {
        return Err("neither a crate nor an error".to_owned());
    }
    match errors.find(|error| error.kind.id.starts_with("generator-")) {
        Some(defect) => Err(format!("{}: {}", defect.kind.id, defect.message)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, trial};
    use crate::random::Random;

    #[test]
    fn names_of_chance() {
        let failures: Vec<String> = (0..48)
            .filter_map(|seed| Some(format!("{seed}: {}", trial(&mut Random::new(seed)).err()?)))
            .collect();
        assert!(failures.is_empty(), "{failures:#?}");
    }

    /// Documents that are refused say nothing about names.
    #[test]
    fn most_documents_become_crates() {
        let made = |seed: &u64| Named::new(&mut Random::new(*seed)).made().made.is_some();
        let count = (0..24).filter(made).count();
        assert!(count >= 16, "{count} of 24");
    }
}

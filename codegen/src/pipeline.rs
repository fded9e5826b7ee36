//! The whole way from a document to a crate, stage by stage.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::check::{Checked, Coverage};
use crate::config::{self, Config, Job};
use crate::decode::decode;
use crate::diagnostic::{Diagnostic, DiagnosticKind, Place};
use crate::inert::visible;
use crate::model::Model;
use crate::overlay::Corrected;
use crate::progenitor_adapter::isolated;
use crate::report::{Report, Rule, Stop};
use crate::select::Selectors;
use crate::source::Input;
use crate::{
    backend, bisect, bounds, build, canonical, check, check_package, diagnostics, faults, lock,
    lower, name, overlay, parse, print, resolve, select, swagger,
};

/// The result of a run.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The crate; `None` if errors were found.
    pub made: Option<GeneratedCrate>,
    /// Every diagnostic, and the log of rules applied.
    pub report: Report,
}

/// A generated crate.
#[derive(Clone, Debug)]
pub struct GeneratedCrate {
    /// The crate's name.
    pub name: String,
    /// How many operations it has.
    pub operations: usize,
    /// Which operations the faults of the document touched.
    pub coverage: Coverage,
    /// Its files by path (forward slashes, relative to the crate), the lock file among them.
    pub files: BTreeMap<String, String>,
}

/// Turns a document into the files of a crate.
///
/// Runs on a separate thread with a large stack: a panic of progenitor or typify becomes a diagnostic.
pub fn generate(job: &Job<'_>) -> Output {
    let mut report = Report::default();
    let outcome = isolated(|| stages(job, &mut report));
    let made = catch(outcome, &mut report);
    if crashed(&report) {
        let mut ignored = Report::default();
        let corrected = isolated(|| corrected(job, &mut ignored));
        if let Ok(Ok(corrected)) = corrected {
            blame_operation(job, &corrected, &mut report);
        }
    }
    Output { made, report }
}

/// The same as [`generate`], from a document that has been parsed and corrected: that takes most of
/// the time for a large one.
pub fn generate_from(corrected: &Corrected, job: &Job<'_>) -> Output {
    let mut report = Report::default();
    let made = attempt(job, corrected, &mut report);
    if crashed(&report) {
        blame_operation(job, corrected, &mut report);
    }
    Output { made, report }
}

fn attempt(job: &Job<'_>, corrected: &Corrected, report: &mut Report) -> Option<GeneratedCrate> {
    let corrected = corrected.clone();
    let outcome = isolated(|| {
        let config = config::read(job.config, report)?;
        report.set_strict(job.strict || config.strict);
        let made = model_of(job, corrected, &config, report)?;
        generate_crate(job, made, report)
    });
    catch(outcome, report)
}

/// The diagnostics that report a fault of this program, or of progenitor or typify.
const CRASHES: [&DiagnosticKind; 2] = [
    &diagnostics::GENERATOR_PANIC,
    &diagnostics::GENERATOR_DEFECT,
];

fn crashed(report: &Report) -> bool {
    let mut diagnostics = report.diagnostics.iter();
    diagnostics.any(|diagnostic| CRASHES.contains(&diagnostic.kind))
}

/// Names the operation that causes a crash, so that the others can be generated without it.
fn blame_operation(job: &Job<'_>, corrected: &Corrected, report: &mut Report) {
    let mut ignored = Report::default();
    let operations = isolated(|| {
        let config = config::read(job.config, &mut ignored)?;
        let selectors = selectors(job, &config);
        let selected = select::select(corrected.clone(), &selectors, &mut ignored)?;
        Ok::<_, Stop>(selected.operations())
    });
    let Ok(Ok(operations)) = operations else {
        return;
    };
    let culprit = bisect::narrow(operations, &mut |some| {
        let mut report = Report::default();
        let job = Job {
            operations: some,
            ..job.clone()
        };
        attempt(&job, corrected, &mut report);
        crashed(&report)
    });
    let Some(culprit) = culprit else { return };
    let mut diagnostics = report.diagnostics.iter_mut();
    if let Some(diagnostic) = diagnostics.find(|diagnostic| CRASHES.contains(&diagnostic.kind)) {
        diagnostic.place = culprit.place();
        diagnostic.message = format!("{}; {}", diagnostic.message, culprit.message_suffix());
    }
}

/// Every rule that a run may apply and log, each once.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let before_lowering = swagger::rules().chain(faults::rules());
    let before_the_model = before_lowering.chain(lower::rules()).chain(name::rules());
    before_the_model.chain(build::rules())
}

/// The rules of the conversion of Swagger 2.0, which runs as part of parsing.
pub fn rules_for_swagger() -> impl Iterator<Item = &'static Rule> {
    swagger::rules()
}

/// The result of work on another thread; a panic becomes a diagnostic.
fn catch<T>(outcome: Result<Result<T, Stop>, String>, report: &mut Report) -> Option<T> {
    outcome
        .map_err(|message| {
            let place = Place::Whole(Input::Document);
            report.push(Diagnostic::new(
                &diagnostics::GENERATOR_PANIC,
                place,
                message,
            ));
        })
        .ok()?
        .ok()
}

/// The model of a client with the document that it was built from.
#[derive(Clone, Debug)]
pub struct ModelWithDocument {
    /// Our record of the API.
    pub model: Model,
    /// The document that it was made from: corrected, selected, in one order.
    pub document: Checked,
    /// The calls that the server makes by itself, which are no part of the model: webhooks and
    /// callbacks, in the form of a document.
    pub calls_back: Value,
}

/// Runs the stages up to the model, for comparing two of them.
pub fn model(job: &Job<'_>) -> (Option<ModelWithDocument>, Report) {
    let mut report = Report::default();
    let outcome = isolated(|| model_with_document(job, &mut report));
    let modelled = catch(outcome, &mut report);
    (modelled, report)
}

/// The stages up to the model.
fn model_with_document(job: &Job<'_>, report: &mut Report) -> Result<ModelWithDocument, Stop> {
    let config = config::read(job.config, report);
    let wants_strict = config.as_ref().is_ok_and(|config| config.strict);
    report.set_strict(job.strict || wants_strict);
    let corrected = corrected(job, report)?;
    model_of(job, corrected, &config?, report)
}

fn corrected(job: &Job<'_>, report: &mut Report) -> Result<Corrected, Stop> {
    let parsed = parse::document(job.document, report)?;
    overlay::apply(parsed, job.overlay, report)
}

fn selectors<'a>(job: &Job<'a>, config: &'a Config) -> Selectors<'a> {
    let chosen = match job.operations {
        [] => Selectors::of_config(&config.operations),
        given => Selectors::given(given),
    };
    chosen.without(job.excluded)
}

fn model_of(
    job: &Job<'_>,
    corrected: Corrected,
    config: &Config,
    report: &mut Report,
) -> Result<ModelWithDocument, Stop> {
    let selected = select::select(corrected, &selectors(job, config), report)?;
    bounds::operations(&selected, report)?;
    let calls_back = selected.calls_back().clone();
    let canonical = canonical::order(selected);
    let document = check::check(canonical, config, report)?;
    let resolved = resolve::resolve(&document, report)?;
    let lowered = lower::lower(resolved, report)?;
    let named = name::name(lowered, report);
    let model = build::model(named, config, job, report);
    bounds::parts(&model, report)?;
    check_package::check(&model, job, report)?;
    Ok(ModelWithDocument {
        model,
        document,
        calls_back,
    })
}

fn stages(job: &Job<'_>, report: &mut Report) -> Result<GeneratedCrate, Stop> {
    let made = model_with_document(job, report)?;
    generate_crate(job, made, report)
}

/// The stages from the model on.
fn generate_crate(
    job: &Job<'_>,
    made: ModelWithDocument,
    report: &mut Report,
) -> Result<GeneratedCrate, Stop> {
    let ModelWithDocument {
        model, document, ..
    } = made;
    let coverage = document.coverage().clone();
    let mut files = backend::files(&model, job.layout, &print::header(job)).map_err(|message| {
        let place = Place::Whole(Input::Document);
        report.push(Diagnostic::new(
            &diagnostics::GENERATOR_DEFECT,
            place,
            message,
        ));
        Stop
    })?;
    files.insert("lowering.log".to_owned(), report.log_text());
    files.extend(written(job, report)?);
    let lock = locked(job, &model, &files).with_coverage(&coverage);
    files.insert(lock::FILE.to_owned(), lock.to_text());
    Ok(GeneratedCrate {
        name: model.package.name,
        operations: model.operations.len(),
        coverage,
        files,
    })
}

/// The files that people wrote for the crate, each with a line that says where to change it.
fn written(job: &Job<'_>, report: &mut Report) -> Result<Vec<(String, String)>, Stop> {
    let mut files = Vec::new();
    for source in job.written {
        let text = match decode(source) {
            Ok(decoded) => decoded.text.replace("\r\n", "\n"),
            Err(diagnostic) => {
                report.push(*diagnostic);
                return Err(Stop);
            }
        };
        // It stands in a comment, which a name must not end.
        let name = visible(&source.name).replace("-->", "-- >");
        let copied = format!("Copied from {name} by `cargo xtask regenerate`. Do not edit.");
        files.push(match source.input {
            Input::Guide => (
                "GUIDE.md".to_owned(),
                format!("<!-- {copied} -->\n\n{text}"),
            ),
            _ => (source.role(), format!("// {copied}\n\n{text}")),
        });
    }
    Ok(files)
}

fn locked(job: &Job<'_>, model: &Model, files: &BTreeMap<String, String>) -> lock::Lock {
    let inputs = [Some(job.document), job.overlay, job.config];
    // It was read without a fault before.
    let config = config::read(job.config, &mut Report::default()).unwrap_or_default();
    lock::Lock::new(
        &print::header(job),
        &model.title,
        &model.version,
        inputs.into_iter().flatten().chain(job.written),
        files,
    )
    .leaving_out(&config.leave_out)
}

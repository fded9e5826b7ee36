//! Checks that the crate's name and version are valid and that constant headers can be sent.

use crate::config::Job;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::model::{Model, Schema, StringFormat};
use crate::name::reserved_crate;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::Input;

/// Checks the crate's name and version, and the defaults of constant headers.
///
/// # Errors
///
/// [`Stop`] if there is an error.
pub(crate) fn check(model: &Model, job: &Job<'_>, report: &mut Report) -> Result<(), Stop> {
    let place = |input: Input, tokens: [&str; 2]| match job.config {
        Some(_) if input == Input::Config => Place::Node(input, Pointer::root().join(tokens)),
        _ => Place::Whole(Input::Document),
    };
    let name = &model.package.name;
    let reserved = reserved_crate(name);
    if reserved.is_some() || !is_name(name) {
        let why = reserved.map(|why| format!(": {why}")).unwrap_or_default();
        let message = format!("`{name}` is not a valid crate name{why}");
        let place = match job.name {
            Some(_) => Place::Whole(Input::Document),
            None => place(Input::Config, ["package", "name"]),
        };
        report.push(Diagnostic::new(
            &diagnostics::INVALID_PACKAGE,
            place,
            message,
        ));
    }
    let version = &model.package.version;
    if semver::Version::parse(version).is_err() {
        let message = format!("`{version}` is not a SemVer version");
        let place = place(Input::Config, ["package", "version"]);
        report.push(Diagnostic::new(
            &diagnostics::INVALID_PACKAGE,
            place,
            message,
        ));
    }
    for (index, constant) in model.constants.iter().enumerate() {
        let Some(default) = &constant.default else {
            continue;
        };
        if let Some(expected) = expected_instead(&constant.schema, default) {
            let message = format!(
                "the default of `{}` is `{default}`, which is not a {expected}",
                constant.wire
            );
            let place = place(Input::Config, ["constant_headers", &index.to_string()]);
            report.push(Diagnostic::new(
                &diagnostics::INVALID_CONSTANT,
                place,
                message,
            ));
        }
    }
    report.result()
}

/// Maximum length of a crate's name in a registry, in characters.
pub(crate) const LONGEST_NAME: usize = 64;

fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
        && syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok()
}

/// Returns what a default should be, if it is not.
fn expected_instead(schema: &Schema, default: &str) -> Option<&'static str> {
    let fits = match schema {
        Schema::String(StringFormat::Date) => {
            return (!is_date(default)).then_some("date (RFC 3339)");
        }
        Schema::Integer { .. } => default.parse::<i64>().is_ok(),
        Schema::Unsigned => default.parse::<u64>().is_ok(),
        Schema::Boolean => matches!(default, "true" | "false"),
        _ => default.chars().all(|c| c == ' ' || c.is_ascii_graphic()),
    };
    (!fits).then_some("value of its type")
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, size: usize| {
        (text.len() == size && text.chars().all(|c| c.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())?
    };
    match parts.as_slice() {
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
                && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
        }
        _ => false,
    }
}

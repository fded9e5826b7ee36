//! Text of chance in every place of a document, and what is shown of it: diagnostics, the log, the
//! page of a change. Nothing in it may act, and nothing may look like a part of what is ours.

mod document;
mod page;

use std::collections::BTreeSet;

use codegen::config::Job;
use codegen::diagnostic::Diagnostic;
use codegen::diff::{DiffReport, Side, compare, human, markdown};
use codegen::inert::Inert;
use codegen::pipeline::{GeneratedCrate, ModelWithDocument, generate, model};
use codegen::render_diagnostics::{Style, records, render};
use codegen::report::Report;
use codegen::source::{Input, Source};

use crate::random::Random;

/// Makes two versions of a document and shows all that is to be said of them; an error says which
/// promise is broken, and shows the document.
pub fn trial(random: &mut Random) -> Result<(), String> {
    let (old, new) = document::versions(random);
    let source = |document: &serde_json::Value| {
        Source::new(Input::Document, "openapi.json", document.to_string())
    };
    let (old, new) = (source(&old), source(&new));
    let told = versions(&old, &new);
    told.map_err(|problem| format!("{problem}\n{}", String::from_utf8_lossy(&new.bytes)))
}

fn versions(old: &Source, new: &Source) -> Result<(), String> {
    let before = generate(&job(old));
    let after = generate(&job(new));
    diagnostics(&after.report, new)?;
    if let Some(made) = &after.made {
        log(&after.report, made)?;
    }
    let models = (model(&job(old)).0, model(&job(new)).0);
    let (Some(one), Some(other)) = models else {
        return Ok(());
    };
    let page = compare(
        "pets",
        &side(&one, old, before.made.as_ref()),
        &side(&other, new, after.made.as_ref()),
    );
    let pages = [page];
    let shown = human(&pages, "base");
    let lines = lines_of(&pages[0], shown.as_str());
    is_inert(&shown, lines, "diff")?;
    let shown = Inert::json(&pages);
    same(&shown, &serde_json::to_value(&pages))?;
    page::judge(&pages[0], markdown(&pages, "base").as_str())
}

fn job(document: &Source) -> Job<'_> {
    Job {
        name: Some("pets-client"),
        ..Job::of(document)
    }
}

fn side<'a>(
    modelled: &'a ModelWithDocument,
    source: &'a Source,
    made: Option<&GeneratedCrate>,
) -> Side<'a> {
    let api = made.map(|made| codegen::api_listing::lines(&made.files));
    Side {
        modelled,
        sources: vec![source],
        api: api.and_then(Result::ok).unwrap_or_default(),
        today: None,
        tools: [("tool".to_owned(), "1".to_owned())].into(),
        // Text of the document stands in both.
        offered: made.map(|_| format!("GET {}\n", modelled.model.title)),
        log: made
            .and_then(|made| made.files.get("lowering.log").cloned())
            .unwrap_or_default(),
    }
}

/// Diagnostics as each format shows them.
fn diagnostics(report: &Report, source: &Source) -> Result<(), String> {
    let (diagnostics, sources) = (&report.diagnostics, &[source]);
    let plain = |diagnostics: &[Diagnostic]| render(diagnostics, sources, Style { color: false });
    // Other words make no other lines.
    let bland: Vec<Diagnostic> = diagnostics.iter().enumerate().map(bland).collect();
    let lines = plain(&bland).as_str().lines().count();
    let human = plain(diagnostics);
    is_inert(&human, lines, "diagnostics")?;
    let coloured = render(diagnostics, sources, Style { color: true });
    if without_colours(coloured.as_str()).as_deref() != Some(human.as_str()) {
        return Err(format!(
            "diagnostics: the colours are not all: {coloured:?}"
        ));
    }
    let records = records(diagnostics, sources);
    same(&Inert::json(&records), &serde_json::to_value(&records))?;
    for record in records {
        let properties = [("file", record.file), ("title", record.message.clone())];
        let mut shown = Inert::default();
        shown.annotation(record.level, &properties, &[&record.message, &record.help]);
        let text = shown.as_str();
        let begins = text.starts_with(&format!("::{} file=openapi.json,title=", record.level));
        // Two commas, colons and so on are ours, and no more.
        let head = text.split("::").nth(1).unwrap_or_default();
        if !begins
            || text.lines().count() != 1
            || text.contains(acts)
            || head.matches(',').count() != 1
        {
            return Err(format!("annotation: {shown:?}"));
        }
    }
    Ok(())
}

/// The same diagnostic in words that nobody else wrote.
fn bland((index, diagnostic): (usize, &Diagnostic)) -> Diagnostic {
    Diagnostic {
        message: format!("m{index}"),
        help: None,
        ..diagnostic.clone()
    }
}

fn log(report: &Report, made: &GeneratedCrate) -> Result<(), String> {
    let text = made.files.get("lowering.log").cloned().unwrap_or_default();
    let lines: Vec<&str> = text.split_terminator('\n').collect();
    let ours = lines.iter().zip(&report.log).all(|(line, applied)| {
        let begin = format!("{} ", applied.rule.id);
        line.starts_with(&begin)
    });
    if ours && lines.len() == report.log.len() && !text.contains(acts) {
        Ok(())
    } else {
        Err(format!("lowering.log: {text:?}"))
    }
}

/// How many lines a page has on a terminal.
fn lines_of(page: &DiffReport, shown: &str) -> usize {
    if page.is_empty() {
        return 1;
    }
    let rules: BTreeSet<&str> = page.changes.iter().map(|change| change.rule).collect();
    let touching = page
        .changes
        .iter()
        .filter(|change| !change.rust.is_empty())
        .count();
    let changes = 2 * page.changes.len() + touching + rules.len();
    // How many causes are told depends on their words; one line counts the rest of them. An empty
    // line is between them and all changes.
    let told = match page.groups.len() {
        0 => 0,
        most => {
            let head = shown.lines().take_while(|line| !line.is_empty()).count();
            let told = head.saturating_sub(1 + page.unexplained.len());
            told.clamp(1, most + 1) + 1
        }
    };
    let news = page.notices.operations.len() + page.notices.losses.len();
    1 + told
        + page.inputs.len()
        + changes
        + page.unexplained.len()
        + page.document_only.len()
        + news
}

fn is_inert(shown: &Inert, lines: usize, what: &str) -> Result<(), String> {
    let text = shown.as_str();
    let command = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
    let problem = if text.contains(acts) {
        "something acts"
    } else if text.lines().any(command) {
        "a command"
    } else if text.lines().count() != lines {
        "lines that are not ours"
    } else {
        return Ok(());
    };
    Err(format!(
        "{what}: {problem} ({lines} lines are ours): {text:?}"
    ))
}

/// Whether JSON is inert, and the value that it was made of.
fn same(shown: &Inert, value: &serde_json::Result<serde_json::Value>) -> Result<(), String> {
    let text = shown.as_str();
    let read: Option<serde_json::Value> = serde_json::from_str(text).ok();
    if read.as_ref() == value.as_ref().ok() && !text.contains(acts) && !text.contains("##[") {
        Ok(())
    } else {
        Err(format!("JSON: {text:?}"))
    }
}

/// Whether a character acts on what shows it, or is not seen.
fn acts(c: char) -> bool {
    let unseen = matches!(u32::from(c),
        0xad | 0x61c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff
        | 0xe0000..=0xe0fff);
    (c.is_control() && c != '\n') || unseen
}

/// A text without its colours; nothing if it has other escapes.
fn without_colours(text: &str) -> Option<String> {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m')?;
        let is_colour = code.chars().all(|c| c.is_ascii_digit() || c == ';');
        plain.push_str(is_colour.then_some(rest)?);
    }
    (!plain.contains('\u{1b}')).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::trial;
    use crate::random::Random;

    #[test]
    fn nothing_of_a_hundred_documents_acts() {
        for seed in 0..100 {
            let told = trial(&mut Random::new(seed));
            assert!(told.is_ok(), "{seed}: {}", told.unwrap_err());
        }
    }
}

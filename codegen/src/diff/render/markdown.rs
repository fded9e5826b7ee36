//! Renders reports as Markdown for pull requests: the decisions of a reviewer, then folded details.

use super::super::report::DiffReport;
use super::super::rules::Level;
use super::details;
use super::lists::level;
use super::wording::{Summary, Verdict, summarize, verdict};
use crate::inert::Markdown;

/// Renders reports as Markdown. Clients without changes are left out.
pub fn markdown(reports: &[DiffReport], base: &str) -> Markdown {
    let changed = reports.iter().filter(|report| !report.is_empty());
    Markdown::join(changed.map(|report| render(report, base)), "\n")
}

fn render(report: &DiffReport, base: &str) -> Markdown {
    let level = report.level.map_or("no new version needed", Level::name);
    let title = Markdown::from("## ") + Markdown::text(&report.package) + ": " + level + "\n\n";
    let Verdict {
        before,
        emphasis,
        after,
    } = verdict(report);
    let emphasis = match emphasis {
        "" => Markdown::default(),
        word => Markdown::from("**") + word + "**",
    };
    let verdict = Markdown::message(&before) + emphasis + Markdown::message(&after) + "\n";
    let base = Markdown::from("\nCompared with ") + Markdown::code(base) + ".\n";
    let sections = [groups(report), unexplained(report)].into_iter();
    let sections = sections.chain(details::sections(report));
    let sections = sections.filter(|section| !section.is_empty());
    sections.fold(title + verdict + base, |text, section| {
        text + "\n" + section
    })
}

/// Returns one line per group, as far as the limit of words allows.
fn groups(report: &DiffReport) -> Markdown {
    let Summary { lines, rest } = summarize(report);
    let lines = lines.into_iter().map(|(severity, line)| {
        Markdown::from("- ") + level(severity) + ": " + Markdown::message(&line) + "\n"
    });
    let rest = if rest.is_empty() {
        Markdown::default()
    } else {
        Markdown::from("- ") + Markdown::message(&rest) + "\n"
    };
    Markdown::join(lines, "") + rest
}

/// Returns a note that the API differs without a known reason.
fn unexplained(report: &DiffReport) -> Markdown {
    match report.unexplained.len() {
        0 => Markdown::default(),
        count => {
            let lines = if count == 1 { " line" } else { " lines" };
            Markdown::from("The API of the crate differs in ")
                + count
                + lines
                + " that no change explains. The generator or one of its tools changed.\n"
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::rules;

    #[test]
    fn the_texts_of_rules_contain_no_markup() {
        // They are inserted into Markdown without escaping.
        for rule in rules::ALL.iter().copied().flatten() {
            for text in [rule.summary, rule.reason, rule.reference] {
                assert!(!text.contains(['|', '<', '\n', '[']), "{text}");
            }
        }
    }
}

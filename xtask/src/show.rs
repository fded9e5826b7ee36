//! Shows diagnostics.

use codegen::diagnostic::Diagnostic;
use codegen::render_diagnostics::{Style, records, render};
use codegen::source::Source;

use crate::shell::{Format, Shell};

/// Shows diagnostics: with their source lines, or for programs.
pub(crate) fn show(diagnostics: &[Diagnostic], sources: &[&Source], shell: &mut Shell) {
    if diagnostics.is_empty() {
        return;
    }
    match shell.format() {
        Format::Human => {
            let color = shell.color();
            shell.print(&render(diagnostics, sources, Style { color }));
        }
        Format::Json => {
            for record in records(diagnostics, sources) {
                shell.record(serde_json::json!(record));
            }
        }
        Format::Github => {
            for record in records(diagnostics, sources) {
                let properties = [
                    ("file", record.file),
                    ("line", record.line.max(1).to_string()),
                    ("col", record.column.max(1).to_string()),
                    ("title", record.id.to_owned()),
                ];
                let help = format!("help: {}", record.help);
                let cost = record.reading.map(|reading| {
                    let cost = record.cost.unwrap_or_default();
                    format!("{cost}: {reading}")
                });
                let mut lines = vec![record.message.as_str(), record.why];
                lines.extend(cost.as_deref());
                lines.push(&help);
                shell.annotation(record.level, &properties, &lines);
            }
        }
    }
}

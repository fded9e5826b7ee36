//! The numbers as people read them: a table in Markdown.

use std::fmt::Write as _;

use crate::RUNS;
use crate::measure::Cost;

/// Both sides of a document.
pub(crate) struct Row {
    pub(crate) document: String,
    pub(crate) ours: Cost,
    pub(crate) raw: Cost,
    /// Why progenitor makes nothing of the document itself.
    pub(crate) refused: Option<String>,
}

/// The table, and what has to be said about it.
pub(crate) fn of(rows: &[Row]) -> String {
    let mut text = format!(
        "Medians of {RUNS} processes each. `ours` is all of `xtask generate`; `raw` is progenitor \
         (positional) and\nprettyplease with the system's allocator, given the document that the \
         stage `progenitor_adapter` makes: the types, without operations.\n\n\
         | document | measure | ours | raw | ratio |\n| --- | --- | ---: | ---: | ---: |\n"
    );
    for row in rows {
        let (ours, raw) = (&row.ours, &row.raw);
        let measures = [
            ("user, s", ours.user, raw.user, 2),
            ("wall, s", ours.wall, raw.wall, 2),
            ("peak memory, MiB", ours.memory, raw.memory, 0),
        ];
        for (measure, ours, raw, digits) in measures {
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "| {} | {measure} | {ours:.digits$} | {raw:.digits$} | {:.2} |",
                row.document,
                ours / raw
            );
        }
    }
    text.push_str("\nGiven the document itself, progenitor\n\n");
    for row in rows {
        let made = match &row.refused {
            Some(reason) => format!("makes nothing: {}", short(reason)),
            None => "makes a client".to_owned(),
        };
        let _ = writeln!(text, "- {}: {made}", row.document);
    }
    text
}

/// A message may hold a whole schema.
fn short(reason: &str) -> String {
    const MOST: usize = 100;
    let line = reason.lines().next().unwrap_or_default();
    let line = line.trim_start_matches("error: ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, of};
    use crate::measure::Cost;

    #[test]
    fn ratios_are_ours_to_theirs() {
        let cost = |user| Cost {
            user,
            wall: 1.0,
            memory: 2.0,
        };
        let text = of(&[Row {
            document: "a.json".to_owned(),
            ours: cost(1.5),
            raw: cost(1.0),
            refused: Some("panic: not done".to_owned()),
        }]);
        assert!(text.contains("| a.json | user, s | 1.50 | 1.00 | 1.50 |\n"));
        assert!(text.contains("| a.json | peak memory, MiB | 2 | 2 | 1.00 |\n"));
        assert!(text.contains("- a.json: makes nothing: panic: not done\n"));
    }
}

//! Prints the table for people, for Markdown pages and for programs.

use std::collections::BTreeMap;

use codegen::inert::{Inert, Markdown};
use serde_json::Value;

use super::record::Record;
use crate::count::count as plural;

const HEAD: [&str; 13] = [
    "document",
    "operations",
    "full",
    "unchecked",
    "degraded",
    "touched",
    "left out",
    "refused",
    "crashed",
    "whole",
    "lines/op",
    "seconds",
    "MiB",
];

/// Returns the cells of a row. They say whether the crate compiles only if it was compiled.
fn cells(record: &Record) -> Vec<String> {
    let whole = match (record.whole, record.compiles) {
        (false, _) => "no",
        (true, None) => "generated",
        (true, Some(true)) => "compiles",
        (true, Some(false)) => "does not compile",
    };
    vec![
        record.document.clone(),
        record.operations.to_string(),
        record.full.to_string(),
        record.unchecked.to_string(),
        record.degraded.to_string(),
        record.touched.to_string(),
        record.left_out.to_string(),
        record.refused.to_string(),
        record.crashed.to_string(),
        whole.to_owned(),
        record.lines.to_string(),
        format!("{:.2}", record.seconds),
        record.memory.to_string(),
    ]
}

fn total(records: &[Record]) -> Vec<String> {
    let sum = |of: fn(&Record) -> u64| records.iter().map(of).sum::<u64>().to_string();
    let whole = records.iter().filter(|record| record.whole).count();
    vec![
        format!("all {}", records.len()),
        sum(|record| record.operations),
        sum(|record| record.full),
        sum(|record| record.unchecked),
        sum(|record| record.degraded),
        sum(|record| record.touched),
        sum(|record| record.left_out),
        sum(|record| record.refused),
        sum(|record| record.crashed),
        whole.to_string(),
        String::new(),
        String::new(),
        String::new(),
    ]
}

fn rows(records: &[Record]) -> Vec<Vec<String>> {
    let head = HEAD.iter().map(|title| (*title).to_owned()).collect();
    let mut rows: Vec<Vec<String>> = vec![head];
    rows.extend(records.iter().map(cells));
    rows.push(total(records));
    rows
}

/// A rule with a loss, or a diagnostic that refuses operations.
struct Cause {
    id: String,
    /// Number of operations.
    count: u64,
    explanation: String,
}

fn causes(records: &[Record], of: fn(&Record) -> &BTreeMap<String, u64>) -> Vec<Cause> {
    let mut sums: BTreeMap<&String, u64> = BTreeMap::new();
    for (id, count) in records.iter().flat_map(of) {
        *sums.entry(id).or_default() += count;
    }
    let explanation = |id| {
        let mut explanations = records.iter().map(|record| record.explanations.get(id));
        explanations.find_map(|found| found).cloned()
    };
    let causes = sums.into_iter().map(|(id, count)| Cause {
        id: id.clone(),
        count,
        explanation: explanation(id).unwrap_or_default(),
    });
    let mut causes: Vec<Cause> = causes.collect();
    causes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)));
    causes
}

pub(super) fn human(records: &[Record]) -> Inert {
    let rows = rows(records);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let mut text = Inert::default();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        text.line(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    for (what, causes) in [
        ("lost by", causes(records, |record| &record.losses)),
        (
            "refused or left out by",
            causes(records, |record| &record.diagnostics),
        ),
    ] {
        for Cause {
            id,
            count,
            explanation,
        } in causes
        {
            let times = plural(usize::try_from(count).unwrap_or(usize::MAX), "time");
            text.line(format!("{what} {id}: {times} ({explanation})"));
        }
    }
    text
}

pub(super) fn markdown(records: &[Record]) -> Markdown {
    let mut text = Markdown::default();
    for (index, row) in rows(records).iter().enumerate() {
        text += line(row.iter().map(|cell| Markdown::text(cell)));
        if index == 0 {
            let right = HEAD.iter().skip(1).map(|_| Markdown::from(" ---: |"));
            text += Markdown::from("| --- |") + Markdown::join(right, "") + "\n";
        }
    }
    for (head, causes) in [
        (
            "\n| lost by | operations | what |\n| --- | ---: | --- |\n",
            causes(records, |record| &record.losses),
        ),
        (
            "\n| refused or left out by | operations | why |\n| --- | ---: | --- |\n",
            causes(records, |record| &record.diagnostics),
        ),
    ] {
        if !causes.is_empty() {
            text += head;
        }
        for Cause {
            id,
            count,
            explanation,
        } in causes
        {
            let count = Markdown::text(&count.to_string());
            text += line([Markdown::code(&id), count, Markdown::message(&explanation)]);
        }
    }
    text
}

/// Returns a row of a table.
fn line(cells: impl IntoIterator<Item = Markdown>) -> Markdown {
    let cells = cells.into_iter().map(Markdown::cell);
    Markdown::from("| ") + Markdown::join(cells, " | ") + " |\n"
}

pub(super) fn json(records: &[Record]) -> Inert {
    let records: Vec<Value> = records.iter().map(Record::to_json).collect();
    Inert::json(&records)
}

#[cfg(test)]
mod tests {
    use super::{Record, human, json, markdown};

    #[test]
    fn a_table_says_only_what_was_tried() {
        let record = Record {
            document: "a.json".to_owned(),
            operations: 3,
            full: 1,
            degraded: 1,
            refused: 1,
            whole: true,
            losses: [("default".to_owned(), 1)].into(),
            diagnostics: [("wrong-type".to_owned(), 1)].into(),
            explanations: [("default".to_owned(), "nothing is filled in".to_owned())].into(),
            ..Record::default()
        };
        let text = human(std::slice::from_ref(&record));
        let text = text.as_str();
        assert!(
            text.contains("generated") && !text.contains("compiles"),
            "{text}"
        );
        assert!(text.contains("lost by default: 1 time (nothing is filled in)"));
        let mut compiled = record.clone();
        compiled.compiles = Some(true);
        assert!(
            markdown(&[compiled.clone()])
                .as_str()
                .contains("| compiles |")
        );
        assert!(
            json(&[record, compiled])
                .as_str()
                .contains("\"compiles\": null")
        );
    }
}

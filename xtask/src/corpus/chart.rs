//! Draws the table as an SVG chart: a bar for each document, divided by the results of its operations.

use codegen::inert::visible;

use super::record::Record;

/// Sizes in pixels.
const LABEL: u64 = 190;
const BAR: u64 = 420;
const ROW: u64 = 24;
const TOP: u64 = 40;
const WIDTH: u64 = LABEL + BAR + 120;

/// A result of operations with its colour. Lightness distinguishes the colours too.
struct Part {
    name: &'static str,
    colour: &'static str,
    count: fn(&Record) -> u64,
}

const PARTS: &[Part] = &[
    Part {
        name: "full",
        colour: "#1b6e53",
        count: |record| record.full,
    },
    Part {
        name: "unchecked",
        colour: "#6fb58f",
        count: |record| record.unchecked,
    },
    Part {
        name: "degraded",
        colour: "#c9e3d1",
        count: |record| record.degraded,
    },
    Part {
        name: "refused",
        colour: "#e0a526",
        count: |record| record.refused,
    },
    Part {
        name: "crashed",
        colour: "#8c1c13",
        count: |record| record.crashed,
    },
];

/// Returns an SVG. Its text is grey, which is readable on light and dark backgrounds.
pub(super) fn svg(records: &[Record]) -> String {
    let rows = u64::try_from(records.len()).unwrap_or(u64::MAX);
    let height = TOP
        .saturating_add(ROW.saturating_mul(rows))
        .saturating_add(8);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" \
         fill=\"#7a7a7a\" role=\"img\">\n<title>Results of each document's operations</title>\n"
    );
    let mut left = LABEL;
    for part in PARTS {
        let (name, colour) = (part.name, part.colour);
        text.push_str(&format!(
            "<rect x=\"{left}\" y=\"10\" width=\"13\" height=\"13\" fill=\"{colour}\"/>\
             <text x=\"{}\" y=\"21\">{name}</text>\n",
            left + 19
        ));
        left += 105;
    }
    for (record, row) in records.iter().zip(0..) {
        text.push_str(&bar(record, TOP + ROW * row));
    }
    text + "</svg>\n"
}

fn bar(record: &Record, top: u64) -> String {
    let all = record.operations.max(1);
    let base = top + 13;
    let mut text = format!(
        "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{}</text>",
        LABEL - 10,
        escaped(&record.document)
    );
    let (mut before, mut left) = (0, LABEL);
    for part in PARTS {
        before += (part.count)(record);
        let right = LABEL + BAR * before / all;
        if right > left {
            text.push_str(&format!(
                "<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"17\" fill=\"{}\"/>",
                right - left,
                part.colour
            ));
        }
        left = right;
    }
    text.push_str(&format!(
        "<text x=\"{}\" y=\"{base}\">{} operations</text>\n",
        LABEL + BAR + 10,
        record.operations
    ));
    text
}

/// Escapes a file name for XML.
fn escaped(name: &str) -> String {
    visible(name)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

//! The numbers as people read them.

use std::fmt::Write as _;

use crate::measure::{Cost, Measured};

/// One line per measure: ours, by hand, the ratio, and how far the runs lie apart.
pub(crate) fn of(ours: &Cost, by_hand: &Cost) -> String {
    let mut text = format!(
        "{:<22}{:>12}{:>12}{:>8}{:>9}\n",
        "per call", "ours", "by hand", "ratio", "spread"
    );
    let rows = [
        ("instructions", &ours.instructions, &by_hand.instructions),
        ("allocations", &ours.allocations, &by_hand.allocations),
        ("bytes allocated", &ours.bytes, &by_hand.bytes),
    ];
    for (name, ours, by_hand) in rows {
        row(&mut text, name, ours, by_hand);
    }
    text
}

fn row(text: &mut String, name: &str, ours: &Measured, by_hand: &Measured) {
    let (left, right) = (ours.mean(), by_hand.mean());
    let spread = 100.0 * ours.spread().max(by_hand.spread());
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{name:<22}{left:>12.1}{right:>12.1}{:>8.3}{spread:>8.2}%",
        left / right
    );
}

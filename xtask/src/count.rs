//! Counts in messages.

use codegen::pipeline::GeneratedCrate;

/// Returns a number with its noun, in the plural unless the number is one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Returns how many operations a crate has, and what the faults of its document cost, if anything:
/// "7 operations", "7 operations: 5 full, 2 touched by faults; 1 left out".
pub(crate) fn operations_made(generated: &GeneratedCrate) -> String {
    let made = count(generated.operations, "operation");
    let coverage = &generated.coverage;
    let (touched, left_out) = (coverage.touched.len(), coverage.left_out.len());
    if touched == 0 && left_out == 0 {
        return made;
    }
    let full = coverage.full();
    let made = format!("{made}: {full} full, {touched} touched by faults");
    if left_out == 0 {
        made
    } else {
        format!("{made}; {left_out} left out")
    }
}

//! Documents what an operation declares and its generated method does not support.

use crate::pointer::Pointer;
use crate::report::Applied;

/// An operation's description, with a list of what is lost: by the rules that were `applied` to it,
/// and by those of earlier stages that were applied below its place.
pub(super) fn describe(
    description: Option<&str>,
    place: &Pointer,
    earlier: &[Applied],
    applied: &[Applied],
) -> Option<String> {
    let earlier = earlier.iter();
    let earlier = earlier.filter(|applied| place.contains(&applied.pointer));
    let mut lost: Vec<String> = Vec::new();
    for applied in earlier.chain(applied) {
        let Some(loss) = applied.rule.loss else {
            continue;
        };
        let line = if applied.detail.is_empty() {
            format!("- {}", loss.what())
        } else {
            format!("- {} (`{}`)", loss.what(), applied.detail.replace('`', ""))
        };
        if !lost.contains(&line) {
            lost.push(line);
        }
    }
    if lost.is_empty() {
        return description.map(str::to_owned);
    }
    let given = description.unwrap_or_default().trim_end();
    let text = format!(
        "{given}\n\nNot supported by this method:\n\n{}",
        lost.join("\n")
    );
    Some(text.trim_start().to_owned())
}

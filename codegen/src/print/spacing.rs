//! Adds the empty lines that the formatter leaves out between the items of an `impl`.

/// How a line ended an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// `}`
    Block,
    /// `};`, which ends a constant.
    BlockStatement,
    /// Another line that ends with `;`, such as an associated type.
    Statement,
}

/// The starts of lines that may begin an item.
const STARTS: &[&str] = &[
    "///", "#[", "pub ", "pub(", "fn ", "async ", "type ", "const ",
];

/// The indentation of items in an `impl`.
const ITEM_INDENT: usize = 4;

/// Adds an empty line between the items of an `impl`.
pub(super) fn add_empty_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous: Option<(usize, Ending)> = None;
    for line in text.lines() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if previous.is_some_and(|(of, ending)| of == indent && separates(ending, indent, bare)) {
            out.push('\n');
        }
        previous = ending(bare, indent).map(|ending| (indent, ending));
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Whether an empty line separates this line from an item that ended before it.
fn separates(ending: Ending, indent: usize, line: &str) -> bool {
    let starts = STARTS.iter().any(|start| line.starts_with(start));
    match ending {
        Ending::Block => starts,
        Ending::BlockStatement => starts && indent == ITEM_INDENT || line.starts_with("fn "),
        Ending::Statement => line.starts_with("fn "),
    }
}

fn ending(line: &str, indent: usize) -> Option<Ending> {
    match line {
        "}" => Some(Ending::Block),
        "};" => Some(Ending::BlockStatement),
        _ if line.ends_with(';') && indent == ITEM_INDENT => Some(Ending::Statement),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::add_empty_lines;

    #[test]
    fn items_of_an_impl_are_apart() {
        let text = "impl A {\n    const B: C = C {\n        d: 1,\n    };\n    /// E.\n    fn e() {}\n\
                    \x20   type F = u8;\n    fn g() {\n        let h = {\n        };\n        async {\n\
                    \x20       }\n    }\n    fn i() {}\n}\n";
        let expected = "impl A {\n    const B: C = C {\n        d: 1,\n    };\n\n    /// E.\n    fn e() {}\n\
                        \x20   type F = u8;\n\n    fn g() {\n        let h = {\n        };\n        async {\n\
                        \x20       }\n    }\n\n    fn i() {}\n}\n";
        assert_eq!(add_empty_lines(text), expected);
    }
}

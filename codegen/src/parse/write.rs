//! A tree to text: the other way round, for documents that this program writes.

use serde_json::Value;

use super::object::tree;
use crate::report::Report;
use crate::source::{Input, Source};

/// Writes a tree as the file of a name is written: JSON or YAML.
///
/// # Errors
///
/// If the text would not be read as this tree again.
pub(crate) fn to_text(root: &Value, name: &str) -> Result<String, String> {
    if name.ends_with(".json") {
        serde_json::to_string_pretty(root)
            .map(|text| text + "\n")
            .map_err(|error| error.to_string())
    } else {
        to_yaml(root)
    }
}

/// Writes a tree as YAML in block style.
///
/// # Errors
///
/// If the text would not be read as this tree again.
fn to_yaml(root: &Value) -> Result<String, String> {
    let mut quoted = Vec::new();
    let mut tree = root.clone();
    let mark = mark(root);
    hide(&mut tree, &mark, &mut quoted);
    let text = serde_yaml::to_string(&tree).map_err(|error| error.to_string())?;
    let text = show(&text, &mark, &quoted);
    match read(&text) {
        Some(again) if again == *root => Ok(text),
        _ => Err("the slice as written is not read as the same document".to_owned()),
    }
}

fn read(text: &str) -> Option<Value> {
    let source = Source::new(Input::Document, "slice", text);
    tree(&source, &mut Report::default()).ok()
}

/// A word that the document does not have.
fn mark(root: &Value) -> String {
    let text = root.to_string();
    let mut mark = "quoted-".to_owned();
    while text.contains(&mark) {
        mark.insert(0, 'x');
    }
    mark
}

/// Puts marks in the place of strings that the YAML library does not write as they have to be.
fn hide(value: &mut Value, mark: &str, quoted: &mut Vec<String>) {
    match value {
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| hide(member, mark, quoted)),
        Value::Array(list) => list.iter_mut().for_each(|entry| hide(entry, mark, quoted)),
        Value::String(text) if text.contains(fragile) || ambiguous(text) => {
            let hidden = format!("{mark}{}-", quoted.len());
            quoted.push(std::mem::replace(text, hidden));
        }
        _ => {}
    }
}

/// Whether a character is lost, or read as another one, where it is not escaped.
fn fragile(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether other readers of YAML take the text for a date, a time or a truth, as YAML 1.1 has it.
fn ambiguous(text: &str) -> bool {
    const TRUTHS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts = |separator: char| {
        text.split(separator)
            .take_while(|part| digits(part))
            .count()
    };
    let truth = TRUTHS.iter().any(|truth| truth.eq_ignore_ascii_case(text));
    truth || parts('-') >= 2 || (parts(':') >= 2 && text.split(':').all(digits))
}

/// Puts the strings back, quoted: as JSON has it where characters have to be escaped.
fn show(text: &str, mark: &str, quoted: &[String]) -> String {
    let mut pieces = text.split(mark);
    let mut shown = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (index, rest) = piece.split_once('-').unwrap_or_default();
        let string = index
            .parse()
            .ok()
            .and_then(|index: usize| quoted.get(index));
        let string = string.map(String::as_str).unwrap_or_default();
        shown.push_str(&quote(string));
        shown.push_str(rest);
    }
    shown
}

fn quote(text: &str) -> String {
    if !text.contains(fragile) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::new();
    for c in Value::from(text).to_string().chars() {
        if fragile(c) {
            quoted.push_str(&format!("\\u{:04x}", u32::from(c)))
        } else {
            quoted.push(c)
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::to_yaml;

    /// `to_yaml` itself proves that its text is read as the same tree.
    #[test]
    fn every_string_survives() {
        let texts = [
            "",
            " ",
            "a\r\nb\r\n",
            "a\nb",
            "a\n\n",
            "\n a\n  b",
            " a\nb ",
            "\ttab\n\tb",
            "a\u{85}b",
            "a\u{2028}b\n",
            "\u{feff}",
            "\u{0}",
            "null",
            "~",
            "yes",
            "no",
            "on",
            "y",
            "1e3",
            "0x1f",
            "1_000",
            "007",
            "12:30:45",
            "quoted-0-",
            "xquoted-1-\r",
            "- a",
            "a: b",
            "# a",
            "'",
            "\"",
            "%",
            "@a",
            "`a",
            "{a}",
            "[",
            "<<",
            "=",
            "...",
            "---",
            "a #b",
            "trailing: ",
            "\u{1f600}",
        ];
        for text in texts {
            let tree = json!({"a": {"b": [{"c": text}, text]}, "d": text});
            assert!(to_yaml(&tree).is_ok(), "{text:?}");
        }
        let keys = json!({"": 1, "200": 2, "null": 3, "a: b": 4, "yes": 5, "- a": 6, "é\n": 7});
        assert!(to_yaml(&keys).is_ok());
        let numbers = json!({"a": [0, -1, u64::MAX, i64::MIN, 1.0, 0.1, 1e300, -0.0]});
        assert!(to_yaml(&numbers).is_ok());
    }

    #[test]
    fn what_others_take_for_something_else_is_quoted() {
        let tree = json!({"a": "2024-05-25", "b": "no", "c": "12:30", "d": "1-a", "e": "a\r\n'"});
        let text = "a: '2024-05-25'\nb: 'no'\nc: '12:30'\nd: 1-a\ne: \"a\\r\\n'\"\n";
        assert_eq!(to_yaml(&tree).as_deref(), Ok(text));
    }
}

//! Writes a tree as JSON or YAML text.

use serde_json::Value;

use super::object::tree;
use crate::report::Report;
use crate::source::{Input, Source};

/// Writes a tree in the format of a file name: JSON or YAML.
///
/// # Errors
///
/// If the text would not be parsed as the same tree.
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
/// If the text would not be parsed as the same tree.
fn to_yaml(root: &Value) -> Result<String, String> {
    let mut quoted = Vec::new();
    let mut tree = root.clone();
    let mark = unused_word(root);
    hide(&mut tree, &mark, &mut quoted);
    let text = serde_yaml::to_string(&tree).map_err(|error| error.to_string())?;
    let text = restore(&text, &mark, &quoted);
    match read(&text) {
        Some(again) if again == *root => Ok(text),
        _ => Err("the written slice is not parsed as the same document".to_owned()),
    }
}

fn read(text: &str) -> Option<Value> {
    let source = Source::new(Input::Document, "slice", text);
    tree(&source, &mut Report::default()).ok()
}

/// Returns a word that does not occur in the document.
fn unused_word(root: &Value) -> String {
    let text = root.to_string();
    let mut mark = "quoted-".to_owned();
    while text.contains(&mark) {
        mark.insert(0, 'x');
    }
    mark
}

/// Replaces strings that the YAML library writes incorrectly by marks.
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

/// Whether a character is lost or changed if it is not escaped.
fn fragile(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether YAML 1.1 parsers read the text as a date, a time or a boolean.
fn ambiguous(text: &str) -> bool {
    const BOOLEANS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts = |separator: char| {
        text.split(separator)
            .take_while(|part| digits(part))
            .count()
    };
    let is_boolean = BOOLEANS.iter().any(|word| word.eq_ignore_ascii_case(text));
    is_boolean || parts('-') >= 2 || (parts(':') >= 2 && text.split(':').all(digits))
}

/// Replaces the marks by the quoted strings.
fn restore(text: &str, mark: &str, quoted: &[String]) -> String {
    let mut pieces = text.split(mark);
    let mut restored = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (index, rest) = piece.split_once('-').unwrap_or_default();
        let string = index
            .parse()
            .ok()
            .and_then(|index: usize| quoted.get(index));
        let string = string.map(String::as_str).unwrap_or_default();
        restored.push_str(&quote(string));
        restored.push_str(rest);
    }
    restored
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

    /// `to_yaml` itself checks that its text is parsed as the same tree.
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
    fn strings_that_other_parsers_misread_are_quoted() {
        let tree = json!({"a": "2024-05-25", "b": "no", "c": "12:30", "d": "1-a", "e": "a\r\n'"});
        let text = "a: '2024-05-25'\nb: 'no'\nc: '12:30'\nd: 1-a\ne: \"a\\r\\n'\"\n";
        assert_eq!(to_yaml(&tree).as_deref(), Ok(text));
    }
}

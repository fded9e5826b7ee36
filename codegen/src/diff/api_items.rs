//! Item paths in lines of the API listing, such as `types::Pet.name: String`.

/// Iterates over the item paths that a line begins with, the shortest first, then the line itself.
pub(super) fn item_prefixes(line: &str) -> impl Iterator<Item = &str> {
    let ends = line.char_indices().filter(|(_, c)| !is_word(*c));
    let prefixes = ends.filter_map(|(end, _)| line.get(..end));
    prefixes.chain([line])
}

/// Returns the type or operation that a line belongs to: `types::Pet` of `types::Pet.name: String`.
pub(super) fn owner(line: &str) -> &str {
    let word_end = |start: usize| {
        let rest = line.get(start..).unwrap_or_default();
        start + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
    };
    let first = word_end(0);
    let rest = line.get(first..).unwrap_or_default();
    let end = if rest.starts_with("::") {
        word_end(first + 2)
    } else {
        first
    };
    line.get(..end).unwrap_or(line)
}

/// Iterates over the words of a line.
pub(super) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !is_word(c))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_line_belongs_to_a_type_or_an_operation() {
        for (line, expected) in [
            ("types::Pet.name: String", "types::Pet"),
            ("types::Pet::with_age: fn(mut self) -> Self", "types::Pet"),
            ("types::Pet: struct deriving Clone", "types::Pet"),
            ("types::Pet", "types::Pet"),
            ("Client::get_pet: fn(&self)", "Client::get_pet"),
            ("Client", "Client"),
            ("Environment: enum", "Environment"),
        ] {
            assert_eq!(owner(line), expected);
        }
    }
}

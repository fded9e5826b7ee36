//! Turns a line of caller code into a statement.

use super::index::Index;

/// Returns a line as a statement: a match arm inside of a match, a type as a declaration, a value as an
/// unused binding.
pub(super) fn as_statement(line: &str, index: &Index) -> String {
    let line = line.trim();
    if line.ends_with("=> {}") {
        // `Some(ListPetsError::NotFound) => {}`. If no error is named, any will do.
        let named = line
            .split_once("Some(")
            .and_then(|(_, path)| path.split_once("::"));
        let declared = match named {
            Some((name, _)) => name.to_owned(),
            None => index.declared_error().unwrap_or_default(),
        };
        let error = format!("let error: runtime::Error<{declared}> = any();");
        return format!("{{ {error} match error.api() {{ {line} _ => {{}} }} }};");
    }
    if line.ends_with(';') {
        return line.to_owned();
    }
    // A name behind the name of a type is a variant.
    let mut names = line.rsplit("::");
    let name = names.next().unwrap_or_default();
    let is_variant = names.next().is_some_and(|holder| index.is_type(holder));
    if index.is_type(name) && !is_variant {
        format!("let _: {line};")
    } else {
        format!("let _ = {line};")
    }
}

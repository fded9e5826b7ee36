//! Assembles the printed parts into files.

use std::collections::BTreeMap;

use super::items::print_items;
use super::module::Module;
use super::{escape, parallel};

/// Prints every module that `emit` passes to its argument. Returns the files by path in the crate.
///
/// # Errors
///
/// A module that is not Rust, which is a defect of an earlier stage. The first error of `emit` as
/// well.
pub(crate) fn print(
    header: &str,
    emit: impl FnOnce(&mut dyn FnMut(Module<'_>) -> Result<(), String>) -> Result<(), String>,
) -> Result<BTreeMap<String, String>, String> {
    let mut heads = Vec::new();
    let printed = parallel::print_parts(|printer| {
        emit(&mut |module: Module<'_>| {
            let file = heads.len();
            let path = format!("src/{}", module.path);
            let head = head(&module, header).map_err(|error| format!("{path}: {error}"))?;
            heads.push((path, head));
            let mut parts = module.parts;
            parts.try_for_each(|part| printer.push(file, part?))
        })
    })?;
    let mut printed = printed.into_iter().peekable();
    let mut files = BTreeMap::new();
    for (file, (path, head)) in heads.into_iter().enumerate() {
        let mut parts = Vec::new();
        while let Some((_, part)) = printed.next_if(|(of, _)| *of == file) {
            parts.push(part.map_err(|error| format!("{path}: {error}"))?);
        }
        let text = assemble(head, parts).map_err(|error| format!("{path}: {error}"))?;
        files.insert(path, text);
    }
    Ok(files)
}

/// Prints the header, the documentation, the attributes and the imports of a file.
fn head(module: &Module, header: &str) -> Result<String, syn::Error> {
    let head = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: [module.doc.inner_attributes(), module.attributes.clone()].concat(),
        items: Vec::new(),
    };
    let imports: syn::File = syn::parse2(module.imports.clone())?;
    let mut text = format!("// {header}\n\n{}", prettyplease::unparse(&head));
    text.push_str(&print_items(imports.items));
    Ok(text)
}

fn assemble(head: String, parts: Vec<String>) -> Result<String, String> {
    let mut text = head;
    text.reserve_exact(parts.iter().map(String::len).sum());
    // Each part is dropped as soon as it is copied.
    for part in parts {
        text.push_str(&part);
    }
    escape::escape_invisible(text)
}

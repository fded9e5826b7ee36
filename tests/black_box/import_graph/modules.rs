//! The modules of a crate, and which files use which.

use std::collections::{BTreeMap, BTreeSet};

use syn::Item;
use syn::visit::Visit;

use super::cycles::Edges;
use super::reader::{Import, Reader};

/// Files by their path, with their text.
pub(super) type Sources = BTreeMap<String, String>;

/// A module: where it is written, and the names in it.
#[derive(Default)]
struct Module {
    file: String,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    items: BTreeSet<String>,
    imports: Vec<Import>,
    /// The paths in code.
    paths: Vec<Vec<String>>,
}

/// The modules of a crate; the first is its root.
#[derive(Default)]
pub(super) struct Modules(Vec<Module>);

/// What a path leads to.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Module(usize),
    /// An item, by the module that defines it.
    Item(usize),
}

impl Modules {
    /// Reads a crate. Modules that are compiled for tests alone are left out.
    pub(super) fn read(sources: &Sources, root: &str) -> Self {
        let mut modules = Self::default();
        modules.file(sources, root, None);
        modules
    }

    fn file(&mut self, sources: &Sources, path: &str, parent: Option<usize>) -> usize {
        let text = sources.get(path).unwrap_or_else(|| panic!("{path}"));
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = match name {
            "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
            name => format!("{folder}/{}", name.trim_end_matches(".rs")),
        };
        self.module(sources, path, &folder, &file.items, parent)
    }

    fn module(
        &mut self,
        sources: &Sources,
        file: &str,
        folder: &str,
        items: &[Item],
        parent: Option<usize>,
    ) -> usize {
        let own = self.0.len();
        self.0.push(Module {
            file: file.to_owned(),
            parent,
            ..Module::default()
        });
        for item in items {
            let mut reader = Reader::default();
            reader.visit_item(item);
            let module = &mut self.0[own];
            module.items.extend(reader.items);
            module.imports.extend(reader.imports);
            module.paths.extend(reader.paths);
            for (name, content) in reader.modules {
                let inner = format!("{folder}/{name}");
                let child = match content {
                    Some(items) => self.module(sources, file, &inner, &items, Some(own)),
                    None => {
                        let paths = [format!("{inner}.rs"), format!("{inner}/mod.rs")];
                        let found = paths.iter().find(|path| sources.contains_key(*path));
                        let found = found.unwrap_or_else(|| panic!("{inner} is no module"));
                        self.file(sources, found, Some(own))
                    }
                };
                self.0[own].children.insert(name, child);
            }
        }
        own
    }

    /// What a path in a module leads to; `None` for other crates, locals and primitive types.
    fn resolve(&self, module: usize, path: &[String], depth: usize) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let mut target = match first.as_str() {
            "crate" => Target::Module(0),
            "self" => Target::Module(module),
            "super" => Target::Module(self.0[module].parent?),
            name => self.name(module, name, depth)?,
        };
        for name in rest {
            target = match target {
                Target::Module(module) if name == "super" => Target::Module(self.0[module].parent?),
                Target::Module(module) => self.member(module, name, depth)?,
                // What follows a type is one of its own items.
                Target::Item(_) => break,
            };
        }
        Some(target)
    }

    /// A name that a module declares, defines or imports.
    fn name(&self, module: usize, name: &str, depth: usize) -> Option<Target> {
        let depth = depth.checked_sub(1)?;
        let here = &self.0[module];
        if let Some(child) = here.children.get(name) {
            return Some(Target::Module(*child));
        }
        if here.items.contains(name) {
            return Some(Target::Item(module));
        }
        let named = here.imports.iter().filter(|import| import.name == name);
        // An import of its own name, as of another crate, would lead back to itself.
        let mut named =
            named.filter(|import| import.path.first().is_some_and(|first| first != name));
        if let Some(found) = named.find_map(|import| self.resolve(module, &import.path, depth)) {
            return Some(found);
        }
        let mut globs = here.imports.iter().filter(|import| import.name == "*");
        globs.find_map(|import| match self.resolve(module, &import.path, depth)? {
            Target::Module(other) if other != module => self.name(other, name, depth),
            _ => None,
        })
    }

    /// A name behind the path of a module. One that a macro defines is not seen, so a file of
    /// content is taken to define it.
    fn member(&self, module: usize, name: &str, depth: usize) -> Option<Target> {
        let found = self.name(module, name, depth);
        let declares = is_declaration(&self.0[module].file);
        found.or((!declares).then_some(Target::Item(module)))
    }

    /// The edges between files, with the path that makes each.
    pub(super) fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (index, module) in self.0.iter().enumerate() {
            if is_declaration(&module.file) {
                continue;
            }
            let imported = module.imports.iter().map(|import| &import.path);
            for path in imported.chain(&module.paths) {
                if let Some(Target::Item(other)) = self.resolve(index, path, 32)
                    && self.0[other].file != module.file
                {
                    let uses = edges.entry(module.file.clone()).or_default();
                    uses.insert(self.0[other].file.clone(), path.join("::"));
                }
            }
        }
        edges
    }
}

/// Whether a file only declares modules and re-exports.
pub(super) fn is_declaration(file: &str) -> bool {
    file.ends_with("/mod.rs") || file.ends_with("/lib.rs")
}

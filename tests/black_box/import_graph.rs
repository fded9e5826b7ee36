//! No file depends on itself through others, and `mod.rs` files only declare.
//!
//! An edge leads from a file to the file that defines what it uses: a `use` and a path in code count,
//! and re-exports are followed. Declaring a module is no edge, and neither is a `use` of a `mod.rs` or
//! `lib.rs`, which only re-exports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

use crate::output::root;

/// The crates whose files are checked, by the file that each begins with.
const CRATES: &[&str] = &[
    "codegen/src/lib.rs",
    "codegen/runtime/src/lib.rs",
    "xtask/src/main.rs",
    "xtask/fetch/src/main.rs",
];

/// Files by their path, with their text.
type Sources = BTreeMap<String, String>;

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

/// One name that a `use` brings into a module.
#[derive(Clone)]
struct Import {
    path: Vec<String>,
    /// The name in the module; `*` where all names of a module are imported.
    name: String,
}

/// The modules of a crate; the first is its root.
#[derive(Default)]
struct Modules(Vec<Module>);

/// What a path leads to.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Module(usize),
    /// An item, by the module that defines it.
    Item(usize),
}

impl Modules {
    /// Reads a crate. Modules that are compiled for tests alone are left out.
    fn read(sources: &Sources, root: &str) -> Self {
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
        let Some(depth) = depth.checked_sub(1) else {
            return None;
        };
        let here = &self.0[module];
        if let Some(child) = here.children.get(name) {
            return Some(Target::Module(*child));
        }
        if here.items.contains(name) {
            return Some(Target::Item(module));
        }
        let named = here.imports.iter().filter(|import| import.name == name);
        // An import of its own name, as of another crate, would lead back to itself.
        let mut named = named.filter(|import| import.path.first().is_some_and(|it| it != name));
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
    fn edges(&self) -> Edges {
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

/// For each file the files that it uses, and a path by which it does.
type Edges = BTreeMap<String, BTreeMap<String, String>>;

fn is_declaration(file: &str) -> bool {
    file.ends_with("/mod.rs") || file.ends_with("/lib.rs")
}

/// Collects the names of one item.
#[derive(Default)]
struct Reader {
    items: Vec<String>,
    imports: Vec<Import>,
    paths: Vec<Vec<String>>,
    /// Modules by name, with their items where they are written inline.
    modules: Vec<(String, Option<Vec<Item>>)>,
}

impl Visit<'_> for Reader {
    fn visit_item(&mut self, item: &Item) {
        if attributes(item).iter().any(is_test) {
            return;
        }
        match item {
            Item::Mod(module) => {
                let content = module.content.as_ref().map(|(_, items)| items.clone());
                return self.modules.push((module.ident.to_string(), content));
            }
            Item::Use(item) => return self.tree(&item.tree, Vec::new()),
            item => self.items.extend(name(item)),
        }
        visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let segments = path.segments.iter();
        let path_of = segments.map(|segment| segment.ident.to_string()).collect();
        self.paths.push(path_of);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &syn::Macro) {
        visit::visit_path(self, &called.path);
        // The paths in there are those of the code that is generated.
        let quotes = ["quote", "quote_spanned", "parse_quote"];
        let name = called
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string());
        if name.is_none_or(|name| !quotes.contains(&name.as_str())) {
            self.tokens(called.tokens.clone());
        }
    }
}

impl Reader {
    fn tree(&mut self, tree: &UseTree, mut path: Vec<String>) {
        match tree {
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.tree(&inner.tree, path);
            }
            UseTree::Group(group) => {
                let trees = group.items.iter();
                trees.for_each(|inner| self.tree(inner, path.clone()));
            }
            UseTree::Name(name) if name.ident == "self" => {
                let name = path.last().cloned().unwrap_or_default();
                self.imports.push(Import { path, name });
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                path.push(name.clone());
                self.imports.push(Import { path, name });
            }
            UseTree::Rename(renamed) => {
                if renamed.ident != "self" {
                    path.push(renamed.ident.to_string());
                }
                let name = renamed.rename.to_string();
                self.imports.push(Import { path, name });
            }
            UseTree::Glob(_) => {
                let name = "*".to_owned();
                self.imports.push(Import { path, name });
            }
        }
    }

    /// The paths in a macro's tokens, which are no syntax yet.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.paths.push(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.paths.push(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.paths.push(path);
        self.paths.retain(|path| path.len() > 1);
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_test(attribute: &Attribute) -> bool {
    let list = attribute.meta.require_list();
    list.is_ok_and(|list| list.path.is_ident("cfg") && list.tokens.to_string() == "test")
}

fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// The groups of files that use each other in a circle (Tarjan's strongly connected components).
fn cycles(edges: &Edges) -> Vec<Vec<String>> {
    let mut search = Search::default();
    for file in edges.keys() {
        search.visit(file, edges);
    }
    search.found
}

#[derive(Default)]
struct Search {
    order: BTreeMap<String, usize>,
    lowest: BTreeMap<String, usize>,
    stack: Vec<String>,
    found: Vec<Vec<String>>,
}

impl Search {
    fn visit(&mut self, file: &str, edges: &Edges) -> usize {
        if let Some(lowest) = self.lowest.get(file) {
            return *lowest;
        }
        let own = self.order.len();
        self.order.insert(file.to_owned(), own);
        self.lowest.insert(file.to_owned(), own);
        self.stack.push(file.to_owned());
        for other in edges.get(file).into_iter().flat_map(BTreeMap::keys) {
            let reached = self.visit(other, edges);
            if self.stack.contains(other) && reached < self.lowest[file] {
                self.lowest.insert(file.to_owned(), reached);
            }
        }
        if self.lowest[file] == own {
            let start = self.stack.iter().position(|other| other == file);
            let mut group = self.stack.split_off(start.unwrap_or_default());
            if group.len() > 1 {
                group.sort();
                self.found.push(group);
            }
        }
        self.lowest[file]
    }
}

/// A group of files with the paths by which they use each other.
fn drawn(group: &[String], edges: &Edges) -> String {
    let mut text = format!("{} files use each other:\n", group.len());
    for file in group {
        for (other, path) in edges.get(file).into_iter().flatten() {
            if group.contains(other) {
                text.push_str(&format!("  {file} uses {other} by `{path}`\n"));
            }
        }
    }
    text
}

/// The Rust files below a folder.
fn sources(folder: &str) -> Sources {
    let mut sources = Sources::new();
    let mut queue = vec![root().join(folder)];
    while let Some(next) = queue.pop() {
        for entry in std::fs::read_dir(next).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                queue.push(path);
            } else if path.extension() == Some("rs".as_ref()) {
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                let path = path.strip_prefix(root()).expect("it is in the repository");
                sources.insert(path.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    sources
}

/// The folder of a crate's sources.
fn folder_of(root: &str) -> &str {
    root.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[test]
fn no_file_depends_on_itself() {
    let mut problems = String::new();
    for root in CRATES {
        let edges = Modules::read(&sources(folder_of(root)), root).edges();
        for group in cycles(&edges) {
            problems.push_str(&drawn(&group, &edges));
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn mod_files_only_declare() {
    let mut problems = Vec::new();
    for (path, text) in CRATES.iter().flat_map(|root| sources(folder_of(root))) {
        let beside = path.trim_end_matches(".rs");
        if Path::new(&root().join(beside)).is_dir() {
            problems.push(format!("{path} stands beside a folder of its name"));
        }
        let items = syn::parse_file(&text).expect("it is Rust").items;
        let declares = |item: &Item| matches!(item, Item::Mod(_) | Item::Use(_));
        if is_declaration(&path) && !items.iter().all(declares) {
            problems.push(format!("{path} defines something"));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[cfg(test)]
mod tests {
    use super::{Modules, Sources, cycles};

    /// The cycles of a crate that has these files.
    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&[&str]]) {
        let owned = |(path, text): &(&str, &str)| (format!("src/{path}"), (*text).to_owned());
        let sources: Sources = files.iter().map(owned).collect();
        let found = cycles(&Modules::read(&sources, "src/lib.rs").edges());
        let owned = |group: &&[&str]| group.iter().map(|path| format!("src/{path}")).collect();
        let expected: Vec<Vec<String>> = expected.iter().map(owned).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_cycle_is_found_through_a_re_export() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a/mod.rs", "mod one; mod two; pub use one::One;"),
            ("a/one.rs", "use crate::b::Other; pub struct One(Other);"),
            ("a/two.rs", "pub struct Two;"),
            ("b.rs", "pub struct Other; fn f() { crate::a::One::new(); }"),
        ];
        check(&files, &[&["a/one.rs", "b.rs"]]);
    }

    #[test]
    fn a_cycle_is_found_through_an_imported_module_a_glob_and_a_macro() {
        let module = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b; fn f() { b::g(); }"),
            ("b.rs", "use super::a::*; fn g() { f(); }"),
        ];
        check(&module, &[&["a.rs", "b.rs"]]);
        let inside = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "fn f() { println!(\"{}\", crate::b::g()); }"),
            ("b.rs", "fn g() { super::a::f(); }"),
        ];
        check(&inside, &[&["a.rs", "b.rs"]]);
    }

    #[test]
    fn what_only_tests_use_makes_no_cycle() {
        let files = [
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod c;"),
            (
                "a.rs",
                "pub fn f() {} #[cfg(test)] mod tests { use crate::b::g; }",
            ),
            (
                "b.rs",
                "pub fn g() { crate::a::f(); } #[cfg(test)] use crate::c::h;",
            ),
            ("c.rs", "pub fn h() { crate::b::g(); }"),
        ];
        check(&files, &[]);
    }

    #[test]
    fn a_parent_that_declares_is_no_part_of_a_cycle() {
        let files = [
            ("lib.rs", "mod a;"),
            (
                "a/mod.rs",
                "mod one; mod two; use one::One; pub use two::Two;",
            ),
            ("a/one.rs", "pub struct One;"),
            ("a/two.rs", "use super::One; pub struct Two(One);"),
        ];
        check(&files, &[]);
    }

    #[test]
    fn paths_of_generated_code_are_not_ours() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "pub fn f() { quote!(crate::b::g()); }"),
            ("b.rs", "pub fn g() { crate::a::f(); }"),
        ];
        check(&files, &[]);
    }
}

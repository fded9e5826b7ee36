//! Finds groups of files that use each other in a circle.

use std::collections::BTreeMap;

/// For each file the files that it uses, and a path by which it does.
pub(super) type Edges = BTreeMap<String, BTreeMap<String, String>>;

/// The groups of files that use each other in a circle (Tarjan's strongly connected components).
pub(super) fn cycles(edges: &Edges) -> Vec<Vec<String>> {
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
pub(super) fn drawn(group: &[String], edges: &Edges) -> String {
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

//! Upgrade notes as code. A note shows a line of a caller's before and after, with names in place of
//! values. Each becomes a function in which those names have the types that the crate asks for, so
//! that the compiler judges the line.

mod index;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use codegen::diff::DiffReport;
use syn::visit::Visit;
use syn::{Expr, Stmt};

use crate::version::Version;
use index::Index;

/// The number of a note that the compiler refuses, and what it says.
pub type Refused = (usize, String);

/// The notes of all pages, and what the compiler says of them.
#[derive(Default)]
pub struct Upgrades {
    /// Lines of callers before, which are all compiled against the same crate.
    before: BTreeSet<Note>,
    count_before: usize,
    after: usize,
    refused: Vec<(Note, String)>,
}

impl Upgrades {
    /// Takes the notes of a page: the lines of callers after the change are given back.
    pub fn of(&mut self, page: &DiffReport) -> Vec<Note> {
        let mut after = Vec::new();
        for change in &page.changes {
            let note = |line: &String| Note {
                rule: change.rule.to_owned(),
                line: line.clone(),
            };
            self.before.extend(change.before.iter().map(note));
            after.extend(change.after.iter().map(note));
        }
        self.after += after.len();
        after
    }

    /// Notes what the compiler refuses.
    pub fn refused(&mut self, notes: &[Note], refused: Vec<Refused>) {
        for (at, says) in refused {
            let note = notes.get(at).map(|note| (note.clone(), says));
            self.refused.extend(note);
        }
    }

    /// The lines of callers before, which are taken out.
    pub fn before(&mut self) -> Vec<Note> {
        let before: Vec<Note> = std::mem::take(&mut self.before).into_iter().collect();
        self.count_before += before.len();
        before
    }

    /// Says how many notes are Rust; whether all are.
    pub fn conclude(&self) -> bool {
        println!(
            "\nupgrade notes: {} lines before and {} after, {} do not compile",
            self.count_before,
            self.after,
            self.refused.len()
        );
        for (note, says) in &self.refused {
            println!("open: {} `{}`: error{says}", note.rule, note.line);
        }
        self.refused.is_empty()
    }
}

/// A line of a note, and where it comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The rule that has it.
    pub rule: String,
    /// The line.
    pub line: String,
}

/// A program that has a function for each note, and the line on which each begins.
pub struct Program {
    pub text: String,
    starts: Vec<usize>,
}

const HEAD: &str = "\
#![allow(warnings)]

fn any<T>() -> T {
    unimplemented!()
}

fn main() {}
";

impl Program {
    /// The program of these notes, for the crate of a version.
    pub fn of(notes: &[Note], version: &Version) -> Result<Self, String> {
        let index = &Index::of(&version.files)?;
        let mut text = HEAD.to_owned();
        let mut starts = Vec::new();
        for (at, note) in notes.iter().enumerate() {
            starts.push(text.lines().count() + 1);
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{}", function(at, &note.line, index));
        }
        Ok(Self { text, starts })
    }

    /// The notes that the compiler refuses, from what it says in its short form.
    pub fn refused(&self, said: &str) -> Vec<Refused> {
        let of = |line: &str| {
            let (line, says) = line.strip_prefix("examples/notes.rs:")?.split_once(':')?;
            let (_, says) = says.split_once(": error")?;
            let line: usize = line.parse().ok()?;
            let after = self.starts.partition_point(|start| *start <= line);
            Some((after.checked_sub(1)?, says.to_owned()))
        };
        let mut refused: Vec<Refused> = said.lines().filter_map(of).collect();
        refused.dedup_by_key(|(note, _)| *note);
        refused
    }
}

/// Types of dependencies that notes name, by the dependency.
const IMPORTS: &[(&str, &str)] = &[
    ("chrono", "chrono::{DateTime, NaiveDate, NaiveTime, Utc}"),
    ("uuid", "uuid::Uuid"),
];

fn function(at: usize, line: &str, index: &Index) -> String {
    let line = surrounded(&line.replace("crate_name", index::NAME), index);
    let name = index::NAME;
    let mut text = format!("async fn note_{at}() -> Result<(), Box<dyn std::error::Error>> {{\n");
    // What a caller imports to write the names of types alone.
    let _ = writeln!(text, "    use {name}::*;\n    use {name}::runtime::Secret;");
    text.push_str("    use std::collections::BTreeMap;\n");
    for (depends, import) in IMPORTS {
        if index.depends_on(depends) {
            let _ = writeln!(text, "    use {import};");
        }
    }
    for module in index.modules() {
        let _ = writeln!(text, "    use {name}::{module}::*;");
    }
    for (name, ty) in bindings(&line, index) {
        let _ = match ty {
            Some(ty) => writeln!(text, "    let mut {name}: {ty} = any();"),
            None => writeln!(text, "    let mut {name} = any();"),
        };
    }
    let _ = writeln!(text, "    {line}\n    Ok(())\n}}");
    text
}

/// A line as a statement: an arm stands in a match over a declared error, a type in a declaration,
/// a value is thrown away.
fn surrounded(line: &str, index: &Index) -> String {
    let line = line.trim();
    if line.ends_with("=> {}") {
        // `Some(ListPetsError::NotFound) => {}`; where none is named, any will do.
        let named = line
            .split_once("Some(")
            .and_then(|(_, it)| it.split_once("::"));
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
    // Behind the name of a type stands that of a variant.
    let mut names = line.rsplit("::");
    let name = names.next().unwrap_or_default();
    let is_variant = names.next().is_some_and(|holder| index.is_type(holder));
    if index.is_type(name) && !is_variant {
        format!("let _: {line};")
    } else {
        format!("let _ = {line};")
    }
}

/// The free names of a line, with the types that they must have as far as the crate says it: what a
/// name is given to says more than what it is called.
fn bindings(line: &str, index: &Index) -> BTreeMap<String, Option<String>> {
    let Ok(statement) = syn::parse_str::<Stmt>(line) else {
        return BTreeMap::new();
    };
    let mut free = Free::default();
    free.visit_stmt(&statement);
    let mut typed = Typed {
        index,
        types: BTreeMap::new(),
    };
    typed.visit_stmt(&statement);
    let of = |name: String| {
        let given = typed.types.get(&name).cloned();
        let ty = given.or_else(|| index.receiver(&name));
        (name, ty)
    };
    let Free { names, mut given } = free;
    // `let note = note.text;` gives the name anew, and takes it too.
    if matches!(statement, Stmt::Local(_)) {
        given.clear();
    }
    names.difference(&given).cloned().map(of).collect()
}

/// The names of values that a line takes from outside.
#[derive(Default)]
struct Free {
    names: BTreeSet<String>,
    /// Names that the line gives a value itself.
    given: BTreeSet<String>,
}

impl Visit<'_> for Free {
    fn visit_expr(&mut self, expr: &Expr) {
        if let Some(name) = simple(expr) {
            self.names.insert(name);
        }
        syn::visit::visit_expr(self, expr);
    }

    /// What is called is a function.
    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        call.args.iter().for_each(|it| self.visit_expr(it));
    }

    fn visit_pat_ident(&mut self, pattern: &syn::PatIdent) {
        self.given.insert(pattern.ident.to_string());
    }

    /// What a closure takes comes from its caller.
    fn visit_expr_closure(&mut self, closure: &syn::ExprClosure) {
        let mut inner = Self::default();
        inner.visit_expr(&closure.body);
        let is_taken = |name: &String| {
            let mut inputs = closure.inputs.iter();
            inputs.any(|input| matches!(input, syn::Pat::Ident(it) if it.ident == name))
        };
        let free = inner.names.into_iter().filter(|name| !is_taken(name));
        self.names.extend(free);
    }
}

/// An expression that is a name of a value alone.
fn simple(expr: &Expr) -> Option<String> {
    let Expr::Path(path) = expr else {
        return None;
    };
    let name = path.path.get_ident()?.to_string();
    name.starts_with(|c: char| c.is_lowercase() || c == '_')
        .then_some(name)
}

/// The types of names, from the functions that they are given to.
struct Typed<'a> {
    index: &'a Index,
    types: BTreeMap<String, String>,
}

impl Typed<'_> {
    fn take(
        &mut self,
        arguments: impl Iterator<Item = Option<String>>,
        types: Option<&Vec<String>>,
    ) {
        for (name, ty) in arguments.zip(types.into_iter().flatten()) {
            if let Some(name) = name {
                self.types.insert(name, ty.clone());
            }
        }
    }

    /// The name of the type of an expression.
    fn type_of(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Path(_) => self.index.receiver(&simple(expr)?),
            Expr::MethodCall(call) => {
                let of = self.type_of(&call.receiver)?;
                self.index
                    .function(&of, &call.method.to_string())?
                    .gives
                    .clone()
            }
            Expr::Call(call) => {
                let (of, name) = index::called(&call.func)?;
                self.index.function(&of, &name)?.gives.clone()
            }
            Expr::Try(expr) => self.type_of(&expr.expr),
            Expr::Await(expr) => self.type_of(&expr.base),
            _ => None,
        }
    }
}

impl Visit<'_> for Typed<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::MethodCall(call) => {
                let of = self.type_of(&call.receiver);
                let function = of.and_then(|of| self.index.function(&of, &call.method.to_string()));
                let takes = function.map(|it| it.takes.clone());
                self.take(call.args.iter().map(simple), takes.as_ref());
            }
            Expr::Call(call) => {
                let function = index::called(&call.func)
                    .and_then(|(of, name)| self.index.function(&of, &name));
                let takes = function.map(|it| it.takes.clone());
                self.take(call.args.iter().map(simple), takes.as_ref());
            }
            Expr::Struct(made) => {
                let of = made.path.segments.last().map(|it| it.ident.to_string());
                for field in &made.fields {
                    let syn::Member::Named(member) = &field.member else {
                        continue;
                    };
                    let ty = of
                        .as_ref()
                        .and_then(|of| self.index.field(of, &member.to_string()));
                    if let (Some(name), Some(ty)) = (simple(&field.expr), ty) {
                        self.types.insert(name, ty.to_owned());
                    }
                }
            }
            _ => {}
        }
        syn::visit::visit_expr(self, expr);
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, bindings, surrounded};

    #[test]
    fn a_line_takes_from_outside_what_it_does_not_give_itself() {
        let index = Index::default();
        let names = |line: &str| -> Vec<String> {
            let line = surrounded(line, &index);
            bindings(&line, &index).into_keys().collect()
        };
        assert_eq!(names("client.get_pet(id)"), ["client", "id"]);
        assert_eq!(names("let age: Option<i64> = pet.age;"), ["pet"]);
        assert_eq!(names("let note: String = note.note;"), ["note"]);
        let none: [&str; 0] = [];
        assert_eq!(names("Some(GetPetError::NotFound) => {}"), none);
        let guarded = "None if error.status().is_some_and(|status| status == 404) => {}";
        assert_eq!(names(guarded), none);
    }
}

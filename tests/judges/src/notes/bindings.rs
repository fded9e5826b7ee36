//! Finds the names that a line of caller code needs, with their types.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;
use syn::{Expr, Stmt};

use super::index::{Index, called_function};

/// Returns the free names of a line, with their types as far as the crate tells: the parameter that a name
/// is given to counts more than the name itself.
pub(super) fn bindings(line: &str, index: &Index) -> BTreeMap<String, Option<String>> {
    let Ok(statement) = syn::parse_str::<Stmt>(line) else {
        return BTreeMap::new();
    };
    let mut free = FreeNames::default();
    free.visit_stmt(&statement);
    let mut typed = ArgumentTypes {
        index,
        types: BTreeMap::new(),
    };
    typed.visit_stmt(&statement);
    let with_type = |name: String| {
        let given = typed.types.get(&name).cloned();
        let ty = given.or_else(|| index.receiver(&name));
        (name, ty)
    };
    let FreeNames { names, mut bound } = free;
    // `let note = note.text;` binds the name again and also uses it.
    if matches!(statement, Stmt::Local(_)) {
        bound.clear();
    }
    names.difference(&bound).cloned().map(with_type).collect()
}

/// The names of values that a line uses and does not bind.
#[derive(Default)]
struct FreeNames {
    names: BTreeSet<String>,
    /// Names that the line binds itself.
    bound: BTreeSet<String>,
}

impl Visit<'_> for FreeNames {
    fn visit_expr(&mut self, expr: &Expr) {
        if let Some(name) = value_name(expr) {
            self.names.insert(name);
        }
        syn::visit::visit_expr(self, expr);
    }

    /// A called name is a function, not a value.
    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        for argument in &call.args {
            self.visit_expr(argument);
        }
    }

    fn visit_pat_ident(&mut self, pattern: &syn::PatIdent) {
        self.bound.insert(pattern.ident.to_string());
    }

    /// Parameters of a closure are not free.
    fn visit_expr_closure(&mut self, closure: &syn::ExprClosure) {
        let mut inner = Self::default();
        inner.visit_expr(&closure.body);
        let is_parameter = |name: &String| {
            let mut inputs = closure.inputs.iter();
            inputs.any(|input| matches!(input, syn::Pat::Ident(pattern) if pattern.ident == name))
        };
        let free = inner.names.into_iter().filter(|name| !is_parameter(name));
        self.names.extend(free);
    }
}

/// Returns the name of a value, if the expression is nothing else.
fn value_name(expr: &Expr) -> Option<String> {
    let Expr::Path(path) = expr else {
        return None;
    };
    let name = path.path.get_ident()?.to_string();
    name.starts_with(|c: char| c.is_lowercase() || c == '_')
        .then_some(name)
}

/// The types of names, from the parameters that they are given to.
struct ArgumentTypes<'a> {
    index: &'a Index,
    types: BTreeMap<String, String>,
}

impl ArgumentTypes<'_> {
    fn add(
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

    /// Returns the name of the type of an expression.
    fn type_of(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Path(_) => self.index.receiver(&value_name(expr)?),
            Expr::MethodCall(call) => {
                let of = self.type_of(&call.receiver)?;
                self.index
                    .function(&of, &call.method.to_string())?
                    .returns
                    .clone()
            }
            Expr::Call(call) => {
                let (of, name) = called_function(&call.func)?;
                self.index.function(&of, &name)?.returns.clone()
            }
            Expr::Try(expr) => self.type_of(&expr.expr),
            Expr::Await(expr) => self.type_of(&expr.base),
            _ => None,
        }
    }
}

impl Visit<'_> for ArgumentTypes<'_> {
    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::MethodCall(call) => {
                let of = self.type_of(&call.receiver);
                let function = of.and_then(|of| self.index.function(&of, &call.method.to_string()));
                let parameters = function.map(|function| function.parameters.clone());
                self.add(call.args.iter().map(value_name), parameters.as_ref());
            }
            Expr::Call(call) => {
                let function = called_function(&call.func)
                    .and_then(|(of, name)| self.index.function(&of, &name));
                let parameters = function.map(|function| function.parameters.clone());
                self.add(call.args.iter().map(value_name), parameters.as_ref());
            }
            Expr::Struct(made) => {
                let of = made
                    .path
                    .segments
                    .last()
                    .map(|segment| segment.ident.to_string());
                for field in &made.fields {
                    let syn::Member::Named(member) = &field.member else {
                        continue;
                    };
                    let ty = of
                        .as_ref()
                        .and_then(|of| self.index.field(of, &member.to_string()));
                    if let (Some(name), Some(ty)) = (value_name(&field.expr), ty) {
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
    use super::super::statement::as_statement;
    use super::{Index, bindings};

    #[test]
    fn a_name_is_free_if_the_line_does_not_bind_it() {
        let index = Index::default();
        let names = |line: &str| -> Vec<String> {
            let line = as_statement(line, &index);
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

//! Checks the document against the tables of OpenAPI's objects.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::context::Context;
use super::repair::Repair;
use super::{http_syntax, missing_member, parameters, references, wrong_type};
use crate::diagnostics::{self, json_type_name};
use crate::objects::{At, DOCUMENT, Form, Object, Visitor, walk};
use crate::pointer::Pointer;

/// Reports every value of a wrong type, every missing member, every bad reference.
pub(super) fn check(context: &mut Context<'_>) {
    let root = context.root;
    let mut structure = Structure {
        context,
        seen: BTreeSet::new(),
        queue: Vec::new(),
    };
    walk(&DOCUMENT, root, &At::new(&Pointer::root()), &mut structure);
    // The targets of references that are not components may have been walked as other objects.
    while let Some((pointer, object)) = structure.queue.pop() {
        if let Some(value) = pointer.get(root) {
            walk(
                &Form::Object(object),
                value,
                &At::new(&pointer),
                &mut structure,
            );
        }
    }
}

struct Structure<'a, 'b> {
    context: &'a mut Context<'b>,
    seen: BTreeSet<(Pointer, &'static str)>,
    queue: Vec<(Pointer, &'static Object)>,
}

impl Visitor for Structure<'_, '_> {
    fn object(&mut self, object: &'static Object, members: &Map<String, Value>, at: &At<'_>) {
        for member in object.members.iter().filter(|member| member.required) {
            if !members.contains_key(member.name) {
                let message = format!("the {} has no `{}`", object.name, member.name);
                let place = at.pointer();
                let diagnostic = self
                    .context
                    .diagnostic(&diagnostics::MISSING_MEMBER, &place, message)
                    .help(format!(
                        "add `{}` (OpenAPI section {}, {})",
                        member.name, object.section, object.name
                    ));
                let repair = missing_member::repair(object, member.name, members, &place);
                self.context.push_fault(diagnostic, &place, repair);
            }
        }
        match object.name {
            "Parameter Object" => parameters::object(self.context, members, at),
            "Media Type Object" => http_syntax::media_type(self.context, members, at),
            _ => {}
        }
    }

    fn reference(&mut self, object: &'static Object, reference: &str, at: &At<'_>) {
        let target = references::check(self.context, object, reference, &at.pointer());
        if let Some(target) = target
            && self.seen.insert((target.clone(), object.name))
        {
            self.queue.push((target, object));
        }
    }

    fn mapping(&mut self, target: &str, at: &At<'_>) {
        // A name that is not a component names a file, which is not read; the branch is kept
        // without the mapping.
        if target.starts_with('#') {
            let found = Pointer::parse(target).and_then(|pointer| pointer.get(self.context.root));
            if found.is_none() {
                let message = format!("`{target}` leads nowhere");
                let place = at.pointer();
                let reading = "the value is one that the client does not know";
                let repair = Repair::lost(reading).remove(place.clone());
                self.context
                    .fault(&diagnostics::DANGLING_REFERENCE, &place, message, repair);
            }
        }
    }

    fn mismatch(&mut self, form: &Form, holder: &'static Object, value: &Value, at: &At<'_>) {
        let pointer = at.pointer();
        let expected = form.name();
        let parent = pointer.parent();
        let in_list = parent.as_ref().is_some_and(|parent| {
            let parent = parent.get(self.context.root);
            parent.is_some_and(Value::is_array)
        });
        let name = match (in_list, pointer.last()) {
            (true, _) => {
                let list = parent.as_ref().and_then(Pointer::last).unwrap_or_default();
                format!("an entry of `{list}`")
            }
            (false, Some(name)) => format!("`{name}`"),
            (false, None) => "the document".to_owned(),
        };
        let message = format!("{name} is {}, not {expected}", json_type_name(value));
        let help = match value {
            Value::Number(number) if expected == "a string" => format!("quote it: '{number}'"),
            _ => format!(
                "write {expected} (OpenAPI section {}, {})",
                holder.section, holder.name
            ),
        };
        let diagnostic = self
            .context
            .diagnostic(&diagnostics::WRONG_TYPE, &pointer, message)
            .help(help);
        let repair = wrong_type::repair(form, holder, value, &pointer);
        self.context.push_fault(diagnostic, &pointer, repair);
    }
}

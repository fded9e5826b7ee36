//! Walks a document along the tables of OpenAPI's objects.

use serde_json::{Map, Value};

use super::object::{Form, Object};
use super::tables::SCHEMA;
use crate::pointer::Pointer;

/// The path to a node, kept on the stack. It becomes a pointer only when one is needed.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    parent: Option<&'a At<'a>>,
    token: Token<'a>,
}

#[derive(Clone, Copy)]
enum Token<'a> {
    Base(&'a Pointer),
    Name(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// Starts at a pointer.
    pub(crate) fn new(base: &'a Pointer) -> Self {
        At {
            parent: None,
            token: Token::Base(base),
        }
    }

    /// Returns a member of this node.
    pub(crate) fn member<'b>(&'b self, name: &'b str) -> At<'b> {
        At {
            parent: Some(self),
            token: Token::Name(name),
        }
    }

    fn element(&self, index: usize) -> At<'_> {
        At {
            parent: Some(self),
            token: Token::Index(index),
        }
    }

    /// Returns the path as a pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        let mut pointer = self.parent.map(At::pointer).unwrap_or_default();
        match self.token {
            Token::Base(base) => return base.clone(),
            Token::Name(name) => pointer.push(name),
            Token::Index(index) => pointer.push(index),
        }
        pointer
    }
}

/// Callbacks for the nodes of a document.
pub(crate) trait Visitor {
    /// Visits an object that is not a reference, before its members.
    fn object(&mut self, _object: &'static Object, _members: &Map<String, Value>, _at: &At<'_>) {}

    /// Visits a reference in place of an object; `at` is the node that contains `$ref`.
    fn reference(&mut self, _object: &'static Object, _reference: &str, _at: &At<'_>) {}

    /// Visits a schema's name or reference in a discriminator.
    fn mapping(&mut self, _target: &str, _at: &At<'_>) {}

    /// Visits a value that does not have the required form.
    fn mismatch(&mut self, _form: &Form, _holder: &'static Object, _value: &Value, _at: &At<'_>) {}
}

/// Walks a value and everything below it. References are not followed.
pub(crate) fn walk(form: &Form, value: &Value, at: &At<'_>, visitor: &mut dyn Visitor) {
    let mut walker = Walker {
        visitor,
        holder: &SCHEMA,
    };
    walker.value(form, value, at);
}

struct Walker<'a> {
    visitor: &'a mut dyn Visitor,
    /// The innermost object, whose clause applies to its direct members.
    holder: &'static Object,
}

impl Walker<'_> {
    fn value(&mut self, form: &Form, value: &Value, at: &At<'_>) {
        match (form, value) {
            (Form::Data, _)
            | (Form::Text, Value::String(_))
            | (Form::Texts, Value::String(_))
            | (Form::Flag, Value::Bool(_))
            | (Form::Number, Value::Number(_)) => {}
            (Form::Texts, Value::Array(list)) => self.list(&Form::Text, list, at),
            (Form::Mapping, Value::String(target)) => self.visitor.mapping(target, at),
            (Form::List(form), Value::Array(list)) => self.list(form, list, at),
            (Form::Map(form), Value::Object(members)) => self.members(form, members, false, at),
            (Form::Patterned(form), Value::Object(members)) => {
                self.members(form, members, true, at);
            }
            (Form::Object(object), Value::Object(members)) => self.object(object, members, at),
            (Form::Object(object), Value::Bool(_)) if object.boolean => {}
            _ => self.visitor.mismatch(form, self.holder, value, at),
        }
    }

    fn list(&mut self, form: &Form, list: &[Value], at: &At<'_>) {
        for (index, value) in list.iter().enumerate() {
            self.value(form, value, &at.element(index));
        }
    }

    fn members(&mut self, form: &Form, members: &Map<String, Value>, patterned: bool, at: &At<'_>) {
        for (name, value) in members {
            if !(patterned && name.starts_with("x-")) {
                self.value(form, value, &at.member(name));
            }
        }
    }

    fn object(&mut self, object: &'static Object, members: &Map<String, Value>, at: &At<'_>) {
        let outer = std::mem::replace(&mut self.holder, object);
        match members.get("$ref") {
            Some(Value::String(reference)) if object.component.is_some() => {
                self.visitor.reference(object, reference, at);
                // Only schemas may have members beside a reference (OpenAPI 3.1 section 4.8.24).
                if object.boolean {
                    self.known_members(object, members, at);
                }
            }
            Some(value) if object.component.is_some() => {
                self.visitor
                    .mismatch(&Form::Text, object, value, &at.member("$ref"));
            }
            _ => {
                self.visitor.object(object, members, at);
                self.known_members(object, members, at);
            }
        }
        self.holder = outer;
    }

    fn known_members(&mut self, object: &Object, members: &Map<String, Value>, at: &At<'_>) {
        for member in object.members {
            if let Some(value) = members.get(member.name) {
                self.value(&member.form, value, &at.member(member.name));
            }
        }
    }
}

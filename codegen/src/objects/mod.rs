//! The objects of OpenAPI as tables, and the walker that follows them through a document.

mod object;
mod tables;
mod walk;

pub(crate) use object::{Form, Object};
pub(crate) use tables::{DOCUMENT, OPERATION, component};
pub(crate) use walk::{At, Visitor, walk};

//! What a client is made of: our own record of the API, after lowering and naming.
//!
//! Every later stage reads the model alone. Every Rust name in it is final: valid, unique in its scope,
//! no keyword. Every text in it has been checked.

mod body;
mod client;
mod constant;
mod features;
mod names;
mod operation;
mod queries;
mod style;
mod types;

pub use body::{Body, BodyKind, Encoding};
pub use client::{
    ConstantHeader, Credential, CredentialKind, Environment, Model, Package, TokenSource,
};
pub use constant::Constant;
pub use operation::{Operation, Parameter, Response, ResponseBody, Status};
pub(crate) use queries::Tags;
pub use style::{Location, Style};
pub use types::{
    Access, Branch, Discriminator, EnumValue, Field, Schema, Shape, StringFormat, TypeDef,
};

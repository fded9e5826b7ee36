//! Where bearer tokens come from, as the packaging says.

use crate::config::{Config, TokenSourceConfig};
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::model::{
    BodyKind, CredentialKind, Field, Model, Operation, Schema, Shape, Status, TokenSource,
};
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::Input;

/// The token source of a model; every name that does not fit is a diagnostic.
pub(super) fn source(config: &Config, model: &Model, report: &mut Report) -> Option<TokenSource> {
    let config = config.token_source.as_ref()?;
    match Resolver(model).source(config) {
        Ok(source) => Some(source),
        Err((member, message)) => {
            let place = Pointer::root().join(["token_source", member]);
            let place = Place::Node(Input::Config, place);
            report.push(Diagnostic::new(
                &diagnostics::INVALID_TOKEN_SOURCE,
                place,
                message,
            ));
            None
        }
    }
}

/// The member of the packaging that is wrong, and how.
type Wrong = (&'static str, String);

struct Resolver<'a>(&'a Model);

impl<'a> Resolver<'a> {
    fn source(&self, config: &TokenSourceConfig) -> Result<TokenSource, Wrong> {
        let operation = self.operation(&config.operation, "operation")?;
        let success = self.fields(operation.1.success()).ok_or_else(|| {
            let message = format!(
                "`{}` has no one success that is an object",
                config.operation
            );
            ("operation", message)
        })?;
        if !self.needs_no_token(operation.1) {
            let message = format!("`{}` needs a bearer token itself", config.operation);
            return Err(("operation", message));
        }
        let token = self.secret(success, &config.token, "token")?;
        let expires_in = match &config.expires_in {
            Some(name) => Some(seconds(success, name)?),
            None => None,
        };
        let revoked_by = match (&config.revoked_by, &config.revoked_token) {
            (Some(id), Some(member)) => {
                let (index, revoking) = self.operation(id, "revoked_by")?;
                let body = revoking.body.as_ref().filter(|body| body.required);
                let fields = self.fields(body.map(|body| &body.schema)).ok_or_else(|| {
                    (
                        "revoked_by",
                        format!("`{id}` has no body that is an object"),
                    )
                })?;
                Some((index, self.secret(fields, member, "revoked_token")?))
            }
            _ => None,
        };
        Ok(TokenSource {
            operation: operation.0,
            token,
            always_expires: expires_in.as_ref().is_some_and(|(_, required)| *required),
            expires_in: expires_in.map(|(name, _)| name),
            revoked_by,
        })
    }

    /// Whether there is a way to call it without a bearer token.
    fn needs_no_token(&self, operation: &Operation) -> bool {
        let credentials = &self.0.credentials;
        let bearer = |index: &usize| {
            let credential = credentials.get(*index);
            credential.is_some_and(|credential| credential.kind == CredentialKind::Bearer)
        };
        let mut alternatives = operation.security.iter();
        operation.security.is_empty() || alternatives.any(|schemes| !schemes.iter().any(bearer))
    }

    fn operation(&self, id: &str, member: &'static str) -> Result<(usize, &'a Operation), Wrong> {
        let mut operations = self.0.operations.iter().enumerate();
        let found = operations.find(|(_, operation)| operation.id == id);
        found.ok_or_else(|| (member, format!("`{id}` is no chosen operation")))
    }

    fn fields(&self, schema: Option<&Schema>) -> Option<&'a [Field]> {
        let Some(Schema::Ref(name)) = schema else {
            return None;
        };
        match &self.0.types.get(name)?.shape {
            Shape::Struct { fields, .. } => Some(fields),
            _ => None,
        }
    }

    fn secret(&self, fields: &[Field], name: &str, member: &'static str) -> Result<String, Wrong> {
        let field = field(fields, name, member)?;
        let nullable = matches!(field.schema, Schema::Nullable(_));
        if field.required && !nullable && self.0.is_secret(&field.schema) {
            Ok(field.rust.clone())
        } else {
            Err((member, format!("`{name}` is not always a secret")))
        }
    }
}

fn field<'f>(fields: &'f [Field], name: &str, member: &'static str) -> Result<&'f Field, Wrong> {
    let found = fields.iter().find(|field| field.wire == name);
    found.ok_or_else(|| (member, format!("there is no member `{name}`")))
}

/// A lifetime's Rust name, and whether it must be there.
fn seconds(fields: &[Field], name: &str) -> Result<(String, bool), Wrong> {
    let field = field(fields, name, "expires_in")?;
    match &field.schema {
        Schema::Integer { .. } | Schema::Unsigned => Ok((field.rust.clone(), field.required)),
        _ => Err(("expires_in", format!("`{name}` is no whole number"))),
    }
}

impl Operation {
    /// The schema of its success, if it has a single one that is JSON.
    fn success(&self) -> Option<&Schema> {
        let mut successes = self.responses.iter().filter(|response| {
            let status = response.status;
            matches!(status, Status::Code(200..=299) | Status::Range(2))
        });
        let (Some(only), None) = (successes.next(), successes.next()) else {
            return None;
        };
        let body = only.body.as_ref()?;
        (body.kind == BodyKind::Json).then_some(&body.schema)
    }
}

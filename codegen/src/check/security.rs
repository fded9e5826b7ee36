//! Checks security schemes and the requirements that name them.

use serde_json::{Map, Value};

use super::context::Context;
use super::http_syntax;
use super::repair::Repair;
use crate::diagnostics;
use crate::pointer::Pointer;
use crate::select::METHODS;

/// What is done about a scheme that the client cannot serve.
const BY_THE_CALLER: &str = "the caller adds the credential to each call";

/// Checks every scheme and every requirement.
pub(super) fn check(context: &mut Context<'_>) {
    let root = context.root;
    requirements(context, &Pointer::root());
    let paths = Pointer::root().child("paths");
    for (path, item) in members(root, &paths) {
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            requirements(context, &paths.child(path).child(method));
        }
    }
    let schemes = Pointer::root().join(["components", "securitySchemes"]);
    for (name, _) in members(root, &schemes) {
        if let Some((place, Value::Object(scheme))) = context.resolve(schemes.child(name)) {
            self::scheme(context, scheme, &place);
        }
    }
}

fn members<'a>(
    root: &'a Value,
    pointer: &Pointer,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let object = pointer.get(root).and_then(Value::as_object);
    object.into_iter().flatten()
}

fn requirements(context: &mut Context<'_>, holder: &Pointer) {
    let place = holder.child("security");
    let list = place.get(context.root).and_then(Value::as_array);
    for (index, requirement) in list.into_iter().flatten().enumerate() {
        for (name, _) in requirement.as_object().into_iter().flatten() {
            let scheme = Pointer::root().join(["components", "securitySchemes", name]);
            if scheme.get(context.root).is_none() {
                let message = format!("`{name}` is not a security scheme");
                let place = place.child(index).child(name);
                let repair = Repair::lost(BY_THE_CALLER);
                context.fault(
                    &diagnostics::UNKNOWN_SECURITY_SCHEME,
                    &place,
                    message,
                    repair,
                );
            }
        }
    }
}

fn scheme(context: &mut Context<'_>, scheme: &Map<String, Value>, place: &Pointer) {
    let text = |name: &str| scheme.get(name).and_then(Value::as_str);
    match text("type") {
        Some("oauth2" | "openIdConnect") | None => {}
        Some("apiKey") => api_key(context, text("in"), text("name"), place),
        Some("http") => match text("scheme").map(str::to_ascii_lowercase).as_deref() {
            Some("basic" | "bearer") => {}
            Some(other) => {
                let message = format!("the client does not support the HTTP scheme `{other}`");
                context.diagnose(&diagnostics::UNSUPPORTED_SECURITY_SCHEME, place, message);
            }
            None => invalid(
                context,
                place,
                "the scheme of type `http` has no `scheme`",
                Repair::lost(BY_THE_CALLER),
            ),
        },
        Some("mutualTLS") => {
            let message = "the client does not present certificates";
            context.diagnose(&diagnostics::UNSUPPORTED_SECURITY_SCHEME, place, message);
        }
        Some(other) => {
            let message = format!("`{other}` is not a type of security scheme");
            let repair = Repair::lost(BY_THE_CALLER);
            invalid(context, &place.child("type"), &message, repair);
        }
    }
}

fn api_key(context: &mut Context<'_>, location: Option<&str>, name: Option<&str>, place: &Pointer) {
    match (location, name) {
        (Some("header"), Some(name)) if !http_syntax::is_token(name) => {
            let message = format!("`{name}` is not a valid header name");
            let repair = match http_syntax::trimmed_name(name) {
                Some(trimmed) => {
                    Repair::mended(format!("read as `{trimmed}`")).put(place.child("name"), trimmed)
                }
                None => unserved(place),
            };
            let place = place.child("name");
            context.fault(&diagnostics::INVALID_HEADER_NAME, &place, message, repair);
        }
        (Some("cookie"), Some(name)) if !http_syntax::is_token(name) => {
            let message = format!("`{name}` is not a valid cookie name (RFC 6265 section 4.1.1)");
            invalid(context, &place.child("name"), &message, unserved(place));
        }
        (Some("header" | "query" | "cookie"), Some(_)) => {}
        (Some("header" | "query" | "cookie"), None) => {
            let message = "the scheme of type `apiKey` has no `name`";
            invalid(context, place, message, unserved(place));
        }
        (Some(other), _) => {
            let message = format!("`{other}` is not a location for an API key");
            invalid(context, &place.child("in"), &message, unserved(place));
        }
        (None, _) => invalid(
            context,
            place,
            "the scheme of type `apiKey` has no `in`",
            Repair::lost(BY_THE_CALLER),
        ),
    }
}

/// Makes a scheme one that the client does not serve.
fn unserved(scheme: &Pointer) -> Repair {
    Repair::lost(BY_THE_CALLER).remove(scheme.child("in"))
}

fn invalid(context: &mut Context<'_>, place: &Pointer, message: &str, repair: Repair) {
    context.fault(
        &diagnostics::INVALID_SECURITY_SCHEME,
        place,
        message,
        repair,
    );
}

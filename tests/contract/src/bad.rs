//! Requests that are bad on purpose, each in one way, made from a good one.

use monite_client::runtime::reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use monite_client::runtime::reqwest::{Body, Request};
use serde_json::Value;

use crate::declared::Operation;

/// The credential of requests that are sent by hand, as of the client's own.
pub(crate) const TOKEN: &str = "a-bearer-token";

/// A request that must be refused.
pub(crate) struct Bad {
    /// What it lacks, or has too much.
    pub(crate) what: String,
    /// What an objection must name: one to anything else would hide that this was overlooked.
    pub(crate) named: String,
    pub(crate) request: Request,
}

/// The request as the client would send it. `.request()` has no credential: that comes with
/// sending.
pub(crate) fn authorized(good: &Request, operation: &Operation) -> Option<Request> {
    let mut request = good.try_clone()?;
    if operation.secured {
        let value = HeaderValue::try_from(format!("Bearer {TOKEN}")).ok()?;
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    Some(request)
}

/// One request for each thing that can be left out: the credential, a header, the body, a member
/// of it; and one with a member that nobody knows. `None` if the good one cannot be taken apart.
pub(crate) fn requests(good: &Request, operation: &Operation) -> Option<Vec<Bad>> {
    let mut bad = Vec::new();
    let mut add = |what: &str, named: &str, change: &dyn Fn(&mut Request)| {
        let mut request = authorized(good, operation)?;
        change(&mut request);
        let (what, named) = (what.to_owned(), named.to_lowercase());
        bad.push(Bad {
            what,
            named,
            request,
        });
        Some(())
    };
    if operation.secured {
        add("no credential", "security", &|request| {
            request.headers_mut().remove(AUTHORIZATION);
        })?;
    }
    for header in &operation.headers {
        let name = HeaderName::try_from(header).ok()?;
        add(&format!("no header {header}"), header, &|request| {
            request.headers_mut().remove(&name);
        })?;
    }
    let Some(body) = good.body() else {
        return Some(bad);
    };
    let body: Value = serde_json::from_slice(body.as_bytes()?).ok()?;
    add("no body", "body", &|request| *request.body_mut() = None)?;
    for member in body.as_object()?.keys() {
        let mut less = body.clone();
        less.as_object_mut()?.remove(member);
        add(&format!("no member {member}"), member, &put(&less))?;
    }
    let mut more = body;
    more.as_object_mut()?
        .insert("surplus".to_owned(), Value::Bool(true));
    add("a member too much", "surplus", &put(&more))?;
    Some(bad)
}

fn put(body: &Value) -> impl Fn(&mut Request) {
    let text = body.to_string();
    move |request| *request.body_mut() = Some(Body::from(text.clone()))
}

#[cfg(test)]
mod tests {
    use monite_client::runtime::reqwest::{Body, Method, Request, Url};

    use super::{authorized, requests};
    use crate::declared::Operation;

    #[test]
    fn each_request_is_bad_in_one_way() {
        let mut good = Request::new(Method::POST, Url::parse("http://localhost/a").unwrap());
        good.headers_mut().insert("x-a", "1".parse().unwrap());
        *good.body_mut() = Some(Body::from(r#"{"b":1,"c":2}"#));
        let operation = Operation {
            id: "a".to_owned(),
            way: "POST /a".to_owned(),
            statuses: Vec::new(),
            secured: true,
            headers: vec!["x-a".to_owned()],
        };
        let whole = shown(&authorized(&good, &operation).unwrap());
        assert_eq!(whole, r#"authorized, x-a, {"b":1,"c":2}"#);
        let bad = requests(&good, &operation).unwrap();
        let bad: Vec<String> = bad
            .iter()
            .map(|bad| format!("{}: {}", bad.what, shown(&bad.request)))
            .collect();
        assert_eq!(
            bad,
            [
                r#"no credential: x-a, {"b":1,"c":2}"#,
                r#"no header x-a: authorized, {"b":1,"c":2}"#,
                "no body: authorized, x-a, ",
                r#"no member b: authorized, x-a, {"c":2}"#,
                r#"no member c: authorized, x-a, {"b":1}"#,
                r#"a member too much: authorized, x-a, {"b":1,"c":2,"surplus":true}"#,
            ]
        );
    }

    fn shown(request: &Request) -> String {
        let header = |name: &str, shown: &'static str| {
            let there = request.headers().contains_key(name);
            if there { shown } else { "" }
        };
        let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
        let (credential, other) = (
            header("authorization", "authorized, "),
            header("x-a", "x-a, "),
        );
        format!("{credential}{other}{}", String::from_utf8_lossy(body))
    }
}

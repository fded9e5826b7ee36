//! The security schemes, each a setter on the client's builder.

use std::collections::BTreeMap;

use super::super::pair::Pair;
use super::super::row::{At, Row, Rows};
use super::super::rules;
use crate::model::{Credential, CredentialKind, Location};
use crate::pointer::Pointer;

/// What each scheme of the old side is called on the new one: by its name in the document, or else
/// by the setter, which is what callers know of it.
pub(in crate::diff) fn schemes<'a>(pair: &Pair<'a>) -> BTreeMap<&'a str, &'a str> {
    let (old, new) = (&pair.old.credentials, &pair.new.credentials);
    let is_in = |list: &[Credential], name: &str| list.iter().any(|it| it.scheme == name);
    let both = old.iter().filter_map(|was| {
        let of_name = new.iter().find(|it| it.scheme == was.scheme);
        let of_setter = || {
            let mut fresh = new.iter().filter(|it| !is_in(old, &it.scheme));
            fresh.find(|it| it.rust == was.rust && same_kind(was, it))
        };
        let now = of_name.or_else(of_setter)?;
        Some((was.scheme.as_str(), now.scheme.as_str()))
    });
    both.collect()
}

fn same_kind(old: &Credential, new: &Credential) -> bool {
    std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind)
}

fn items(it: &Credential) -> [String; 2] {
    let setter = |name: &str| format!("ClientBuilder::{name}");
    [setter(&it.rust), setter(&it.source)]
}

fn call(it: &Credential) -> String {
    match it.kind {
        CredentialKind::Basic => format!("builder.{}(user, password)", it.rust),
        CredentialKind::Bearer => format!("builder.{}(token)", it.rust),
        CredentialKind::ApiKey { .. } => format!("builder.{}(key)", it.rust),
    }
}

/// Compares the security schemes.
pub(super) fn compare(pair: &Pair<'_>, rows: &mut Rows) {
    let schemes = schemes(pair);
    let place = Pointer::root().join(["components", "securitySchemes"]);
    for old in &pair.old.credentials {
        let now = schemes.get(&*old.scheme);
        let now = now.and_then(|name| pair.new.credentials.iter().find(|it| it.scheme == **name));
        match now {
            Some(new) => both(pair, (old, new), &place, rows),
            None => {
                let at = At::old(&place.child(&old.scheme));
                let row = Row::new(&rules::CREDENTIAL_REMOVED, at, format!("`{}`", old.scheme));
                rows.push(row.items(items(old)).call(call(old), None));
            }
        }
    }
    for new in &pair.new.credentials {
        if schemes.values().all(|it| *it != new.scheme) {
            let at = At::new(&place.child(&new.scheme));
            let row = Row::new(&rules::CREDENTIAL_ADDED, at, format!("`{}`", new.scheme));
            rows.push(row.items(items(new)));
        }
    }
}

fn both(pair: &Pair<'_>, (old, new): (&Credential, &Credential), place: &Pointer, rows: &mut Rows) {
    let row = |rule, detail: String| {
        let row = Row::new(rule, At::new(&place.child(&new.scheme)), detail);
        row.items(items(old)).items(items(new))
    };
    let name = || format!("`{}`", new.scheme);
    let sent = (travels(old), travels(new));
    let respelled = matches!(&sent, (Some(was), Some(now))
        if was.starts_with("header") && was.eq_ignore_ascii_case(now));
    // Under another name, and sent elsewhere: nothing says that it is the same key.
    let replaced = old.scheme != new.scheme && sent.0 != sent.1 && !respelled;
    if old.scheme != new.scheme {
        let detail = format!("`{}` → {}", old.scheme, name());
        let rule = if replaced {
            &rules::CREDENTIAL_REPLACED
        } else {
            &rules::CREDENTIAL_SCHEME
        };
        let row = row(rule, detail);
        // Who needs it names it.
        let needed = pair.operations.iter().map(|(_, it)| it.pointer.clone());
        let needed = needed
            .chain([Pointer::root()])
            .map(|it| it.child("security"));
        let needed: Vec<Pointer> = needed.chain([place.child(&old.scheme)]).collect();
        rows.push(row.covers(&needed));
    }
    if !same_kind(old, new) {
        rows.push(row(&rules::CREDENTIAL_RETYPED, name()).call(call(old), Some(call(new))));
    } else if old.rust != new.rust {
        rows.push(row(&rules::CREDENTIAL_RENAMED, name()).call(call(old), Some(call(new))));
    }
    if let (Some(was), Some(now)) = sent
        && was != now
    {
        let rule = if respelled {
            &rules::HEADER_SPELLED
        } else {
            &rules::CREDENTIAL_MOVED
        };
        rows.push(row(rule, format!("{}: {was} → {now}", name())));
    }
}

/// Where an API key is sent.
fn travels(it: &Credential) -> Option<String> {
    let CredentialKind::ApiKey { location, name } = &it.kind else {
        return None;
    };
    let place = match location {
        Location::Header => "header",
        Location::Query => "query parameter",
        Location::Cookie => "cookie",
        Location::Path => "path parameter",
    };
    Some(format!("{place} `{name}`"))
}

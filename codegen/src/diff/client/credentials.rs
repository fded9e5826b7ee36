//! Compares security schemes, each a setter on the client's builder.

use std::collections::BTreeMap;

use super::super::change::{Change, Changes, Origin};
use super::super::matching::MatchedModels;
use super::super::rules::{self, Rule};
use crate::model::{Credential, CredentialKind, Location};
use crate::pointer::Pointer;

/// Returns the new name of each old scheme. Schemes are matched by their name in the document, or
/// else by their setter, which is what callers know.
pub(in crate::diff) fn matched_schemes<'a>(
    models: &MatchedModels<'a>,
) -> BTreeMap<&'a str, &'a str> {
    let (old, new) = (&models.old.credentials, &models.new.credentials);
    let matched = old.iter().filter_map(|was| {
        let same_setter = || {
            let mut added = new.iter().filter(|now| find(old, &now.scheme).is_none());
            added.find(|now| now.rust == was.rust && is_same_kind(was, now))
        };
        let now = find(new, &was.scheme).or_else(same_setter)?;
        Some((was.scheme.as_str(), now.scheme.as_str()))
    });
    matched.collect()
}

/// Compares the security schemes.
pub(super) fn compare(models: &MatchedModels<'_>, changes: &mut Changes) {
    let schemes = matched_schemes(models);
    for old in &models.old.credentials {
        let name = schemes.get(&*old.scheme);
        match name.and_then(|name| find(&models.new.credentials, name)) {
            Some(new) => CredentialPair { models, old, new }.compare(changes),
            None => {
                let at = Origin::in_old(&pointer(&old.scheme));
                let detail = format!("`{}`", old.scheme);
                let change = Change::new(&rules::CREDENTIAL_REMOVED, at, detail);
                changes.push(change.items(items(old)).usage(builder_call(old), None));
            }
        }
    }
    for new in &models.new.credentials {
        if schemes.values().all(|name| *name != new.scheme) {
            let at = Origin::in_new(&pointer(&new.scheme));
            let detail = format!("`{}`", new.scheme);
            let change = Change::new(&rules::CREDENTIAL_ADDED, at, detail);
            changes.push(change.items(items(new)));
        }
    }
}

fn find<'c>(list: &'c [Credential], scheme: &str) -> Option<&'c Credential> {
    list.iter().find(|credential| credential.scheme == scheme)
}

fn is_same_kind(old: &Credential, new: &Credential) -> bool {
    std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind)
}

fn pointer(scheme: &str) -> Pointer {
    Pointer::root().join(["components", "securitySchemes", scheme])
}

fn items(credential: &Credential) -> [String; 2] {
    let setter = |name: &str| format!("ClientBuilder::{name}");
    [setter(&credential.rust), setter(&credential.source)]
}

fn builder_call(credential: &Credential) -> String {
    let arguments = match credential.kind {
        CredentialKind::Basic => "user, password",
        CredentialKind::Bearer => "token",
        CredentialKind::ApiKey { .. } => "key",
    };
    format!("builder.{}({arguments})", credential.rust)
}

/// A security scheme that both sides have.
struct CredentialPair<'a> {
    models: &'a MatchedModels<'a>,
    old: &'a Credential,
    new: &'a Credential,
}

impl CredentialPair<'_> {
    fn change(&self, rule: &'static Rule, detail: String) -> Change {
        let at = Origin::in_new(&pointer(&self.new.scheme));
        let change = Change::new(rule, at, detail);
        change.items(items(self.old)).items(items(self.new))
    }

    fn name(&self) -> String {
        format!("`{}`", self.new.scheme)
    }

    /// Whether an API key is sent in the same header, written in another case.
    fn is_respelled(&self) -> bool {
        match (sent_in(self.old), sent_in(self.new)) {
            (Some(was), Some(now)) => was.starts_with("header") && was.eq_ignore_ascii_case(&now),
            _ => false,
        }
    }

    fn compare(&self, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        if old.scheme != new.scheme {
            changes.push(self.renamed());
        }
        let calls = (builder_call(old), Some(builder_call(new)));
        if !is_same_kind(old, new) {
            let change = self.change(&rules::CREDENTIAL_RETYPED, self.name());
            changes.push(change.usage(calls.0, calls.1));
        } else if old.rust != new.rust {
            let change = self.change(&rules::CREDENTIAL_RENAMED, self.name());
            changes.push(change.usage(calls.0, calls.1));
        }
        if let (Some(was), Some(now)) = (sent_in(old), sent_in(new))
            && was != now
        {
            let rule = if self.is_respelled() {
                &rules::HEADER_SPELLED
            } else {
                &rules::CREDENTIAL_MOVED
            };
            changes.push(self.change(rule, format!("{}: {was} → {now}", self.name())));
        }
    }

    /// Returns the change of a scheme with another name in the document.
    fn renamed(&self) -> Change {
        let is_sent_elsewhere = sent_in(self.old) != sent_in(self.new) && !self.is_respelled();
        // Under another name and sent elsewhere, the key may be another one.
        let rule = if is_sent_elsewhere {
            &rules::CREDENTIAL_REPLACED
        } else {
            &rules::CREDENTIAL_SCHEME
        };
        let detail = format!("`{}` → {}", self.old.scheme, self.name());
        // Every security requirement names the scheme.
        let operations = self.models.operations.iter();
        let holders = operations.map(|(_, operation)| operation.pointer.clone());
        let holders = holders.chain([Pointer::root()]);
        let requirements = holders.map(|holder| holder.child("security"));
        let requirements: Vec<Pointer> = requirements.collect();
        let change = self.change(rule, detail).covers(&requirements);
        change.covers([&pointer(&self.old.scheme)])
    }
}

/// Returns where an API key is sent.
fn sent_in(credential: &Credential) -> Option<String> {
    let CredentialKind::ApiKey { location, name } = &credential.kind else {
        return None;
    };
    let location = match location {
        Location::Header => "header",
        Location::Query => "query parameter",
        Location::Cookie => "cookie",
        Location::Path => "path parameter",
    };
    Some(format!("{location} `{name}`"))
}

//! How the client obtains bearer tokens by itself.

use super::super::call;
use super::super::pair::Pair;
use super::super::row::{At, Row, Rows};
use super::super::rules;
use crate::model::{Model, TokenSource};
use crate::pointer::Pointer;
use crate::source::Input;

/// Compares the sources of tokens.
pub(super) fn compare(pair: &Pair<'_>, rows: &mut Rows) {
    let place = Pointer::root().child("token_source");
    let item = "Client::token_source";
    match (&pair.old.token_source, &pair.new.token_source) {
        (None, Some(_)) => {
            let at = At::new(&place).of(Input::Config);
            rows.push(Row::new(&rules::TOKENS_ADDED, at, "").item(item));
        }
        (Some(source), None) => {
            let at = At::old(&place).of(Input::Config);
            let row = Row::new(&rules::TOKENS_REMOVED, at, "").item(item);
            let issues = pair.old.operations.get(source.operation);
            let given = issues.map(call::arguments).unwrap_or_default().join(", ");
            rows.push(row.call(format!("client.token_source({given})"), None));
        }
        (Some(old), Some(new)) => {
            let at = || At::new(&place).of(Input::Config);
            let facts = facts(old, pair.old).into_iter().zip(facts(new, pair.new));
            for (was, now) in facts.filter(|(was, now)| was.1 != now.1) {
                let detail = format!("{}: {} → {}", now.0, was.1, now.1);
                rows.push(Row::new(&rules::TOKENS_CHANGED, at(), detail));
            }
        }
        (None, None) => {}
    }
}

/// What a source of tokens does, each with what it is called.
fn facts(source: &TokenSource, model: &Model) -> [(&'static str, String); 4] {
    let operation = |index: usize| {
        let found = model.operations.get(index);
        let title = found.map(|it| format!("`{} {}`", it.method, it.path));
        title.unwrap_or_default()
    };
    let lifetime = source.expires_in.as_ref();
    let lifetime = lifetime.map(|name| {
        if source.always_expires {
            format!("`{name}`, which is always there")
        } else {
            format!("`{name}`, where it is there")
        }
    });
    let none = || "none".to_owned();
    let revoked = source.revoked_by.as_ref();
    let revoked = revoked.map(|(at, member)| format!("{} with `{member}`", operation(*at)));
    [
        ("issued by", operation(source.operation)),
        ("token", format!("`{}`", source.token)),
        ("lifetime", lifetime.unwrap_or_else(none)),
        ("revoked by", revoked.unwrap_or_else(none)),
    ]
}

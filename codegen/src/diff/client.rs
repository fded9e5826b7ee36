//! What belongs to the client as a whole.

use super::call;
use super::pair::Pair;
use super::row::{At, Row, Rows};
use super::rules;
use super::schema::Place;
use crate::model::{
    ConstantHeader, Credential, CredentialKind, Environment, Model, Operation, Parameter,
};
use crate::pointer::Pointer;
use crate::source::Input;

/// Compares the packaging, environments, credentials and constant headers.
pub(super) fn compare(pair: &Pair<'_>, rows: &mut Rows) {
    let (old, new) = (&pair.old.package.name, &pair.new.package.name);
    if old != new {
        let at = At::new(&Pointer::root().join(["package", "name"])).of(Input::Config);
        let row = Row::new(&rules::PACKAGE_RENAMED, at, format!("`{old}` → `{new}`"));
        let import = |name: &str| format!("use {}::Client;", name.replace('-', "_"));
        rows.push(row.call(import(old), Some(import(new))));
    }
    environments(pair, rows);
    credentials(pair, rows);
    constants(pair, rows);
    tokens(pair, rows);
}

fn environments(pair: &Pair<'_>, rows: &mut Rows) {
    let (old, new) = (&pair.old.environments, &pair.new.environments);
    let place = Pointer::root().child("environments");
    let servers = Pointer::root().child("servers");
    let item = |it: &Environment| format!("Environment::{}", it.rust);
    // What the packaging does not name is one of the document's servers.
    let stands = |it: &Environment, index: usize, at: fn(&Pointer) -> At| match &it.pointer {
        Some(pointer) => at(pointer),
        None => at(&place.child(index)).of(Input::Config),
    };
    let row = |rule, at: At, detail| Row::new(rule, at, detail).covers([&servers]);
    for (index, before) in old.iter().enumerate() {
        let at = stands(before, index, At::old);
        match new.iter().find(|it| it.rust == before.rust) {
            Some(after) if after.url != before.url => {
                let detail = format!("`{}`: {} → {}", before.rust, before.url, after.url);
                let now = new.iter().position(|it| it.rust == after.rust);
                let at = stands(after, now.unwrap_or(index), At::new);
                rows.push(row(&rules::ENVIRONMENT_MOVED, at, detail).item(item(before)));
            }
            Some(_) => {}
            None => match new.iter().find(|it| it.url == before.url) {
                Some(after) if old.iter().all(|it| it.rust != after.rust) => {
                    let detail = format!("`{}` → `{}`", before.rust, after.rust);
                    let row = row(&rules::ENVIRONMENT_RENAMED, at, detail);
                    let row = row.item(item(before)).item(item(after));
                    rows.push(row.call(item(before), Some(item(after))));
                }
                _ => {
                    let row = row(
                        &rules::ENVIRONMENT_REMOVED,
                        at,
                        format!("`{}`", before.rust),
                    );
                    let custom = format!("Environment::custom(\"{}\")?", before.url);
                    rows.push(row.item(item(before)).call(item(before), Some(custom)));
                }
            },
        }
    }
    for (index, after) in new.iter().enumerate() {
        let known = |it: &Environment| it.rust == after.rust;
        let renamed =
            |it: &Environment| it.url == after.url && new.iter().all(|other| other.rust != it.rust);
        if !old.iter().any(|it| known(it) || renamed(it)) {
            let at = stands(after, index, At::new);
            let detail = format!("`{}`: {}", after.rust, after.url);
            rows.push(row(&rules::ENVIRONMENT_ADDED, at, detail).item(item(after)));
        }
    }
}

fn credentials(pair: &Pair<'_>, rows: &mut Rows) {
    let place = Pointer::root().join(["components", "securitySchemes"]);
    let setter = |name: &str| format!("ClientBuilder::{name}");
    let items = |it: &Credential| [setter(&it.rust), setter(&it.source)];
    let call = |it: &Credential| match it.kind {
        CredentialKind::Basic => format!("builder.{}(user, password)", it.rust),
        CredentialKind::Bearer => format!("builder.{}(token)", it.rust),
        CredentialKind::ApiKey { .. } => format!("builder.{}(key)", it.rust),
    };
    for old in &pair.old.credentials {
        let place = place.child(&old.scheme);
        let name = format!("`{}`", old.scheme);
        let Some(new) = pair
            .new
            .credentials
            .iter()
            .find(|it| it.scheme == old.scheme)
        else {
            let row = Row::new(&rules::CREDENTIAL_REMOVED, At::old(&place), name);
            rows.push(row.items(items(old)).call(call(old), None));
            continue;
        };
        let row = |rule| {
            let row = Row::new(rule, At::new(&place), name.clone());
            row.items(items(old)).items(items(new))
        };
        if std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind) {
            rows.push(row(&rules::CREDENTIAL_RETYPED).call(call(old), Some(call(new))));
        } else if old.rust != new.rust {
            rows.push(row(&rules::CREDENTIAL_RENAMED).call(call(old), Some(call(new))));
        } else if old.kind != new.kind {
            rows.push(row(&rules::CREDENTIAL_MOVED));
        }
    }
    for new in &pair.new.credentials {
        if pair
            .old
            .credentials
            .iter()
            .all(|it| it.scheme != new.scheme)
        {
            let at = At::new(&place.child(&new.scheme));
            let row = Row::new(&rules::CREDENTIAL_ADDED, at, format!("`{}`", new.scheme));
            rows.push(row.items(items(new)));
        }
    }
}

fn constants(pair: &Pair<'_>, rows: &mut Rows) {
    let place = Pointer::root().child("constant_headers");
    let find = |list: &[ConstantHeader], wire: &str| {
        list.iter()
            .position(|it| it.wire.eq_ignore_ascii_case(wire))
    };
    for (index, old) in pair.old.constants.iter().enumerate() {
        let found = find(&pair.new.constants, &old.wire);
        match found.and_then(|at| Some((at, pair.new.constants.get(at)?))) {
            Some((at, new)) => constant(pair, old, new, &place.child(at), rows),
            None => {
                let at = At::old(&place.child(index)).of(Input::Config);
                let row = Row::new(&rules::CONSTANT_REMOVED, at, format!("`{}`", old.wire));
                let call = format!("builder.{}({})", old.rust, old.rust);
                let row = row.item(builder(old)).items(setters(old, pair.old));
                rows.push(row.call(call, None));
            }
        }
    }
    for (index, new) in pair.new.constants.iter().enumerate() {
        if find(&pair.old.constants, &new.wire).is_none() {
            let at = At::new(&place.child(index)).of(Input::Config);
            let row = Row::new(&rules::CONSTANT_ADDED, at, format!("`{}`", new.wire));
            rows.push(row.item(builder(new)).items(setters(new, pair.new)));
        }
    }
}

/// The setters of a header on the requests that take it.
fn setters(header: &ConstantHeader, model: &Model) -> Vec<String> {
    let is_it =
        |it: &Parameter| it.constant.is_some() && it.wire.eq_ignore_ascii_case(&header.wire);
    let requests = model.operations.iter();
    let requests = requests.filter(|it| it.parameters.iter().any(is_it));
    let setter = |it: &Operation| format!("{}::{}::{}", it.module, it.type_name, header.rust);
    requests.map(setter).collect()
}

fn builder(header: &ConstantHeader) -> String {
    format!("ClientBuilder::{}", header.rust)
}

fn constant(
    pair: &Pair<'_>,
    old: &ConstantHeader,
    new: &ConstantHeader,
    place: &Pointer,
    rows: &mut Rows,
) {
    let at = || At::new(place).of(Input::Config);
    let wire = &new.wire;
    if old.rust != new.rust {
        let detail = format!("`{wire}`: `{}` → `{}`", old.rust, new.rust);
        let row = Row::new(&rules::CONSTANT_RENAMED, at(), detail);
        let call = |it: &ConstantHeader| format!("builder.{}({})", it.rust, it.rust);
        let row = row.item(builder(old)).item(builder(new));
        let row = row
            .items(setters(old, pair.old))
            .items(setters(new, pair.new));
        rows.push(row.call(call(old), Some(call(new))));
    }
    if old.default != new.default {
        let shown = |it: &ConstantHeader| {
            let default = it.default.as_ref();
            default.map_or("none".to_owned(), |text| format!("`{text}`"))
        };
        let rule = match new.default {
            Some(_) => &rules::CONSTANT_DEFAULT,
            None => &rules::CONSTANT_UNSET,
        };
        let detail = format!("`{wire}`: {} → {}", shown(old), shown(new));
        let row = Row::new(rule, at(), detail).item(builder(new));
        rows.push(row.covers([&Pointer::root().join(["info", "version"])]));
    }
    Place {
        what: format!("constant header `{wire}`"),
        at: at(),
        old: (&old.schema, false),
        new: (&new.schema, false),
        items: [vec![builder(new)], setters(new, pair.new)].concat(),
        call: None,
        apart: false,
    }
    .compare(pair, rows);
}

fn tokens(pair: &Pair<'_>, rows: &mut Rows) {
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
        _ => {}
    }
}

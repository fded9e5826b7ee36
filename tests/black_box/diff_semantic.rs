//! Edits that old calls survive: the row says what is sent or read now, and its level is what such
//! a caller deserves. Where nothing is gone from the crate, the level is no major one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tests::workspace::Workspace;

use crate::diff::{commit, diff, initialize};
use crate::output::root;

const DOCUMENT: &str = "openapi/depot/openapi.yaml";

/// Edits at once, each row that they give (level, rule and detail), and what becomes of the crate.
pub type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], Api);

/// What old calls find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Everything is there, with the same types.
    Stays,
    /// Something is gone, or of another type.
    Breaks,
}

use Api::{Breaks, Stays};

/// A repository with the client of `fixtures/depot.yaml`.
fn repository() -> Workspace {
    let workspace = Workspace::empty();
    workspace.write("Cargo.toml", "[workspace]\n");
    let document = std::fs::read_to_string(root().join("tests/fixtures/depot.yaml"));
    workspace.write(DOCUMENT, &document.expect("it is there"));
    let made = workspace.xtask(&["regenerate"]);
    assert_eq!(made.code, Some(0), "{}", made.transcript());
    initialize(&workspace);
    workspace
}

/// The lines of the crate's public API, without the names of arguments, which callers do not write.
fn api(workspace: &Workspace) -> BTreeSet<String> {
    let folder = "generated/depot-client/";
    let files = workspace.tree().into_iter().filter_map(|(path, bytes)| {
        let path = path.strip_prefix(folder)?.to_owned();
        Some((path, String::from_utf8(bytes).ok()?))
    });
    let files: BTreeMap<String, String> = files.collect();
    let lines = codegen::api_listing::lines(&files).expect("it is Rust");
    lines.iter().map(|line| without_names(line)).collect()
}

/// `f(&self, a: A, b: B)` as `f(&self, A, B)`.
fn without_names(line: &str) -> String {
    let Some((head, arguments)) = line.split_once('(') else {
        return line.to_owned();
    };
    let types = arguments
        .split(", ")
        .map(|argument| match argument.split_once(": ") {
            Some((name, ty)) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => ty,
            _ => argument,
        });
    format!("{head}({}", types.collect::<Vec<_>>().join(", "))
}

/// Makes each case's edits, and looks at the page and at the crate.
#[track_caller]
pub fn check(prepared: &[(&str, &str)], cases: &[Case<'_>]) {
    let workspace = repository();
    for (from, to) in prepared {
        workspace.edit(DOCUMENT, from, to);
    }
    if !prepared.is_empty() {
        assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
        commit(&workspace);
    }
    let (before, old) = (workspace.read(DOCUMENT), api(&workspace));
    for (edits, expected, api_is) in cases {
        for (from, to) in *edits {
            workspace.edit(DOCUMENT, from, to);
        }
        let ran = diff(&workspace, &["HEAD", "--format", "json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.transcript());
        let page: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
        let client = &page["clients"][0];
        assert_eq!(rows(client), *expected, "{edits:?}\n{}", ran.stdout);
        assert_eq!(client["unexplained"], Value::Array(Vec::new()), "{edits:?}");
        places_exist(client, &before, &workspace.read(DOCUMENT));
        // What no row is about is listed, and the rest is not.
        let quiet = client["document_only"].as_array().expect("it is a list");
        let listed = quiet
            .iter()
            .any(|value| value["prose"] == Value::Bool(false));
        assert_eq!(listed, expected.is_empty(), "{edits:?}\n{}", ran.stdout);
        let made = workspace.xtask(&["regenerate"]);
        assert_eq!(made.code, Some(0), "{}", made.transcript());
        let new = api(&workspace);
        let gone: Vec<&String> = old.difference(&new).collect();
        let found = if gone.is_empty() { Stays } else { Breaks };
        assert_eq!(found, *api_is, "{edits:?}\n{gone:#?}");
        // Who breaks nothing is still judged by what an old call does.
        assert!(client["level"] == "major" || *api_is == Stays, "{edits:?}");
        workspace.write(DOCUMENT, &before);
        assert_eq!(workspace.xtask(&["regenerate"]).code, Some(0));
    }
}

/// Each pointer leads to a node of the side that it names.
#[track_caller]
pub fn places_exist(client: &Value, old: &str, new: &str) {
    let [old, new] =
        [old, new].map(|text| -> Value { serde_yaml::from_str(text).expect("it is YAML") });
    let lists =
        ["changes", "document_only"].map(|name| client[name].as_array().expect("it is a list"));
    for it in lists.into_iter().flatten() {
        let root = if it["old"] == Value::Bool(true) {
            &old
        } else {
            &new
        };
        let pointer = it["pointer"].as_str().expect("it is text");
        assert!(root.pointer(pointer).is_some(), "{it:#}");
    }
}

fn rows(client: &Value) -> Vec<String> {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let row = |change: &Value| {
        let (level, rule) = (text(change, "level"), text(change, "rule"));
        format!("{level} {rule}: {}", text(change, "detail"))
    };
    client["changes"]
        .as_array()
        .expect("it is a list")
        .iter()
        .map(row)
        .collect()
}

#[test]
fn expressions_of_paths() {
    check(
        &[],
        &[
            (
                &[("/places/{hall}/{shelf}:", "/places/{shelf}/{hall}:")],
                &[
                    "minor path-arguments-moved: `get_place`: `/places/{hall}/{shelf}` → `/places/{shelf}/{hall}`",
                ],
                Stays,
            ),
            // The names moved on, and what they name stayed.
            (
                &[
                    (
                        "/halls/{id}/doors/{door_id}:",
                        "/halls/{hall_id}/doors/{id}:",
                    ),
                    (
                        "name: id, in: path, required: true, description",
                        "name: hall_id, in: path, required: true, description",
                    ),
                    ("name: door_id", "name: id"),
                ],
                &[
                    "major arguments-swapped: `GET /halls/{hall_id}/doors/{id}`: `door_id` (now `id`) is read as `hall_id`, `id` (now `hall_id`) is read as `id`",
                    "patch required-parameter-renamed: `id` → path parameter `hall_id` of `GET /halls/{hall_id}/doors/{id}`",
                    "patch required-parameter-renamed: `door_id` → path parameter `id` of `GET /halls/{hall_id}/doors/{id}`",
                ],
                Stays,
            ),
        ],
    );
}

#[test]
fn names_of_parameters() {
    check(
        &[],
        &[
            (
                &[("name: page_size,", "name: pageSize,")],
                &[
                    "patch parameter-sent-under-another-name: `page_size` → query parameter `pageSize` of `GET /moves`",
                ],
                Stays,
            ),
            (
                &[("name: desk_id,", "name: deskId,")],
                &[
                    "patch parameter-sent-under-another-name: `desk_id` → cookie `deskId` of `GET /moves`",
                ],
                Stays,
            ),
            (
                &[("name: X-Trace,", "name: X_Trace,")],
                &[
                    "patch parameter-sent-under-another-name: `X-Trace` → header `X_Trace` of `GET /moves`",
                ],
                Stays,
            ),
            (
                &[("name: X-Trace,", "name: x-trace,")],
                &["patch header-spelled-otherwise: `X-Trace` → header `x-trace` of `GET /moves`"],
                Stays,
            ),
            (
                &[("name: giver,", "name: Giver,")],
                &[
                    "patch parameter-sent-under-another-name: `giver` → query parameter `Giver` of `GET /moves`",
                ],
                Stays,
            ),
            (
                &[(
                    "{name: kinds, in: query, schema",
                    "{name: kinds, in: query, explode: false, schema",
                )],
                &[
                    "patch parameter-style-changed: query parameter `kinds` of `GET /moves`: `form`, exploded → `form`",
                ],
                Stays,
            ),
            // The description fits both.
            (
                &[("name: giver,", "name: taker,")],
                &[
                    "major argument-replaced: query parameter `giver` → query parameter `taker` of `GET /moves`",
                ],
                Stays,
            ),
            (
                &[(
                    "name: giver, in: query, required: true, description: An account.",
                    "name: X-Taker, in: header, required: true",
                )],
                &[
                    "major argument-replaced: query parameter `giver` → header `X-Taker` of `GET /moves`",
                ],
                Stays,
            ),
        ],
    );
}

#[test]
fn arguments_in_another_order() {
    let two = "        - {name: giver, in: query, required: true, description: An account., schema: {type: string}}\n";
    let more = format!(
        "{two}        - {{name: at, in: query, required: true, schema: {{type: string}}}}\n"
    );
    check(
        &[(two, &more)],
        &[
            // The rest move up, and the new one takes the last place.
            (
                &[("name: at,", "name: on,")],
                &[
                    "major arguments-swapped: `GET /moves`: `at` is read as `giver`, `giver` is read as `on`",
                    "major required-parameter-added: query parameter `on` of `GET /moves`",
                    "major required-parameter-removed: query parameter `at` of `GET /moves`",
                ],
                Stays,
            ),
        ],
    );
    check(
        &[],
        &[
            // The compiler refuses old calls.
            (
                &[
                    (
                        "name: id, in: path, required: true, schema",
                        "name: id, in: query, required: true, schema",
                    ),
                    ("/moves/{id}:", "/moves/{level}:"),
                    ("name: level, in: query", "name: level, in: path"),
                ],
                &[
                    "major arguments-reordered: `POST /moves/{level}`",
                    "minor path-arguments-moved: `add_move`: `/moves/{id}` → `/moves/{level}`",
                    "patch parameter-moved: path parameter → query parameter `id` of `POST /moves/{level}`",
                    "patch parameter-moved: query parameter → path parameter `level` of `POST /moves/{level}`",
                ],
                Breaks,
            ),
        ],
    );
}

#[test]
fn credentials_of_one_setter() {
    check(
        &[],
        &[
            (
                &[("Key: []", "ApiKey: []"), ("Key: {type", "ApiKey: {type")],
                &["patch credential-scheme-renamed: `Key` → `ApiKey`"],
                Stays,
            ),
            (
                &[("name: x-key", "name: X-Key")],
                &["patch header-spelled-otherwise: `Key`: header `x-key` → header `X-Key`"],
                Stays,
            ),
            (
                &[("in: header, name: x-key", "in: query, name: key")],
                &["patch credential-moved: `Key`: header `x-key` → query parameter `key`"],
                Stays,
            ),
        ],
    );
    check(
        &[],
        &[(
            &[
                ("Key: []", "Admin: []"),
                (
                    "Key: {type: apiKey, in: header, name: x-key",
                    "Admin: {type: apiKey, in: header, name: x-admin",
                ),
            ],
            &[
                "major credential-replaced: `Key` → `Admin`",
                "patch credential-moved: `Admin`: header `x-key` → header `x-admin`",
            ],
            Stays,
        )],
    );
    let reordered: Vec<String> = [
        "`GET /halls/{id}/doors/{door_id}`",
        "`GET /moves`",
        "`POST /moves/{id}`",
        "`GET /places/{hall}/{shelf}`",
    ]
    .iter()
    .map(|value| format!("minor security-reordered: {value}: `Key` or `Pass` → `Pass` or `Key`"))
    .collect();
    let reordered: Vec<&str> = reordered.iter().map(String::as_str).collect();
    check(
        &[],
        &[(
            &[("[{Key: []}, {Pass: []}]", "[{Pass: []}, {Key: []}]")],
            &reordered,
            Stays,
        )],
    );
}

#[test]
fn names_that_trade_places() {
    let (place, door) = ("operationId: get_place", "operationId: get_door");
    check(
        &[],
        &[(
            &[
                (place, "operationId: get"),
                (door, place),
                ("operationId: get\n", "operationId: get_door\n"),
            ],
            &[
                "major method-of-another-operation: `get_place`: `GET /places/{hall}/{shelf}` → `GET /halls/{id}/doors/{door_id}`",
                "major operation-renamed: `GET /halls/{id}/doors/{door_id}`: `get_door` → `get_place`",
                "major method-of-another-operation: `get_door`: `GET /halls/{id}/doors/{door_id}` → `GET /places/{hall}/{shelf}`",
                "major operation-renamed: `GET /places/{hall}/{shelf}`: `get_place` → `get_door`",
            ],
            Breaks,
        )],
    );
}

#[test]
fn names_that_a_component_takes() {
    check(
        &[],
        &[(
            &[
                ("schemas/NewMove'", "schemas/AddMove'"),
                ("    NewMove:\n", "    AddMove:\n"),
            ],
            &[
                "major type-renamed: `NewMove` → `AddMove`",
                "major type-renamed: `NewMoveStamp` → `AddMoveStamp`",
                "major operation-types-renamed: `POST /moves/{id}`: `moves::AddMove` → `moves::AddMove2`",
            ],
            Breaks,
        )],
    );
}

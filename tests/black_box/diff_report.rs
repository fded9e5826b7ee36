//! The page of a change as its readers have it: the verdict first, nothing said that is not so,
//! nothing left out.

use serde_json::Value;
use tests::workspace::Workspace;

use crate::diff::{diff, initialize};
use crate::output::root;

const DOCUMENT: &str = "openapi/shop/openapi.yaml";

/// A repository with the client of the shop, as some edits leave it.
#[track_caller]
fn shop(edits: &[(&str, &str)]) -> Workspace {
    let workspace = Workspace::empty();
    workspace.write("Cargo.toml", "[workspace]\n");
    let document = std::fs::read_to_string(root().join("tests/fixtures/parcels.yaml"));
    workspace.write(DOCUMENT, &document.expect("it is there"));
    let config = "package:\n  name: shop-client\n  version: 1.0.0\n";
    workspace.write("openapi/shop/client.yaml", config);
    for (from, to) in edits {
        workspace.edit(DOCUMENT, from, to);
    }
    let made = workspace.xtask(&["regenerate"]);
    assert_eq!(made.code, Some(0), "{}", made.transcript());
    initialize(&workspace);
    workspace
}

/// What the page says of a shop after some edits, for programs.
#[track_caller]
fn told(workspace: &Workspace, edits: &[(&str, &str)]) -> Value {
    for (from, to) in edits {
        workspace.edit(DOCUMENT, from, to);
    }
    let ran = diff(workspace, &["HEAD", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    let mut page: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    page["clients"][0].take()
}

#[track_caller]
fn page(before: &[(&str, &str)], after: &[(&str, &str)]) -> Value {
    told(&shop(before), after)
}

fn markdown(workspace: &Workspace) -> String {
    let ran = diff(workspace, &["HEAD", "--format", "markdown"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    ran.stdout
}

fn before_the_fold(page: &str) -> &str {
    page.split("<details>").next().unwrap_or_default()
}

fn list<'a>(page: &'a Value, name: &str) -> &'a Vec<Value> {
    page[name].as_array().expect("it is a list")
}

fn texts(list: &[Value], key: &str) -> Vec<String> {
    let texts = list
        .iter()
        .map(|value| value[key].as_str().unwrap_or("none"));
    texts.map(str::to_owned).collect()
}

/// The upgrade notes, `before → after` each.
fn notes(page: &Value) -> Vec<String> {
    let noted = list(page, "changes")
        .iter()
        .filter(|value| value["before"].is_string());
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or("none").to_owned();
    noted
        .map(|value| format!("{} → {}", text(value, "before"), text(value, "after")))
        .collect()
}

/// A list of so many words.
fn numbered(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

#[test]
fn one_enum_is_one_line() {
    let workspace = shop(&[]);
    let values = numbered(57, |at| format!(", value_{at}"));
    let told = told(
        &workspace,
        &[("enum: [open, paid]", &format!("enum: [open, paid{values}]"))],
    );
    assert_eq!(list(&told, "changes").len(), 57);
    assert_eq!(list(&told, "groups").len(), 1, "{told}");
    let page = markdown(&workspace);
    assert!(
        page.contains("`State`: a response has one more enum value: "),
        "{page}"
    );
    assert!(page.contains(" and 53 more\n"), "{page}");
}

#[test]
fn one_edit_of_many_schemas_is_one_line() {
    let workspace = shop(&[]);
    let more = |name: &str| {
        let head = format!("    {name}:\n      type: object\n      properties:\n");
        (
            head.clone(),
            format!("{head}        region: {{type: string}}\n"),
        )
    };
    let edits = ["Traced", "Holder", "Problem"].map(more);
    let edits = edits
        .each_ref()
        .map(|(from, to)| (from.as_str(), to.as_str()));
    let told = told(&workspace, &edits);
    let causes = list(&told, "groups");
    assert_eq!(causes.len(), 1, "{told}");
    assert_eq!(causes[0]["subject"], "`region`");
    assert_eq!(causes[0]["places"], 3);
}

#[test]
fn a_long_page_is_told_in_few_words_and_in_full() {
    let schema = |at: usize, member: &str| {
        format!(
            "    Part{at}:\n      type: object\n      properties:\n        {member}_{at}: {{type: string}}\n        kept: {{type: string}}\n"
        )
    };
    let uses = numbered(90, |at| {
        format!("        part_{at}: {{$ref: '#/components/schemas/Part{at}'}}\n")
    });
    let order = "        id: {type: string}\n        payment";
    let used = format!("        id: {{type: string}}\n{uses}        payment");
    let problem = "    Problem:\n";
    let with = |member: &str| numbered(90, |at| schema(at, member)) + problem;
    let (old, new) = (with("before"), with("after"));
    let workspace = shop(&[(order, &used), (problem, &old)]);
    let told = told(&workspace, &[(&old, &new)]);
    assert_eq!(list(&told, "changes").len(), 180);
    let page = markdown(&workspace);
    let words = before_the_fold(&page).split_whitespace().count();
    assert!(words <= 500, "{words}");
    assert!(
        before_the_fold(&page).contains("under all changes: "),
        "{page}"
    );
    for change in texts(list(&told, "changes"), "fingerprint") {
        let times = page.matches(&format!("`{change}`")).count();
        assert_eq!(times, 1, "{change} stands in the list once");
    }
    let human = diff(&workspace, &["HEAD"]).stdout;
    for change in texts(list(&told, "changes"), "fingerprint") {
        assert_eq!(human.matches(&format!("[{change}]")).count(), 1, "{change}");
    }
}

/// What follows from an edit is no fault of the generator's.
#[test]
fn an_edit_explains_what_follows_from_it() {
    let note = "        note: {type: string, nullable: true}\n";
    let required = "      required: [weight]\n      properties:\n        note";
    let optional = "      properties:\n        note";
    let changed = "        '204':\n          description: It is changed.\n";
    let answered = "        '200':\n          description: It is changed.\n          content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}\n";
    for (from, to, expected) in [
        (note, "", "member-removed"),
        ("        door: {type: string}\n", "", "member-removed"),
        (
            note,
            "        note: {type: integer, nullable: true}\n",
            "type-changed",
        ),
        (required, optional, "request-member-now-optional"),
        (changed, answered, "success-type-changed"),
        ("Basket", "Cart", "type-renamed"),
    ] {
        for (before, after) in [(from, to), (to, from)] {
            if before.is_empty() {
                continue;
            }
            let edits = if before == from {
                vec![]
            } else {
                vec![(from, to)]
            };
            let page = page(&edits, &[(before, after)]);
            let unexplained = texts(list(&page, "unexplained"), "detail");
            assert!(
                unexplained.is_empty(),
                "{before} → {after}: {unexplained:#?}"
            );
            let rules = texts(list(&page, "changes"), "rule");
            let is_met = rules.iter().any(|other| other == expected);
            assert!(is_met || before != from, "{before} → {after}: {rules:?}");
        }
    }
}

/// With an edit, too, the generator's own changes are told.
#[test]
fn a_generator_that_moved_is_seen_beside_an_edit() {
    let workspace = shop(&[]);
    let types = "generated/shop-client/src/types.rs";
    workspace.edit(types, "pub door: Option<String>", "pub door: String");
    workspace.edit(types, "pub stop: Option<String>", "pub stop: String");
    crate::diff::commit(&workspace);
    let page = told(
        &workspace,
        &[("        note: {type: string, nullable: true}\n", "")],
    );
    let unexplained = texts(list(&page, "unexplained"), "detail");
    let expected = [
        "types::Parcel.stop: String",
        "types::ParcelChange.door: String",
        "types::Parcel.stop: Option<String>",
        "types::ParcelChange.door: Option<String>",
    ];
    let plain = |line: &str| line.replace(' ', "");
    let found: Vec<String> = unexplained.iter().map(|value| plain(value)).collect();
    assert_eq!(found, expected.map(plain), "{unexplained:#?}");
}

/// An operation whose successes are of one type has no enum of them.
#[test]
fn what_never_was_is_not_named() {
    let get = "    get:\n      operationId: get_parcel\n";
    for (from, to) in [
        ("        '201':\n", "        '200':\n"),
        (
            "/orders/{id}/parcels/{parcel_id}:\n",
            "/orders/{id}/boxes/{parcel_id}:\n",
        ),
        (get, "    get:\n      operationId: read_parcel\n"),
    ] {
        let page = page(&[], &[(from, to)]);
        let changes = Value::Array(list(&page, "changes").clone()).to_string();
        assert!(changes.contains("fingerprint"), "{from}: something changed");
        assert!(!changes.contains("Success"), "{from}: {changes}");
    }
}

/// Edits, and notes that a page then has.
type Noted = (
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const NOTE: &str = "        note: {type: string, nullable: true}\n";

/// Edits, and notes that the report must then have.
const NOTED: &[Noted] = &[
    // A member of a body may be absent, null or set.
    (
        &[(NOTE, "")],
        &["let note: Option<Option<String>> = parcel_change.note; → none"],
    ),
    // The value goes where it belongs, whatever the argument is called today.
    (
        &[
            (
                "/orders/{id}/parcels/{parcel_id}:",
                "/orders/{order_id}/parcels/{id}:",
            ),
            (
                "{name: id, in: path, required: true,",
                "{name: order_id, in: path, required: true,",
            ),
            (
                "{name: parcel_id, in: path, required: true,",
                "{name: id, in: path, required: true,",
            ),
        ],
        &[],
    ),
    // A schema takes the name that the operation's own type had.
    (
        &[("Basket", "PlaceOrder")],
        &[
            "use shop_client::orders::PlaceOrder; → use shop_client::orders::PlaceOrder2;",
            "types::Basket → types::PlaceOrder",
        ],
    ),
    // Types that are alike are told apart by where they are used.
    (
        &[
            ("schemas/Card'", "schemas/CardPayment'"),
            ("    Card:\n", "    CardPayment:\n"),
            ("schemas/Transfer'", "schemas/TransferPayment'"),
            ("    Transfer:\n", "    TransferPayment:\n"),
        ],
        &[
            "types::Card → types::CardPayment",
            "types::Payment::Card(value) → types::Payment::CardPayment(value)",
            "types::Payment::Transfer(value) → types::Payment::TransferPayment(value)",
            "types::Transfer → types::TransferPayment",
        ],
    ),
];

#[test]
fn notes_are_right_code() {
    for (edits, expected) in NOTED {
        let page = page(&[], edits);
        let notes = notes(&page);
        for line in *expected {
            assert!(
                notes.iter().any(|other| other == line),
                "{line}: {notes:#?}"
            );
        }
        // Whoever has the two numbers passes each where it was.
        let harmful = "client.get_parcel(id, parcel_id) → client.get_parcel(id, order_id)";
        assert!(!notes.iter().any(|other| other == harmful), "{notes:#?}");
        let operation_id = texts(list(&page, "changes"), "rule");
        assert!(
            !operation_id
                .iter()
                .any(|other| other == "operation-renamed"),
            "{page}"
        );
    }
}

/// All types that stand inside of one that is renamed are found again.
#[test]
fn a_rename_takes_what_is_inside_with_it() {
    let page = page(
        &[],
        &[
            ("schemas/Order'", "schemas/Purchase'"),
            ("    Order:\n", "    Purchase:\n"),
        ],
    );
    let mut rules = texts(list(&page, "changes"), "rule");
    rules.dedup();
    assert_eq!(rules, ["type-renamed"], "{page}");
    assert!(list(&page, "document_only").is_empty(), "{page}");
    assert_eq!(list(&page, "groups").len(), 1, "{page}");
}

#[test]
fn nothing_takes_its_place_is_true() {
    let workspace = shop(&[]);
    told(&workspace, &[("        door: {type: string}\n", "")]);
    assert!(markdown(&workspace).contains("+ // removed without replacement\n"));
    told(
        &workspace,
        &[(
            "        weight: {type: integer}\n    Problem",
            "        weight: {type: integer}\n        gate: {type: integer}\n    Problem",
        )],
    );
    let page = markdown(&workspace);
    assert!(!page.contains("removed without replacement"), "{page}");
    assert!(
        page.contains("+ // removed; new items: types::ParcelChange.gate\n"),
        "{page}"
    );
}

/// What a schema has from another one is told where it stands, and once.
#[test]
fn places_are_found_through_all_of() {
    let page = page(&[], &[("        stop: {type: string}\n", "")]);
    let pointers = texts(list(&page, "changes"), "pointer");
    assert_eq!(
        pointers,
        ["/components/schemas/Traced/properties/stop"],
        "{page}"
    );
    assert!(list(&page, "document_only").is_empty(), "{page}");
    let lines: Vec<&Value> = list(&page, "changes")
        .iter()
        .map(|value| &value["line"])
        .collect();
    let fixture = std::fs::read_to_string(root().join("tests/fixtures/parcels.yaml"));
    let fixture = fixture.expect("it is there");
    let line = fixture
        .lines()
        .position(|other| other == "        stop: {type: string}");
    assert_eq!(lines, [line.expect("it is there") + 1]);
}

/// What reaches no signature and no rule stands on the page, and nothing else does.
#[test]
fn other_changes_are_those_without_a_row() {
    let page = page(
        &[],
        &[
            ("schemas/Holder'", "schemas/Owner'"),
            ("    Holder:\n", "    Owner:\n"),
            (
                "        weight: {type: integer}\n            holder",
                "        weight: {type: integer, x-unit: gram}\n            holder",
            ),
        ],
    );
    let pointers = texts(list(&page, "document_only"), "pointer");
    let expected = "/components/schemas/Parcel/allOf/1/properties/weight/x-unit";
    assert_eq!(pointers, [expected], "{page}");
}

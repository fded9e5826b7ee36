//! Pairs of versions that are judged by what happens to an old caller: edits after which it may still
//! compile, and published versions of public documents, if their folder exists.

use std::path::PathBuf;

/// Sets of edits of `fixtures/depot.yaml`; the edits of a set are made together.
pub const DEPOT: &[&[(&str, &str)]] = &[
    // Something is sent under another name or in another place.
    &[("/places/{hall}/{shelf}:", "/places/{shelf}/{hall}:")],
    &[
        (
            "/halls/{id}/doors/{door_id}:",
            "/halls/{hall_id}/doors/{id}:",
        ),
        (
            "name: id, in: path, required: true, description: The hall.",
            "name: hall_id, in: path, required: true, description: The hall.",
        ),
        ("name: door_id", "name: id"),
    ],
    &[("name: page_size,", "name: pageSize,")],
    &[("name: desk_id,", "name: deskId,")],
    &[("name: X-Trace,", "name: X_Trace,")],
    &[("name: X-Trace,", "name: x-trace,")],
    &[("name: giver,", "name: Giver,")],
    &[("name: giver,", "name: taker,")],
    &[("ship_to: {type", "shipTo: {type")],
    &[
        ("crate_no: {type", "crateNo: {type"),
        ("[crate_no]", "[crateNo]"),
    ],
    &[("enum: [open, done]", "enum: [Open, done]")],
    &[("/moves:", "/transfers:")],
    &[("/moves/{id}:\n    post:", "/moves/{id}:\n    put:")],
    // Something is serialised differently.
    &[(
        "name: kinds, in: query,",
        "name: kinds, in: query, explode: false,",
    )],
    &[(
        "          application/json:\n            schema: {$ref: '#/components/schemas/NewMove'}",
        "          application/x-www-form-urlencoded:\n            schema: {$ref: '#/components/schemas/NewMove'}",
    )],
    // Credentials.
    &[("name: x-key", "name: x-other-key")],
    &[("Key: []}, {Pass: []", "Pass: []}, {Key: []")],
    // Something is read differently.
    &[(
        "        - {type: object, title: Pallet, required: [pallet], properties: {pallet: {type: string}}}\n        - {type: object, title: Crate, required: [crate_no], properties: {crate_no: {type: string}}}\n",
        "        - {type: object, title: Crate, required: [crate_no], properties: {crate_no: {type: string}}}\n        - {type: object, title: Pallet, required: [pallet], properties: {pallet: {type: string}}}\n",
    )],
    &[(
        "'204': {description: It is there.}",
        "'202': {description: It is there.}",
    )],
    &[(
        "'200': {description: Its label., content: {text/plain: {schema: {type: string}}}}",
        "'200': {description: Its label., content: {application/json: {schema: {type: string}}}}",
    )],
    &[(
        "        '200':\n          description: The move.\n",
        "        '201':\n          description: The move.\n",
    )],
    // Arguments swap places.
    &[
        (
            "amount: {type: string}\n        sku: {type: string}",
            "sku: {type: string}\n        total: {type: string}",
        ),
        ("[amount, sku, step]", "[sku, step, total]"),
    ],
];

/// Two published versions: a name, the files before and after, and the list of operations.
pub type Published = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

/// The pairs of published versions, by their files in the folder [`VERSIONS`].
pub const PUBLISHED: &[Published] = &[
    ("museum", "museum1-a.yaml", "museum1-b.yaml", None),
    ("hellosign", "hellosign-a.yaml", "hellosign-b.yaml", None),
    ("qdrant", "qdrantrel-a.json", "qdrantrel-b.json", None),
    (
        "monite",
        "monite-a.json",
        "monite-b.json",
        Some("monite.operations.txt"),
    ),
];

/// The environment variable that names the folder of published versions, which are not part of the
/// repository.
pub const VERSIONS: &str = "VERSIONS";

/// Returns the folder of published versions, if it is named.
pub fn published_folder() -> Option<PathBuf> {
    std::env::var_os(VERSIONS).map(PathBuf::from)
}

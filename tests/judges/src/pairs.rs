//! Pairs of versions that are judged by what an old caller comes to: edits that such a caller may
//! survive, and versions that others published, where their folder is there.

use std::path::Path;

/// Edits of `fixtures/depot.yaml`, made at once.
pub const DEPOT: &[&[(&str, &str)]] = &[
    // What is sent has another name or place.
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
    // What is written in another way.
    &[(
        "name: kinds, in: query,",
        "name: kinds, in: query, explode: false,",
    )],
    &[(
        "          application/json:\n            schema: {$ref: '#/components/schemas/NewMove'}",
        "          application/x-www-form-urlencoded:\n            schema: {$ref: '#/components/schemas/NewMove'}",
    )],
    // Who asks.
    &[("name: x-key", "name: x-other-key")],
    &[("Key: []}, {Pass: []", "Pass: []}, {Key: []")],
    // What is read as something else.
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
    // Arguments that trade places.
    &[
        (
            "amount: {type: string}\n        sku: {type: string}",
            "sku: {type: string}\n        total: {type: string}",
        ),
        ("[amount, sku, step]", "[sku, step, total]"),
    ],
];

/// Versions that others published: a name, the files before and after, and the list of operations.
pub type Real = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

/// The pairs of the folder of [`real`].
pub const REAL: &[Real] = &[
    ("museum", "museum1-a.yaml", "museum1-b.yaml", None),
    ("hellosign", "hellosign-a.yaml", "hellosign-b.yaml", None),
    ("qdrant", "qdrantrel-a.json", "qdrantrel-b.json", None),
    (
        "monite",
        "monite-a.json",
        "../../../corpus/monite.json",
        Some("monite.operations.txt"),
    ),
];

/// The folder of versions that others published; `None` where it is not there.
pub fn real(root: &Path) -> Option<std::path::PathBuf> {
    let folder = root.join("../shared/cases/update/real");
    folder.is_dir().then_some(folder)
}

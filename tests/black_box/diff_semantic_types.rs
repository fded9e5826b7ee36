//! Edits of answers, bodies and types that old calls survive: what is sent and read is another
//! thing, and nothing is gone from the crate.

use crate::diff_semantic::Api::{Breaks, Stays};
use crate::diff_semantic::check;

#[test]
fn statuses_of_successes() {
    let moves = "        '200':\n          description: The move.\n";
    let created = "        '201':\n          description: The move.\n";
    let body =
        "          content: {application/json: {schema: {$ref: '#/components/schemas/Move'}}}\n";
    let both = format!("{created}{body}{moves}");
    let nothing = "        '204': {description: It is there.}\n";
    let door = format!("        '200':\n          description: It is there.\n{body}");
    check(
        &[],
        &[
            (
                &[(moves, created)],
                &["minor success-status-changed: status 200 → status 201 of `POST /moves/{id}`"],
                Stays,
            ),
            (
                &[(moves, &both)],
                &["minor success-status-added: status 201 of `POST /moves/{id}`"],
                Stays,
            ),
            (
                &[(nothing, &door)],
                &[
                    "major success-type-changed: `GET /halls/{id}/doors/{door_id}`: `()` → `Move`",
                    "minor success-status-changed: status 204 → status 200 of `GET /halls/{id}/doors/{door_id}`",
                ],
                Breaks,
            ),
            (
                &[(
                    "'200': {description: Its label., content: {text/plain: {",
                    "'200': {description: Its label., content: {application/json: {",
                )],
                &["minor response-read-otherwise: status 200: `text/plain` → `application/json`"],
                Stays,
            ),
        ],
    );
    check(
        &[(moves, &both)],
        &[(
            &[(&both, moves)],
            &["minor success-status-removed: status 201 of `POST /moves/{id}`"],
            Stays,
        )],
    );
}

#[test]
fn bodies_of_one_type() {
    let json =
        "          application/json:\n            schema: {$ref: '#/components/schemas/NewMove'}";
    let form = json.replace("application/json", "application/x-www-form-urlencoded");
    let parts = json.replace("application/json", "multipart/form-data");
    let of = "minor body-written-otherwise: body of `POST /moves/{id}`: `application/json` →";
    let (as_form, as_parts) = (
        format!("{of} `application/x-www-form-urlencoded`"),
        format!("{of} `multipart/form-data`"),
    );
    check(
        &[],
        &[
            (&[(json, &form)], &[&as_form], Stays),
            (&[(json, &parts)], &[&as_parts], Stays),
        ],
    );
}

#[test]
fn names_of_members_and_texts_of_values() {
    check(
        &[],
        &[
            (
                &[("ship_to: {", "shipTo: {")],
                &["minor member-has-another-name-in-json: `Move`: `ship_to` → `shipTo`"],
                Stays,
            ),
            (
                &[("enum: [open, done]", "enum: [Open, done]")],
                &["minor enum-value-is-another-text: `State`: `open` → `Open`"],
                Stays,
            ),
            // The constructor's arguments follow the names in JSON.
            (
                &[
                    ("[amount, sku, step]", "[amount, Sku, step]"),
                    ("        sku: {", "        Sku: {"),
                ],
                &[
                    "major arguments-swapped: `NewMove::new`: `amount` is read as `sku`, `sku` is read as `amount`",
                    "minor member-has-another-name-in-json: `NewMove`: `sku` → `Sku`",
                ],
                Stays,
            ),
            (
                &[
                    ("[amount, sku, step]", "[amount, sku, Step]"),
                    ("        step: {", "        Step: {"),
                ],
                &[
                    "major arguments-reordered: `NewMove::new`",
                    "minor member-has-another-name-in-json: `NewMove`: `step` → `Step`",
                ],
                Breaks,
            ),
            (
                &[
                    ("[amount, sku, step]", "[amount, size, step]"),
                    ("        sku: {", "        size: {"),
                ],
                &[
                    "major argument-replaced: `NewMove::new`: `sku` is read as `size`",
                    "major required-request-member-added: `NewMove`: `size`",
                    "major member-removed: `NewMove`: `sku`",
                ],
                Breaks,
            ),
            (
                &[("enum: [v1]", "enum: [V1]")],
                &["minor enum-value-is-another-text: `NewMoveStamp`: `v1` → `V1`"],
                Stays,
            ),
        ],
    );
}

#[test]
fn branches_in_another_order() {
    let pallet = "        - {type: object, title: Pallet, required: [pallet], properties: {pallet: {type: string}}}\n";
    let crates = "        - {type: object, title: Crate, required: [crate_no], properties: {crate_no: {type: string}}}\n";
    check(
        &[],
        &[
            (
                &[(&format!("{pallet}{crates}"), &format!("{crates}{pallet}"))],
                &["minor union-branches-reordered: `Goods`: `Pallet`, `Crate` → `Crate`, `Pallet`"],
                Stays,
            ),
            // No value is both a number and a text.
            (
                &[(
                    "[{type: integer}, {type: string}]",
                    "[{type: string}, {type: integer}]",
                )],
                &[],
                Stays,
            ),
        ],
    );
}

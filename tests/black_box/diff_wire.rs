//! Edits that types show little of or nothing: where requests go, how they are written, which
//! branch is meant, what needs which feature.

use crate::diff_combined_edits::between;

const METHOD: &str = "      operationId: get_meal\n";

fn server(url: &str) -> String {
    format!("{METHOD}      servers: [{{url: '{url}'}}]\n")
}

#[test]
fn servers_of_operations() {
    let (own, other) = (
        server("https://meals.zoo.example"),
        server("https://food.zoo.example"),
    );
    between(&[], &[(METHOD, &own)], "major operation-server-added");
    between(
        &[],
        &[(METHOD, &server("/v2"))],
        "minor operation-server-path-added",
    );
    between(
        &[(METHOD, &own)],
        &[(&own, &other)],
        "major operation-server-changed",
    );
    between(
        &[(METHOD, &own)],
        &[(&own, METHOD)],
        "major server-setter-removed, minor operation-server-removed",
    );
}

#[test]
fn servers_of_the_document() {
    let named = "environments:\n- name: production\n  url: https://zoo.example/v1\n- name: sandbox\n  url: https://sandbox.zoo.example/v1\n";
    let fixed = "  - url: https://zoo.example/v1\n";
    let open = "  - url: https://{place}.example/v1\n    variables: {place: {default: zoo}}\n";
    between(
        &[(named, ""), (fixed, open)],
        &[("default: zoo}", "default: park}")],
        "minor environment-url-changed",
    );
}

#[test]
fn features_of_tags() {
    let moved = "tags: [Meals]\n      security";
    between(
        &[],
        &[(moved, "tags: [Menu]\n      security")],
        "major operation-moved, major feature-needed, minor feature-added",
    );
    let token = "      tags: [Tokens]\n";
    between(
        &[],
        &[(token, "      tags: [Animals]\n")],
        "major operation-moved, major feature-removed, minor feature-no-longer-needed",
    );
    between(
        &[],
        &[(
            "              schema: {$ref: '#/components/schemas/Issued'}",
            "              schema: {$ref: '#/components/schemas/Issued'}\n        '400':\n          description: No.\n          content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}",
        )],
        "minor status-added, minor feature-no-longer-needed",
    );
}

#[test]
fn members_of_forms() {
    let json = "          application/json:\n            schema: {$ref: '#/components/schemas/MealChange'}";
    let form = "          multipart/form-data:\n            schema: {$ref: '#/components/schemas/MealChange'}";
    let encoded = format!("{form}\n            encoding: {{grams: {{contentType: text/csv}}}}");
    between(
        &[(json, form)],
        &[(form, &encoded)],
        "patch member-encoding-changed",
    );
    between(
        &[],
        &[(
            "{name: limit, in: query,",
            "{name: limit, in: query, allowReserved: true,",
        )],
        "patch unexpressed-changed",
    );
    between(
        &[],
        &[(
            "{name: x-keeper, in: header, required: true,",
            "{name: x-keeper, in: header, required: true, deprecated: true,",
        )],
        "patch argument-deprecation-changed",
    );
}

#[test]
fn members_that_may_be_null() {
    let pin = "        pin: {type: string}\n";
    let null = "        pin: {type: string, nullable: true}\n";
    between(
        &[],
        &[(pin, null)],
        "major nullability-of-optional-body-member-changed",
    );
    let listed = (
        "items: {$ref: '#/components/schemas/Animal'}",
        "items: {$ref: '#/components/schemas/NewAnimal'}",
    );
    let sent = "            schema: {$ref: '#/components/schemas/NewAnimal'}\n      responses";
    let other = "            schema: {$ref: '#/components/schemas/MealChange'}\n      responses";
    between(
        &[listed, (pin, null)],
        &[(sent, other)],
        "major type-in-bodies-changed, major type-no-longer-in-requests, major type-changed, minor feature-no-longer-needed",
    );
    between(
        &[],
        &[(pin, "        pin: {type: string, writeOnly: true}\n")],
        "patch direction-changed",
    );
    let bales = "        bales: {type: integer}\n";
    let closed = format!("{bales}      additionalProperties: false\n");
    between(&[], &[(bales, &closed)], "patch undeclared-members-changed");
}

#[test]
fn what_tells_branches_apart() {
    let branches = "        - $ref: '#/components/schemas/Meat'\n";
    let told = |wire: &str, mapping: &str| {
        format!("{branches}      discriminator: {{propertyName: {wire}, mapping: {{{mapping}}}}}\n")
    };
    let both = "hay: '#/components/schemas/Hay', meat: '#/components/schemas/Meat'";
    let kind = told("kind", both);
    let more = told(
        "kind",
        &format!("{both}, straw: '#/components/schemas/Hay'"),
    );
    let moved = told(
        "kind",
        &format!("{both}, straw: '#/components/schemas/Meat'"),
    );
    let bales = "        bales: {type: integer}\n";
    let grams = "        grams: {type: integer, deprecated: true}\n";
    let (hay, meat) = (
        format!("{bales}        kind: {{type: string}}\n"),
        format!("{grams}        kind: {{type: string}}\n"),
    );
    let sent = (
        "schema: {$ref: '#/components/schemas/NewAnimal'}",
        "schema: {$ref: '#/components/schemas/Meal'}",
    );
    let change = |from: &str, to: &str, expected: &str| {
        let members = [(bales, &*hay), (grams, &*meat), sent, (branches, from)];
        between(&members, &[(from, to)], expected);
    };
    change(branches, &kind, "minor discriminator-added");
    change(&kind, branches, "major discriminator-removed");
    change(
        &kind,
        &told("sort", both),
        "minor optional-request-member-added, minor discriminator-renamed, minor optional-request-member-added",
    );
    change(&kind, &more, "minor discriminator-value-added");
    change(&more, &kind, "minor discriminator-value-removed");
    change(&more, &moved, "minor discriminator-value-moved");
    let first = told("kind", &format!("{both}, bale: '#/components/schemas/Hay'"));
    change(
        &kind,
        &first,
        "minor discriminator-value-added, minor discriminator-value-sent-changed",
    );
    let text = format!("{branches}        - {{type: string}}\n");
    let texts = format!("{text}        - {{type: string, format: hostname}}\n");
    change(
        &text,
        &texts,
        "major union-conversion-removed, minor union-branch-added",
    );
}

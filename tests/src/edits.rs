//! Single edits of the client of `fixtures/zoo.yaml`: what is replaced by what, and the rules that
//! the page of changes then has, with their levels.

/// What is replaced, by what, and what that is.
pub type Edit = (&'static str, &'static str, &'static str);

/// The packaging of the client that changes.
pub const CONFIG: &str = "\
package:
  name: zoo-client
  version: 0.3.1
environments:
- name: production
  url: https://zoo.example/v1
- name: sandbox
  url: https://sandbox.zoo.example/v1
constant_headers:
- header: x-zoo-version
  setter: zoo_version
  default: $info.version
token_source:
  operation: issue_token
  token: token
";

/// Edits of the packaging.
pub const PACKAGING: &[Edit] = &[
    ("zoo-client", "menagerie", "major package-renamed"),
    (
        "- name: sandbox\n",
        "- name: staging\n  url: https://staging.zoo.example/v1\n- name: sandbox\n",
        "minor environment-added",
    ),
    (
        "- name: sandbox\n  url: https://sandbox.zoo.example/v1\n",
        "",
        "major environment-removed",
    ),
    (
        "name: sandbox",
        "name: playground",
        "major environment-renamed",
    ),
    (
        "https://sandbox.",
        "https://test.",
        "minor environment-url-changed",
    ),
    (
        "setter: zoo_version",
        "setter: version",
        "major constant-header-renamed",
    ),
    (
        "$info.version",
        "'2025-01-01'",
        "minor constant-header-default-changed",
    ),
    (
        "  default: $info.version\n",
        "",
        "major constant-header-default-removed",
    ),
    (
        "- header: x-zoo-version\n",
        "- header: x-keeper\n- header: x-zoo-version\n",
        "major parameter-lifted, minor constant-header-added",
    ),
    (
        "token_source:\n  operation: issue_token\n  token: token\n",
        "",
        "major token-source-removed",
    ),
    (
        "constant_headers:\n- header: x-zoo-version\n  setter: zoo_version\n  default: $info.version\n",
        "",
        "major parameter-lowered, major constant-header-removed",
    ),
];

/// Edits of operations.
pub const OPERATIONS: &[Edit] = &[
    (
        "paths:\n",
        "paths:\n  /keepers:\n    delete:\n      operationId: fire\n      responses: {'204': {description: Gone.}}\n",
        "minor operation-added, minor feature-added",
    ),
    (
        "operationId: list_animals",
        "operationId: animals",
        "major operation-renamed",
    ),
    (
        "/animals:\n",
        "/beasts:\n",
        "minor path-changed, minor path-changed",
    ),
    (
        "    patch:\n",
        "    put:\n",
        "minor method-changed, minor idempotency-changed",
    ),
    (
        "operationId: list_animals\n      summary: List animals\n      tags: [Animals]",
        "operationId: list_animals\n      tags: [Lists]",
        "major operation-moved, minor feature-added, minor feature-no-longer-needed",
    ),
    (
        "x-idempotent: false",
        "x-idempotent: true",
        "minor idempotency-changed",
    ),
    (
        "operationId: add_animal",
        "operationId: add_animal\n      deprecated: true",
        "minor deprecated",
    ),
    (
        "security: [{Token: []}, {Key: []}]",
        "security: [{Key: []}]",
        "major security-tightened",
    ),
    (
        "      security: [{Token: []}]\n",
        "",
        "minor security-relaxed",
    ),
    (
        "security: [{Token: []}, {Key: []}]",
        "security: [{Token: []}]",
        "major credential-removed, major security-tightened",
    ),
    (
        "scheme: bearer",
        "scheme: basic",
        "major credential-kind-changed",
    ),
    (
        "name: x-key}",
        "name: x-secret-key}",
        "patch credential-moved",
    ),
];

/// Edits of parameters and request bodies.
pub const PARAMETERS: &[Edit] = &[
    (
        "        - {name: kinds,",
        "        - {name: page, in: query, required: true, schema: {type: string}}\n        - {name: kinds,",
        "major required-parameter-added",
    ),
    (
        "        - {name: kinds,",
        "        - {name: page, in: query, schema: {type: string}}\n        - {name: kinds,",
        "minor optional-parameter-added",
    ),
    (
        "        - {name: x-keeper, in: header, required: true, schema: {type: string}}\n",
        "",
        "major required-parameter-removed",
    ),
    (
        "        - {name: kinds, in: query, schema: {type: array, items: {type: string}}}\n",
        "",
        "major optional-parameter-removed",
    ),
    (
        "{name: limit, in: query",
        "{name: count, in: query",
        "major optional-parameter-renamed",
    ),
    (
        "{name: x-keeper, in: header, required: true",
        "{name: x-keeper, in: query, required: true",
        "patch parameter-moved",
    ),
    (
        "{name: kinds, in: query, schema",
        "{name: kinds, in: query, explode: false, schema",
        "patch parameter-style-changed",
    ),
    (
        "{name: kinds, in: query, schema",
        "{name: kinds, in: query, required: true, schema",
        "major parameter-now-required",
    ),
    (
        "{name: x-keeper, in: header, required: true",
        "{name: x-keeper, in: header",
        "major parameter-now-optional",
    ),
    (
        "{name: x-zoo-version, in: header, required: true",
        "{name: x-zoo-version, in: header",
        "patch constant-header-optionality",
    ),
    (
        "format: int32, maximum: 100",
        "maximum: 100",
        "major format-changed",
    ),
    ("maximum: 100", "maximum: 200", "patch bound-changed"),
    (
        "      requestBody:\n        content:",
        "      requestBody:\n        required: true\n        content:",
        "major body-now-required",
    ),
    (
        "      requestBody:\n        required: true\n",
        "      requestBody:\n",
        "major body-now-optional",
    ),
    (
        "          application/json:\n            schema: {$ref: '#/components/schemas/MealChange'}",
        "          application/vnd.zoo+json:\n            schema: {$ref: '#/components/schemas/MealChange'}",
        "patch media-type-changed",
    ),
    (
        "          application/json:\n            schema: {$ref: '#/components/schemas/MealChange'}",
        "          text/plain:\n            schema: {type: string}",
        "major type-removed, major body-encoding-changed",
    ),
    (
        "      requestBody:\n        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/MealChange'}\n",
        "",
        "major type-removed, major body-removed",
    ),
    (
        "      summary: List animals\n",
        "      summary: List animals\n      requestBody: {required: true, content: {text/plain: {}}}\n",
        "major required-body-added",
    ),
    (
        "      summary: List animals\n",
        "      summary: List animals\n      requestBody: {content: {text/plain: {}}}\n",
        "minor optional-body-added",
    ),
];

/// Edits of responses.
pub const RESPONSES: &[Edit] = &[
    (
        "        '404':\n",
        "        '410': {description: Gone.}\n        '404':\n",
        "minor status-added",
    ),
    (
        "        '404':\n          description: There is none.\n",
        "",
        "major status-removed",
    ),
    (
        "        '404':\n",
        "        '204': {description: Empty.}\n        '404':\n",
        "major success-type-changed, minor status-added",
    ),
    (
        "          description: There is none.\n",
        "          description: There is none.\n          content: {text/plain: {}}\n",
        "major response-body-changed",
    ),
    (
        "items: {$ref: '#/components/schemas/Animal'}",
        "items: {type: string}",
        "major type-changed",
    ),
];

/// Edits of types.
pub const TYPES: &[Edit] = &[
    (
        "name: {type: string, description: What it is called., example: Ada}",
        "name: {type: integer}",
        "major type-changed",
    ),
    (
        "born: {type: string, format: date}",
        "born: {type: string, format: date-time}",
        "major format-changed",
    ),
    (
        "born: {type: string, format: date}",
        "born: {type: string, format: date, nullable: true}",
        "patch nullability-of-optional-changed",
    ),
    (
        "id: {type: string, format: uuid}",
        "id: {type: string, format: uuid, nullable: true}",
        "major nullability-changed",
    ),
    (
        "pin: {type: string}",
        "pin: {type: string, format: password}",
        "major secret-marked",
    ),
    (
        "passcode: {type: string, format: password}",
        "passcode: {type: string}",
        "major secret-unmarked",
    ),
    (
        "format: hostname",
        "format: ipv4",
        "patch documented-format-changed",
    ),
    ("default: none", "default: a", "patch default-changed"),
    (
        "age: {type: integer, minimum: 0}",
        "age: {type: integer, minimum: 0, deprecated: true}",
        "minor deprecated",
    ),
    // Members.
    (
        "required: [name, species, form]",
        "required: [name, species, form, pin]",
        "major request-member-now-required",
    ),
    (
        "required: [name, species, form]",
        "required: [name, form]",
        "major request-member-now-optional",
    ),
    (
        "required: [id, name, nickname]",
        "required: [id, name, nickname, age]",
        "major response-member-now-required",
    ),
    (
        "required: [id, name, nickname]",
        "required: [id, nickname]",
        "major response-member-now-optional",
    ),
    (
        "required: [id, name, nickname]",
        "required: [id, name]",
        "patch nullable-response-member-optionality",
    ),
    (
        "required: [name, species, form]\n      properties:\n",
        "required: [name, species, form, cage]\n      properties:\n        cage: {type: string}\n",
        "major required-request-member-added",
    ),
    (
        "        pin: {type: string}\n",
        "        pin: {type: string}\n        cage: {type: string}\n",
        "minor optional-request-member-added",
    ),
    (
        "required: [name, species, form]\n      properties:\n",
        "required: [name, species, form, kind]\n      properties:\n        kind: {type: string, enum: [zoo]}\n",
        "minor fixed-request-member-added, minor type-added",
    ),
    (
        "        bales: {type: integer}\n",
        "        bales: {type: integer}\n        fresh: {type: boolean}\n",
        "minor response-member-added",
    ),
    ("        pin: {type: string}\n", "", "major member-removed"),
    (
        "        note: {",
        "        remark: {",
        "major member-renamed",
    ),
    (
        "        bales: {type: integer}\n",
        "        bales: {type: integer}\n      additionalProperties: true\n",
        "minor further-members-allowed",
    ),
    // Values.
    (
        "enum: [calm, wild]",
        "enum: [calm, wild, shy]",
        "minor request-enum-value-added",
    ),
    (
        "enum: [hay, meat]",
        "enum: [hay, meat, fish]",
        "minor response-enum-value-added",
    ),
    (
        "enum: [v1]",
        "enum: [v1, v2]",
        "major fixed-value-no-longer-fixed, minor request-enum-value-added",
    ),
    (
        "enum: [hay, meat]",
        "enum: [hay, meat, unknown]",
        "major unknown-variant-renamed, minor response-enum-value-added",
    ),
    (
        "enum: [hay, meat]",
        "enum: [hay]",
        "major enum-value-removed",
    ),
    (
        "enum: [hay, meat]",
        "enum: [hay, meat, 'hay!']",
        "minor response-enum-value-added",
    ),
    (
        "enum: [hay, meat]",
        "enum: [Hay, hay, meat]",
        "major enum-value-renamed, minor response-enum-value-added",
    ),
    (
        "grams: {type: integer, deprecated: true}",
        "grams: {type: integer}",
        "patch deprecation-lifted",
    ),
    (
        "      additionalProperties: true\n",
        "",
        "major further-members-gone",
    ),
    // Branches, and what reaches a type.
    (
        "        - $ref: '#/components/schemas/Meat'\n",
        "        - $ref: '#/components/schemas/Meat'\n        - {type: string}\n",
        "minor union-branch-added",
    ),
    (
        "schema: {$ref: '#/components/schemas/NewAnimal'}",
        "schema: {$ref: '#/components/schemas/Animal'}",
        "major type-removed, major type-removed, major type-removed, major type-changed, minor type-now-in-requests",
    ),
];

//! Edits of the inputs: the document, the overlay, the packaging, what people wrote.

use super::Edit::{Append, Crlf, Empty, Halve, Prepend, Remove, Replace, ReplaceSecond, Write};
use super::{Edit, Mutation};

const SLICE: &str = "openapi/vault/openapi.yaml";
const OVERLAY: &str = "openapi/vault/overlay.yaml";
const CLIENT: &str = "openapi/vault/client.yaml";
const GUIDE: &str = "openapi/vault/guide.md";
const EXAMPLE: &str = "openapi/vault/examples/revoke.rs";

/// A sound input that moved: the output is stale, and the cause names the file.
const fn moved(file: &'static str, edit: Edit, says: &'static str) -> Mutation {
    Mutation {
        file,
        edit,
        exit: 4,
        says,
    }
}

/// An input that is not sound.
const fn found(file: &'static str, edit: Edit, says: &'static str) -> Mutation {
    Mutation {
        file,
        edit,
        exit: 100,
        says,
    }
}

const SLICE_MOVED: &str = "is stale: openapi/vault/openapi.yaml changed";
const OVERLAY_MOVED: &str = "is stale: openapi/vault/overlay.yaml changed";
const CLIENT_MOVED: &str = "is stale: openapi/vault/client.yaml changed";

#[rustfmt::skip]
pub const ALL: &[Mutation] = &[
    // The slice as a text.
    found(SLICE, Remove, "[unreadable-input]"),
    found(SLICE, Empty, "[empty-input]"),
    found(SLICE, Write(b"PK\x03\x04\xff\xfe"), "[not-text]"),
    found(SLICE, Halve, "[missing-version]"),
    found(SLICE, Prepend("<<<<<<< ours\n"), "[syntax]"),
    found(SLICE, Replace("  title: Vault API", "\ttitle: Vault API"), "[syntax]"),
    found(SLICE, Append("openapi: 3.1.0\n"), "[duplicate-key]"),
    found(SLICE, Append("---\nopenapi: 3.1.0\n"), "[several-documents]"),
    found(SLICE, Append("x-limit: .inf\n"), "[yaml-number]"),
    found(SLICE, Append("x-tagged: !thing a\n"), "[yaml-tag]"),
    found(SLICE, Append("? [a, b]\n: c\n"), "[yaml-key]"),
    found(SLICE, Write(b"[1, 2]\n"), "[not-an-object]"),
    moved(SLICE, Crlf, SLICE_MOVED),
    moved(SLICE, Append("# a comment\n"), SLICE_MOVED),
    moved(SLICE, Append("x-added: 1\n"), SLICE_MOVED),
    // The slice as a document.
    found(SLICE, Replace("openapi: 3.1.0", "openapi: 2.0.0"), "[unsupported-version]"),
    found(SLICE, Replace("openapi: 3.1.0\n", ""), "[missing-version]"),
    found(SLICE, Replace("  title: Vault API\n", ""), "[missing-member]"),
    found(SLICE, Replace("  version: '2024-05-25'", "  version: '2024-05-32'"), "[invalid-constant]"),
    found(SLICE, Replace("  version: '2024-05-25'", "  version: 2024"), "[wrong-type]"),
    moved(SLICE, Replace("  version: '2024-05-25'", "  version: '2024-05-26'"), SLICE_MOVED),
    found(SLICE, Replace("schemas/RevokeTokenPayload'", "schemas/RevokeToken'"), "[dangling-reference]"),
    found(SLICE, Replace("'#/components/schemas/MessageResponse'", "'other.yaml#/Message'"), "[external-reference]"),
    found(SLICE, Replace("'#/components/schemas/MessageResponse'", "'#components'"), "[invalid-reference]"),
    found(SLICE, Replace("  /auth/revoke:", "  auth/revoke:"), "[overlay-no-match]"),
    found(SLICE, Replace("  /auth/revoke:", "  /auth/withdraw:"), "[overlay-no-match]"),
    found(SLICE, Replace("    post:", "    put:"), "[overlay-no-match]"),
    found(SLICE, Replace("        '422':", "        '4220':"), "[invalid-status]"),
    // The overlay removes 405 from two operations, and still finds the other: an action is out of
    // date when nothing at all matches. What it no longer removes shows in the output's diff.
    moved(SLICE, Replace("        '405':", "        '404':"), SLICE_MOVED),
    found(SLICE, Replace("        in: header", "        in: body"), "[invalid-location]"),
    found(SLICE, Replace("        in: header", "        in: path"), "[unused-path-parameter]"),
    found(SLICE, Replace("name: x-vault-version", "name: x vault version"), "[invalid-header-name]"),
    moved(SLICE, Replace("name: x-vault-version", "name: x-version"), SLICE_MOVED),
    found(SLICE, Replace("          application/json:", "          json:"), "[invalid-media-type]"),
    found(SLICE, Replace("      - HTTPBearer: []", "      - Bearer: []"), "[unknown-security-scheme]"),
    found(SLICE, Replace("      type: http\n", "      type: token\n"), "[invalid-security-scheme]"),
    moved(SLICE, Replace("      scheme: bearer", "      scheme: basic"), SLICE_MOVED),
    found(SLICE, Replace("        access_token:", "        token:"), "[overlay-no-match]"),
    found(SLICE, Replace("        expires_in:", "        lifetime:"), "[invalid-token-source]"),
    found(SLICE, Replace("          - 86400\n          type: integer", "          - 86400\n          type: string"), "[invalid-token-source]"),
    moved(SLICE, Replace("      - client_secret\n", ""), SLICE_MOVED),
    moved(SLICE, Replace("          format: uuid\n", ""), SLICE_MOVED),
    moved(SLICE, Replace("type: 'null'", "type: integer"), SLICE_MOVED),
    moved(SLICE, Replace("required: true", "required: false"), SLICE_MOVED),
    // The body of the operation that the token source revokes with is no longer sure to be there.
    found(SLICE, ReplaceSecond("required: true", "required: false"), "[invalid-token-source]"),
    found(SLICE, Replace("            - type: integer", "            - type: [integer"), "[syntax]"),
    found(SLICE, Replace("properties:", "properties: []\n      x-properties:"), "[overlay-no-match]"),
    found(SLICE, Replace("          items:\n", "          items: 1\n          x-items:\n"), "[wrong-type]"),
    moved(SLICE, Replace("summary: Revoke an access token", "summary: Revoke a token"), SLICE_MOVED),
    // The overlay.
    moved(OVERLAY, Append("# a comment\n"), OVERLAY_MOVED),
    found(OVERLAY, Replace("operationId: revoke_token", "operationId: revoke"), "[invalid-token-source]"),
    moved(OVERLAY, Replace("x-idempotent: true", "x-idempotent: false"), OVERLAY_MOVED),
    moved(OVERLAY, Replace("['405', '500']", "['405']"), OVERLAY_MOVED),
    found(OVERLAY, Remove, "[invalid-token-source]"),
    found(OVERLAY, Empty, "[empty-input]"),
    found(OVERLAY, Halve, "error[overlay-"),
    found(OVERLAY, Replace("overlay: 1.0.0", "overlay: 2.0.0"), "[overlay-shape]"),
    found(OVERLAY, Replace("overlay: 1.0.0\n", ""), "[overlay-shape]"),
    found(OVERLAY, Replace("actions:", "action:"), "[overlay-shape]"),
    found(OVERLAY, Replace("  remove: true", "  remove: yes please"), "[overlay-shape]"),
    found(OVERLAY, Replace("  remove: true", "  delete: true"), "[overlay-shape]"),
    found(OVERLAY, Replace("- target: $.paths", "- target: $.path"), "[overlay-no-match]"),
    found(OVERLAY, Replace("'/auth/revoke'", "'/auth/revok'"), "[overlay-no-match]"),
    // A name of several that matches nothing; see the 405 above.
    moved(OVERLAY, Replace("['405', '500']", "['404', '500']"), OVERLAY_MOVED),
    found(OVERLAY, Replace("- target: $.paths", "- target: $.["), "[overlay-path]"),
    found(OVERLAY, Replace("'#/components/schemas/ErrorResponse'", "'#/components/schemas/Error'"), "[dangling-reference]"),
    moved(OVERLAY, Replace("      format: password", "      format: uuid"), OVERLAY_MOVED),
    found(OVERLAY, ReplaceSecond("      format: password\n", ""), "[invalid-token-source]"),
    found(OVERLAY, Replace("    '401':", "    '40I':"), "[invalid-status]"),
    found(OVERLAY, Replace("\n- target", "\n- targets"), "[overlay-shape]"),
    // The packaging.
    moved(CLIENT, Append("# a comment\n"), CLIENT_MOVED),
    moved(CLIENT, Replace("version: 0.1.0", "version: 0.2.0"), CLIENT_MOVED),
    moved(CLIENT, Replace("description: Client for", "description: A client for"), CLIENT_MOVED),
    // Another crate is made then, and nobody makes the one that is there.
    found(CLIENT, Replace("name: vault-client", "name: vault"), "generated/vault was never generated"),
    moved(CLIENT, Replace("- name: north-america", "- name: america"), CLIENT_MOVED),
    moved(CLIENT, Replace("https://us.api.vault.example/v1", "https://us.api.vault.example/v2"), CLIENT_MOVED),
    found(CLIENT, Remove, "generated/vault-client belongs to no client"),
    found(CLIENT, Empty, "[empty-input]"),
    found(CLIENT, Replace("package:", "packages:"), "[config-shape]"),
    found(CLIENT, Replace("name: vault-client", "name: ../vault"), "[invalid-package]"),
    found(CLIENT, Replace("name: vault-client", "name: std"), "[invalid-package]"),
    found(CLIENT, Replace("version: 0.1.0", "version: 0.1"), "[config-shape]"),
    found(CLIENT, Replace("version: 0.1.0", "version: 01.0.0"), "[invalid-package]"),
    found(CLIENT, Replace("- POST /auth/revoke", "- POST /auth/revokes"), "[no-such-operation]"),
    found(CLIENT, Replace("- POST /auth/token\n", ""), "[invalid-token-source]"),
    found(CLIENT, Replace("url: https://api.vault", "url: http://api.vault"), "[insecure-url]"),
    found(CLIENT, Replace("url: https://api.vault", "url: api.vault"), "[invalid-url]"),
    found(CLIENT, Replace("header: x-vault-version", "header: x-version"), "[unknown-constant-header]"),
    found(CLIENT, Replace("default: $info.version", "default: today"), "[invalid-constant]"),
    found(CLIENT, Replace("  operation: create_token", "  operation: make_token"), "[invalid-token-source]"),
    found(CLIENT, Replace("  expires_in: expires_in", "  expires_in: token_type"), "[invalid-token-source]"),
    found(CLIENT, Replace("  revoked_token: token\n", ""), "[config-shape]"),
    found(CLIENT, Replace("features: [macros, rt]", "features: macros"), "[config-shape]"),
    found(CLIENT, Append("package: {}\n"), "[duplicate-key]"),
    // What people wrote.
    moved(GUIDE, Append("More.\n"), "is stale: openapi/vault/guide.md changed"),
    moved(GUIDE, Remove, "is stale: the guide changed"),
    found(GUIDE, Empty, "[empty-input]"),
    moved(GUIDE, Crlf, "is stale: openapi/vault/guide.md changed"),
    moved(EXAMPLE, Prepend("//! More.\n"), "is stale: openapi/vault/examples/revoke.rs changed"),
    moved(EXAMPLE, Remove, "is stale: the examples/revoke.rs changed"),
    moved("openapi/vault/examples/more.rs", Write(b"//! More.\nfn main() {}\n"), "examples/more.rs changed"),
    found(EXAMPLE, Write(b"\xff\xfe"), "[not-text]"),
];

//! Edits of what is generated, and of its lock file.

use super::Edit::{Append, Crlf, Empty, Halve, Prepend, Remove, Replace, Write};
use super::{Edit, Mutation};

const TYPES: &str = "generated/vault-client/src/types.rs";
const CLIENT: &str = "generated/vault-client/src/client.rs";
const TOKENS: &str = "generated/vault-client/src/access_tokens.rs";
const MANIFEST: &str = "generated/vault-client/Cargo.toml";
const GUIDE: &str = "generated/vault-client/GUIDE.md";
const LOCK: &str = "generated/vault-client/client.lock.json";

const EDITED: &str = "was edited by hand";

/// What a person did to the output.
const fn edited(file: &'static str, edit: Edit, says: &'static str) -> Mutation {
    Mutation {
        file,
        edit,
        exit: 100,
        says,
    }
}

/// What a run mends.
const fn stale(file: &'static str, edit: Edit, says: &'static str) -> Mutation {
    Mutation {
        file,
        edit,
        exit: 4,
        says,
    }
}

#[rustfmt::skip]
pub const ALL: &[Mutation] = &[
    edited(TYPES, Replace("pub client_secret:", "pub secret:"), "+ "),
    edited(TYPES, Prepend("// Mine.\n"), "+ // Mine."),
    edited(TYPES, Append("// Mine.\n"), "+ // Mine."),
    edited(TYPES, Append("\n"), EDITED),
    edited(TYPES, Append("\0"), EDITED),
    edited(TYPES, Crlf, r"\r\n"),
    edited(TYPES, Halve, EDITED),
    edited(TYPES, Write(b"\xff\xfe"), EDITED),
    edited(TYPES, Replace("//!", "<<<<<<< ours\n//!"), "+ <<<<<<< ours"),
    stale(TYPES, Empty, "half-written"),
    stale(TYPES, Write(b"\0\0\0\0"), "half-written"),
    stale(TYPES, Remove, "src/types.rs is missing"),
    edited(CLIENT, Replace("https://api.vault.example", "https://api.example.com"), "api.example.com"),
    edited(TOKENS, Replace("/auth/revoke", "/auth/revokes"), EDITED),
    edited(MANIFEST, Replace("version = \"0.1.0\"", "version = \"0.1.1\""), "0.1.1"),
    edited(GUIDE, Append("More.\n"), "+ More."),
    stale(GUIDE, Remove, "GUIDE.md is missing"),
    stale("generated/vault-client/lowering.log", Empty, "half-written"),
    edited("generated/vault-client/examples/revoke.rs", Append("// Mine.\n"), EDITED),
    edited("generated/vault-client/src/extra.rs", Write(b"//! Mine.\n"), "is not a generated file"),
    edited("generated/vault-client/build.rs", Write(b"fn main() {}\n"), "is not a generated file"),
    edited("generated/vault-client/.cargo/config.toml", Write(b"[env]\n"), "is not a generated file"),
    edited("generated/vault-client/src/target/extra.rs", Write(b"//! Mine.\n"), "is not a generated file"),
    edited("generated/other-client/Cargo.toml", Write(b"[package]\n"), "belongs to no client"),
    stale("generated/vault-client/src/types.rs.1.xtask-new", Write(b"//! Hal"), "half-written"),
    stale("generated/vault-client/src/types.rs.xtask-new", Empty, "half-written"),
    // The lock file.
    stale(LOCK, Remove, "client.lock.json is missing"),
    stale(LOCK, Empty, "half-written"),
    edited(LOCK, Halve, "cannot be read: EOF"),
    edited(LOCK, Prepend("<<<<<<< ours\n"), "has the markers of a merge conflict"),
    edited(LOCK, Replace("  \"tools\"", "<<<<<<< ours\n  \"tools\""), "has the markers of a merge conflict"),
    edited(LOCK, Replace("  \"tools\"", "=======\n  \"tools\""), "cannot be read"),
    edited(LOCK, Replace("  \"title\": \"Vault API\",\n", ""), "cannot be read: missing field `title`"),
    stale(LOCK, Replace("\"title\": \"Vault API\"", "\"title\": \"Other\""), "the lock file changed"),
    stale(LOCK, Append("\n"), "the lock file changed"),
    stale(LOCK, Crlf, "the lock file changed"),
    stale(LOCK, Replace("\"document\": \"", "\"document\": \"0"), "openapi/vault/openapi.yaml changed"),
    stale(LOCK, Replace("\"overlay\": \"", "\"overlay\": \"0"), "openapi/vault/overlay.yaml changed"),
    stale(LOCK, Replace("\"guide\"", "\"guides\""), "openapi/vault/guide.md changed"),
    stale(LOCK, Replace("\"codegen\": \"0.1.0\"", "\"codegen\": \"0.0.9\""), "generated with codegen 0.0.9, this is 0.1.0"),
    stale(LOCK, Replace("\"typify\": \"0.8.0\"", "\"typify\": \"0.7.0\""), "generated with typify 0.7.0, this is 0.8.0"),
    stale(LOCK, Replace("\"syn\": ", "\"sin\": "), "generated with syn none"),
    stale(LOCK, Replace("\"Cargo.toml\": \"", "\"Cargo.toml\": \"0"), "half-written"),
    stale(LOCK, Replace("    \"src/lib.rs\"", "    \"src/old.rs\""), "half-written"),
];

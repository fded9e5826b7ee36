//! Edits of what is generated, of its lock file, and of the snapshots of it.

use super::Edit::{Append, Crlf, Empty, Halve, Prepend, Remove, Replace, Write};
use super::{Edit, Mutation};

const TYPES: &str = "generated/monite-client/src/types.rs";
const CLIENT: &str = "generated/monite-client/src/client.rs";
const TOKENS: &str = "generated/monite-client/src/access_tokens.rs";
const MANIFEST: &str = "generated/monite-client/Cargo.toml";
const GUIDE: &str = "generated/monite-client/GUIDE.md";
const LOCK: &str = "generated/monite-client/client.lock.json";

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

/// What a test of the snapshots says.
const fn reviewed(file: &'static str, edit: Edit, says: &'static str) -> Mutation {
    Mutation {
        file,
        edit,
        exit: 101,
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
    edited(CLIENT, Replace("https://api.monite.com", "https://api.example.com"), "api.example.com"),
    edited(TOKENS, Replace("/auth/revoke", "/auth/revokes"), EDITED),
    edited(MANIFEST, Replace("version = \"0.1.0\"", "version = \"0.1.1\""), "0.1.1"),
    edited(GUIDE, Append("More.\n"), "+ More."),
    stale(GUIDE, Remove, "GUIDE.md is missing"),
    stale("generated/monite-client/lowering.log", Empty, "half-written"),
    edited("generated/monite-client/examples/revoke.rs", Append("// Mine.\n"), EDITED),
    edited("generated/monite-client/src/extra.rs", Write(b"//! Mine.\n"), "was made by no run"),
    edited("generated/monite-client/build.rs", Write(b"fn main() {}\n"), "was made by no run"),
    edited("generated/monite-client/.cargo/config.toml", Write(b"[env]\n"), "was made by no run"),
    edited("generated/monite-client/src/target/extra.rs", Write(b"//! Mine.\n"), "was made by no run"),
    edited("generated/other-client/Cargo.toml", Write(b"[package]\n"), "belongs to no client"),
    stale("generated/monite-client/src/types.rs.1.xtask-new", Write(b"//! Hal"), "half-written"),
    stale("generated/monite-client/src/types.rs.xtask-new", Empty, "half-written"),
    // The lock file.
    stale(LOCK, Remove, "client.lock.json is missing"),
    stale(LOCK, Empty, "half-written"),
    edited(LOCK, Halve, "cannot be read: EOF"),
    edited(LOCK, Prepend("<<<<<<< ours\n"), "has the markers of a merge conflict"),
    edited(LOCK, Replace("  \"tools\"", "<<<<<<< ours\n  \"tools\""), "has the markers of a merge conflict"),
    edited(LOCK, Replace("  \"tools\"", "=======\n  \"tools\""), "cannot be read"),
    edited(LOCK, Replace("  \"title\": \"Monite API\",\n", ""), "cannot be read: missing field `title`"),
    stale(LOCK, Replace("\"title\": \"Monite API\"", "\"title\": \"Other\""), "the lock file, was changed"),
    stale(LOCK, Append("\n"), "the lock file, was changed"),
    stale(LOCK, Crlf, "the lock file, was changed"),
    stale(LOCK, Replace("\"document\": \"", "\"document\": \"0"), "openapi/monite/openapi.yaml changed"),
    stale(LOCK, Replace("\"overlay\": \"", "\"overlay\": \"0"), "openapi/monite/overlay.yaml changed"),
    stale(LOCK, Replace("\"guide\"", "\"guides\""), "openapi/monite/guide.md changed"),
    stale(LOCK, Replace("\"codegen\": \"0.1.0\"", "\"codegen\": \"0.0.9\""), "generated with codegen 0.0.9, this is 0.1.0"),
    stale(LOCK, Replace("\"typify\": \"0.8.0\"", "\"typify\": \"0.7.0\""), "generated with typify 0.7.0, this is 0.8.0"),
    stale(LOCK, Replace("\"syn\": ", "\"sin\": "), "generated with syn none"),
    stale(LOCK, Replace("\"Cargo.toml\": \"", "\"Cargo.toml\": \"0"), "half-written"),
    stale(LOCK, Replace("    \"src/lib.rs\"", "    \"src/old.rs\""), "half-written"),
    // Snapshots.
    reviewed(SNAPSHOT_TYPES, Replace("pub client_secret:", "pub secret:"), "source_types"),
    reviewed(SNAPSHOT_TYPES, Remove, "source_types"),
    reviewed(SNAPSHOT_TYPES, Halve, "source_types"),
    reviewed(SNAPSHOT_API, Append("one line more\n"), "api_monite_client"),
    reviewed(SNAPSHOT_LOWERING, Halve, "lowering_monite"),
    reviewed(SNAPSHOT_WIRE, Replace("/auth/revoke", "/auth/revokes"), "wire_revoke_token"),
];

const SNAPSHOT_TYPES: &str = "tests/black_box/snapshots/black_box__output__source_types.snap";
const SNAPSHOT_API: &str = "tests/black_box/snapshots/black_box__output__api_monite_client.snap";
const SNAPSHOT_LOWERING: &str = "tests/black_box/snapshots/black_box__output__lowering_monite.snap";
const SNAPSHOT_WIRE: &str = "tests/black_box/snapshots/black_box__request__wire_revoke_token.snap";

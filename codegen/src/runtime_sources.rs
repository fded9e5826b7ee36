//! The sources of the runtime, for crates that are generated outside this workspace.

/// Every file of the runtime that a build needs, by path, with a standalone manifest.
pub const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", MANIFEST),
    ("src/attempt.rs", include_str!("../runtime/src/attempt.rs")),
    (
        "src/attempt_loop.rs",
        include_str!("../runtime/src/attempt_loop.rs"),
    ),
    (
        "src/base_url.rs",
        include_str!("../runtime/src/base_url.rs"),
    ),
    (
        "src/cached_token.rs",
        include_str!("../runtime/src/cached_token.rs"),
    ),
    ("src/call.rs", include_str!("../runtime/src/call.rs")),
    ("src/clock.rs", include_str!("../runtime/src/clock.rs")),
    (
        "src/connections.rs",
        include_str!("../runtime/src/connections.rs"),
    ),
    (
        "src/credential.rs",
        include_str!("../runtime/src/credential.rs"),
    ),
    (
        "src/decode_budget.rs",
        include_str!("../runtime/src/decode_budget.rs"),
    ),
    (
        "src/download.rs",
        include_str!("../runtime/src/download.rs"),
    ),
    (
        "src/encode/cookie.rs",
        include_str!("../runtime/src/encode/cookie.rs"),
    ),
    (
        "src/encode/deep_object.rs",
        include_str!("../runtime/src/encode/deep_object.rs"),
    ),
    (
        "src/encode/form.rs",
        include_str!("../runtime/src/encode/form.rs"),
    ),
    (
        "src/encode/header.rs",
        include_str!("../runtime/src/encode/header.rs"),
    ),
    (
        "src/encode/mod.rs",
        include_str!("../runtime/src/encode/mod.rs"),
    ),
    (
        "src/encode/pairs.rs",
        include_str!("../runtime/src/encode/pairs.rs"),
    ),
    (
        "src/encode/path.rs",
        include_str!("../runtime/src/encode/path.rs"),
    ),
    (
        "src/encode/query.rs",
        include_str!("../runtime/src/encode/query.rs"),
    ),
    (
        "src/encode/value.rs",
        include_str!("../runtime/src/encode/value.rs"),
    ),
    ("src/error.rs", include_str!("../runtime/src/error.rs")),
    ("src/future.rs", include_str!("../runtime/src/future.rs")),
    (
        "src/json/best_match.rs",
        include_str!("../runtime/src/json/best_match.rs"),
    ),
    (
        "src/json/branch.rs",
        include_str!("../runtime/src/json/branch.rs"),
    ),
    (
        "src/json/constant.rs",
        include_str!("../runtime/src/json/constant.rs"),
    ),
    (
        "src/json/extra.rs",
        include_str!("../runtime/src/json/extra.rs"),
    ),
    (
        "src/json/fit.rs",
        include_str!("../runtime/src/json/fit.rs"),
    ),
    (
        "src/json/fits.rs",
        include_str!("../runtime/src/json/fits.rs"),
    ),
    (
        "src/json/member.rs",
        include_str!("../runtime/src/json/member.rs"),
    ),
    (
        "src/json/member_reader.rs",
        include_str!("../runtime/src/json/member_reader.rs"),
    ),
    (
        "src/json/member_writer.rs",
        include_str!("../runtime/src/json/member_writer.rs"),
    ),
    (
        "src/json/mod.rs",
        include_str!("../runtime/src/json/mod.rs"),
    ),
    (
        "src/json/newtype.rs",
        include_str!("../runtime/src/json/newtype.rs"),
    ),
    (
        "src/json/node.rs",
        include_str!("../runtime/src/json/node.rs"),
    ),
    (
        "src/json/object.rs",
        include_str!("../runtime/src/json/object.rs"),
    ),
    (
        "src/json/object_fit.rs",
        include_str!("../runtime/src/json/object_fit.rs"),
    ),
    (
        "src/json/object_macro.rs",
        include_str!("../runtime/src/json/object_macro.rs"),
    ),
    (
        "src/json/raw.rs",
        include_str!("../runtime/src/json/raw.rs"),
    ),
    (
        "src/json/strings.rs",
        include_str!("../runtime/src/json/strings.rs"),
    ),
    (
        "src/json/tagged.rs",
        include_str!("../runtime/src/json/tagged.rs"),
    ),
    (
        "src/json/union.rs",
        include_str!("../runtime/src/json/union.rs"),
    ),
    ("src/lib.rs", include_str!("../runtime/src/lib.rs")),
    (
        "src/media_type.rs",
        include_str!("../runtime/src/media_type.rs"),
    ),
    (
        "src/metered_json.rs",
        include_str!("../runtime/src/metered_json.rs"),
    ),
    (
        "src/multipart.rs",
        include_str!("../runtime/src/multipart.rs"),
    ),
    (
        "src/operation.rs",
        include_str!("../runtime/src/operation.rs"),
    ),
    ("src/options.rs", include_str!("../runtime/src/options.rs")),
    ("src/outcome.rs", include_str!("../runtime/src/outcome.rs")),
    (
        "src/rate_limit.rs",
        include_str!("../runtime/src/rate_limit.rs"),
    ),
    (
        "src/read_body.rs",
        include_str!("../runtime/src/read_body.rs"),
    ),
    (
        "src/rejected_tokens.rs",
        include_str!("../runtime/src/rejected_tokens.rs"),
    ),
    (
        "src/request_error.rs",
        include_str!("../runtime/src/request_error.rs"),
    ),
    (
        "src/response.rs",
        include_str!("../runtime/src/response.rs"),
    ),
    ("src/retry.rs", include_str!("../runtime/src/retry.rs")),
    (
        "src/retry_after.rs",
        include_str!("../runtime/src/retry_after.rs"),
    ),
    (
        "src/retry_budget.rs",
        include_str!("../runtime/src/retry_budget.rs"),
    ),
    ("src/secret.rs", include_str!("../runtime/src/secret.rs")),
    (
        "src/telemetry.rs",
        include_str!("../runtime/src/telemetry.rs"),
    ),
    (
        "src/time_limit.rs",
        include_str!("../runtime/src/time_limit.rs"),
    ),
    (
        "src/token_error.rs",
        include_str!("../runtime/src/token_error.rs"),
    ),
    (
        "src/token_source.rs",
        include_str!("../runtime/src/token_source.rs"),
    ),
    (
        "src/transport.rs",
        include_str!("../runtime/src/transport.rs"),
    ),
    (
        "src/transport_builder.rs",
        include_str!("../runtime/src/transport_builder.rs"),
    ),
    (
        "src/transport_error.rs",
        include_str!("../runtime/src/transport_error.rs"),
    ),
    ("src/upload.rs", include_str!("../runtime/src/upload.rs")),
    (
        "src/url_syntax/check.rs",
        include_str!("../runtime/src/url_syntax/check.rs"),
    ),
    (
        "src/url_syntax/mod.rs",
        include_str!("../runtime/src/url_syntax/mod.rs"),
    ),
    (
        "src/url_syntax/punycode.rs",
        include_str!("../runtime/src/url_syntax/punycode.rs"),
    ),
];

/// The manifest without its workspace; a test compares its requirements with the workspace's.
const MANIFEST: &str = r#"[package]
name = "openapi-client-runtime"
description = "The runtime of generated OpenAPI clients"
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
license = "MIT OR Apache-2.0"

[dependencies]
base64 = { version = "0.23.1", default-features = false, features = ["alloc"] }
bytes = "1.12.2"
chrono = { version = "0.4.45", default-features = false, features = ["serde", "std"], optional = true }
http-body = "1.1.0"
httpdate = "1.0.3"
percent-encoding = "2.3.2"
reqwest = { version = "0.13.5", default-features = false, features = ["json"] }
serde = { version = "1.0.229", features = ["derive"] }
serde_json = "1.0.154"
tokio = { version = "1.54.1", default-features = false, features = ["rt", "sync", "time"] }
tracing = { version = "0.1.44", default-features = false, features = ["std"], optional = true }
uuid = { version = "1.23.2", default-features = false, features = ["serde", "std"], optional = true }
zeroize = "1.8.2"

[features]
default = ["rustls"]
rustls = ["reqwest/rustls"]
native-tls = ["reqwest/native-tls"]
tracing = ["dep:tracing"]
chrono = ["dep:chrono"]
uuid = ["dep:uuid"]
"#;

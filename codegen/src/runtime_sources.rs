//! The runtime's sources, for crates that are generated outside this workspace.

/// Every file of the runtime that a build needs, by path; its manifest stands alone.
pub const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", MANIFEST),
    (
        "src/base_url.rs",
        include_str!("../runtime/src/base_url.rs"),
    ),
    ("src/call.rs", include_str!("../runtime/src/call.rs")),
    (
        "src/credential.rs",
        include_str!("../runtime/src/credential.rs"),
    ),
    (
        "src/encode/cookie.rs",
        include_str!("../runtime/src/encode/cookie.rs"),
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
    ("src/lib.rs", include_str!("../runtime/src/lib.rs")),
    (
        "src/media_type.rs",
        include_str!("../runtime/src/media_type.rs"),
    ),
    (
        "src/operation.rs",
        include_str!("../runtime/src/operation.rs"),
    ),
    ("src/options.rs", include_str!("../runtime/src/options.rs")),
    (
        "src/request_error.rs",
        include_str!("../runtime/src/request_error.rs"),
    ),
    (
        "src/response.rs",
        include_str!("../runtime/src/response.rs"),
    ),
    ("src/secret.rs", include_str!("../runtime/src/secret.rs")),
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
];

/// The manifest without its workspace; a test holds its requirements to the workspace's.
const MANIFEST: &str = r#"[package]
name = "openapi-client-runtime"
description = "The hand-written part of generated OpenAPI clients"
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
license = "MIT OR Apache-2.0"

[dependencies]
reqwest = { version = "0.13.5", default-features = false, features = ["json"] }
serde = { version = "1.0.229", features = ["derive"] }
serde_json = "1.0.154"
zeroize = "1.8.2"

[features]
default = ["rustls"]
rustls = ["reqwest/rustls"]
native-tls = ["reqwest/native-tls"]
"#;

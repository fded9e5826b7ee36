//! Emits `Cargo.toml`.

use crate::config::Layout;
use crate::model::{Model, Package};
use crate::print::is_unseen;
use crate::prose::one_line;

/// A dependency of generated crates.
struct Dependency {
    name: &'static str,
    /// The text that sources contain if they use it; empty if every crate needs it.
    used_by: &'static str,
    /// The requirement in the manifest.
    requirement: &'static str,
}

/// The versions are those that the workspace builds and tests with, which a test checks.
const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        name: "chrono",
        used_by: "chrono::",
        requirement: r#"{ version = "0.4.45", default-features = false, features = ["serde", "std"] }"#,
    },
    Dependency {
        name: "reqwest",
        used_by: "",
        requirement: r#"{ version = "0.13.5", default-features = false, features = ["json"] }"#,
    },
    Dependency {
        name: "serde",
        used_by: "serde::",
        requirement: r#"{ version = "1.0.229", features = ["derive"] }"#,
    },
    Dependency {
        name: "serde_json",
        used_by: "serde_json::",
        requirement: r#""1.0.154""#,
    },
    Dependency {
        name: "uuid",
        used_by: "uuid::",
        requirement: r#"{ version = "1.23.2", default-features = false, features = ["serde", "std"] }"#,
    },
];

/// Emits the manifest. `sources` are the printed files, from which the dependencies are found.
pub(crate) fn manifest<'a>(
    model: &Model,
    layout: Layout,
    sources: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let package = &model.package;
    let mut text = package_section(package);
    let runtime = match layout {
        Layout::Member => "../../codegen/runtime",
        Layout::Standalone => "runtime",
    };
    text.push_str("\n[dependencies]\n");
    let used: Vec<&Dependency> = DEPENDENCIES
        .iter()
        .filter(|dependency| {
            sources
                .clone()
                .any(|source| source.contains(dependency.used_by))
        })
        .collect();
    for dependency in &used {
        let (name, requirement) = (dependency.name, dependency.requirement);
        text.push_str(&format!("{name} = {requirement}\n"));
    }
    text.push_str(&format!(
        "\n[dependencies.openapi-client-runtime]\npath = \"{runtime}\"\nversion = \"{RUNTIME}\"\n\
         default-features = false\n"
    ));
    let shared = used.iter().map(|dependency| dependency.name);
    let shared = shared
        .filter(|name| RUNTIME_FEATURES.contains(name))
        .map(string);
    let shared: Vec<String> = shared.collect();
    if !shared.is_empty() {
        text.push_str(&format!("features = [{}]\n", shared.join(", ")));
    }
    text.push_str(&dev_dependencies(package));
    text.push_str(&tags(model));
    text.push_str(
        "# The TLS backend: rustls, or the operating system's.\n\
         rustls = [\"openapi-client-runtime/rustls\"]\n\
         native-tls = [\"openapi-client-runtime/native-tls\"]\n\
         # A span for each request, with OpenTelemetry's names.\n\
         tracing = [\"openapi-client-runtime/tracing\"]\n",
    );
    text.push_str(LINTS);
    if layout == Layout::Standalone {
        text.push_str("\n[workspace]\nmembers = [\"runtime\"]\n");
    }
    text
}

/// The dependencies whose types the runtime decodes in unions, with features of these names.
const RUNTIME_FEATURES: &[&str] = &["chrono", "uuid"];

/// The version of the runtime, which is that of this workspace: both are released together.
const RUNTIME: &str = env!("CARGO_PKG_VERSION");

const LINTS: &str = "
[lints.rust]
missing_docs = \"warn\"
unsafe_code = \"forbid\"

[lints.clippy]
# Descriptions come from the API document; their lists are kept as written.
doc_lazy_continuation = \"allow\"
doc_overindented_list_items = \"allow\"
expect_used = \"warn\"
indexing_slicing = \"warn\"
panic = \"warn\"
unwrap_used = \"warn\"
";

/// The default features, and one per tag.
fn tags(model: &Model) -> String {
    let features = model.features();
    let all = features.values().map(String::as_str).chain(["rustls"]);
    let all: Vec<String> = all.map(string).collect();
    if features.is_empty() {
        return format!("\n[features]\ndefault = [{}]\n", all.join(", "));
    }
    let mut text = String::from("\n[features]\ndefault = [\n");
    for feature in &all {
        text.push_str(&format!("    {feature},\n"));
    }
    text.push_str("]\n# The operations of one tag, and the types that only they need.\n");
    for feature in features.values() {
        text.push_str(&format!("{} = []\n", key(feature)));
    }
    text
}

fn package_section(package: &Package) -> String {
    let mut text = format!(
        "[package]\nname = {}\ndescription = {}\nversion = {}\nedition = \"2024\"\n\
         rust-version = \"1.88\"\n",
        string(&package.name),
        string(&one_line(&package.description)),
        string(&package.version),
    );
    if let Some(license) = &package.license {
        text.push_str(&format!("license = {}\n", string(license)));
    }
    if let Some(repository) = &package.repository {
        text.push_str(&format!("repository = {}\n", string(repository)));
    }
    if package.guide {
        text.push_str("readme = \"GUIDE.md\"\n");
    }
    text
}

/// The dependencies of examples, each in its own table.
fn dev_dependencies(package: &Package) -> String {
    let mut text = String::new();
    for dependency in &package.dev_dependencies {
        text.push_str(&format!("\n[dev-dependencies.{}]\n", key(&dependency.name)));
        for (key, value) in [("version", &dependency.version), ("path", &dependency.path)] {
            if let Some(value) = value {
                text.push_str(&format!("{key} = {}\n", string(value)));
            }
        }
        let features: Vec<String> = dependency
            .features
            .iter()
            .map(|feature| string(feature))
            .collect();
        text.push_str("default-features = false\n");
        if !features.is_empty() {
            text.push_str(&format!("features = [{}]\n", features.join(", ")));
        }
    }
    text
}

/// A TOML key, in quotes if it needs them.
fn key(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        text.to_owned()
    } else {
        string(text)
    }
}

/// A TOML basic string.
fn string(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            hidden if hidden.is_control() || is_unseen(hidden) => {
                out.push_str(&format!("\\U{:08X}", u32::from(hidden)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

//! `.ci/update` as the weekly run takes it: in a clone of this repository, with a document on
//! loopback that moves. It builds the clone and runs all of its tests, so it is asked for by name.

use std::process::Command;

use serde_json::{Value, json};
use tests::workspace::{Ran, Workspace, target_folder};

use crate::fetch::Upstream;
use crate::output::root;
use crate::slice::ends;
use crate::vendor_changes::{
    Vendor, another, failure, followed, free, free_status, success, with_prose,
};

const CONFIG: &str = "repository/openapi/monite/client.yaml";

/// Runs a script in the clone, with programs built where the clone's are, and without a network.
fn shell(workspace: &Workspace, script: &str) -> Ran {
    let mut command = Command::new("bash");
    command
        .args(["-ec", script])
        .current_dir(workspace.path().join("repository"))
        .env("CARGO_TARGET_DIR", target_folder().join("rehearsal"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .envs(["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"].map(|value| (value, "/dev/null")))
        .envs(["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"].map(|value| (value, "nobody")))
        .envs(
            ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"].map(|value| (value, "nobody@example.com")),
        )
        .envs(["HTTP_PROXY", "http_proxy"].map(|value| (value, "http://127.0.0.1:9")))
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("INSTA_UPDATE");
    workspace.run(&mut command)
}

/// A document with one member of a type.
fn document(member: &Value) -> String {
    let pet = json!({"type": "object", "properties": {"born": member}});
    let content = json!({"application/json": {"schema": pet}});
    let operation = json!({
        "operationId": "get_pet",
        "responses": {"200": {"description": "The pet.", "content": content}},
    });
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example"}],
        "paths": {"/pet": {"get": operation}},
    });
    document.to_string()
}

#[test]
#[ignore = "builds a clone of the repository and runs all of its tests"]
fn an_update_goes_through_from_the_document_to_the_patch() {
    let (_, full, corrected) = followed();
    let upstream = Upstream::with(&full.to_string());
    let workspace = Workspace::empty();
    let clone = format!("git clone --quiet '{}' repository", root().display());
    let cloned = workspace.run(
        Command::new("bash")
            .args(["-ec", &clone])
            .current_dir(workspace.path()),
    );
    ends(&cloned, 0);
    // A client that is added by the recipe, as JSON, and needs no dates yet.
    let small = Upstream::with(&document(&json!({"type": "string"})));
    workspace.write(
        "repository/openapi/pets/openapi.json",
        &document(&json!({"type": "string"})),
    );
    let source = format!("source: {}\n", small.url("openapi.json"));
    workspace.write("repository/openapi/pets/client.yaml", &source);
    let source = format!("source: {}\n", upstream.url("openapi.json"));
    workspace.write(CONFIG, &(source + &workspace.read(CONFIG)));
    let follow = "for it in openapi/*/; do cargo xtask slice --into ${it%/}; done &&
        cargo xtask regenerate && INSTA_UPDATE=always cargo test --package review &&
        git add --all && git commit --quiet --message Follow";
    ends(&shell(&workspace, follow), 0);
    let still = shell(&workspace, ".ci/update ../update && git status --porcelain");
    ends(&still, 0);
    assert!(
        still.stdout.contains("nothing moved"),
        "{}",
        still.transcript()
    );

    let mut vendor = Vendor { full, corrected };
    with_prose(&mut vendor.full["components"]);
    vendor.full["info"]["title"] = another(&vendor.full["info"]["title"]);
    let path = free("/new", &vendor.full["paths"]);
    vendor.full["paths"][&path] = json!({"get": {"responses": {"204": {"description": "Done."}}}});
    vendor.each_operation(|operation| operation["tags"] = json!([another(&operation["tags"][0])]));
    let response = failure(vendor.first()).cloned().expect("there is one");
    let status = free_status(vendor.first());
    vendor.first()["responses"][status] = response;
    let name = vendor.component(success);
    let member = json!({"type": "string", "format": "date-time"});
    let since = free("since", &vendor.schema(&name)["properties"]);
    vendor.schema(&name)["properties"][&since] = member;
    upstream.move_to(&vendor.full.to_string());
    small.move_to(&document(&json!({"type": "string", "format": "date-time"})));
    let ran = shell(&workspace, ".ci/update ../update");
    ends(&ran, 0);
    let page = workspace.read("update/page.md");
    println!("{}\n{page}", ran.transcript());
    assert!(!page.contains("The tests fail"), "{page}");
    let parts = [
        format!("status {status}"),
        format!("`{since}`"),
        format!("`GET {path}`"),
        "minor".to_owned(),
    ];
    for part in parts {
        assert!(page.contains(&part), "{part} in {page}");
    }
    let patch = workspace.read("update/update.patch");
    for file in [
        "Cargo.lock",
        "openapi/monite/openapi.yaml",
        "openapi/monite/operations.txt",
        "generated/monite-client/src/types.rs",
        "openapi/pets/openapi.json",
        "tests/review/snapshots/monite/api.snap",
        "tests/review/snapshots/pets/api.snap",
    ] {
        assert!(patch.contains(&format!("+++ b/{file}\n")), "{file}");
    }
    assert!(!patch.contains("vendor's words"), "prose stays behind");
    let applied =
        "git stash --quiet && git apply --index ../update/update.patch && cargo xtask check";
    ends(&shell(&workspace, applied), 0);
}

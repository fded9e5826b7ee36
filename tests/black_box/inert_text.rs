//! Text of a document, and names of files, where people and machines read them: nothing in it acts
//! on a terminal, in a log of CI, in `lowering.log`, in a file of its own.

use serde_json::{Value, json};
use tests::workspace::{Ran, Workspace};

use crate::diff;

/// Escape sequences of both kinds, workflow commands of both kinds, line breaks of all kinds, and
/// characters that are not seen or turn the text around.
const HOSTILE: &str = "x\u{1b}]0;T\u{7}\u{1b}[2J\u{9b}31m\n::error file=a.rs,line=1::B\n \
    ::add-mask::a\r\n::stop-commands::t\n##[error]c\u{202e}\u{2066}\u{200b}\u{2028}\u{feff}\u{e0041}";

/// A document that says it in every place, and is wrong in many.
fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": HOSTILE, "description": HOSTILE},
        "servers": [{"url": "https://pets.example", "description": HOSTILE}],
        "tags": [{"name": HOSTILE}],
        "paths": {
            (format!("/{HOSTILE}")): {"get": {
                "operationId": HOSTILE,
                "parameters": [
                    {"name": HOSTILE, "in": "path", "required": true, "schema": {"type": "string"}},
                    {"name": HOSTILE, "in": HOSTILE, "schema": {"$ref": HOSTILE}},
                ],
                "security": [{(HOSTILE): []}],
                "responses": {(HOSTILE): {"description": "d"}},
            }},
            "/pets": {"post": {
                "operationId": HOSTILE,
                "requestBody": {"content": {(HOSTILE): {"schema": {"type": HOSTILE}}}},
                "responses": {"200": {"$ref": format!("#/components/responses/{HOSTILE}")}},
            }},
        },
    })
}

/// A document that becomes a crate, and says it where the log has it.
fn logged() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example"}],
        "paths": {"/pets": {"get": {
            "operationId": "list_pets",
            "responses": {"200": {"description": "d", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Pet"},
            }}}},
        }}},
        "components": {"schemas": {"Pet": {"type": "object", "properties": {
            "id": {"type": "string", "pattern": HOSTILE},
            (HOSTILE): {"type": "string", "not": {}, "pattern": HOSTILE, "default": HOSTILE},
        }}}},
    })
}

/// Whether a character acts, or is not seen.
fn acts(c: char) -> bool {
    let unseen = [
        '\u{202e}',
        '\u{2066}',
        '\u{200b}',
        '\u{2028}',
        '\u{feff}',
        '\u{e0041}',
    ];
    (c.is_control() && c != '\n') || unseen.contains(&c)
}

/// A workflow command may begin a line only where the format is that of them.
#[track_caller]
fn is_inert(text: &str, commands: bool) {
    assert!(!text.contains(acts), "{text:?}");
    assert!(!text.contains("##["), "{text}");
    for line in text.lines() {
        let begins = line.trim_start().starts_with("::");
        let ours = ["error", "warning"].map(|value| format!("::{value} file=openapi/"));
        let ours = commands
            && (ours.iter().any(|value| line.starts_with(value))
                || line.starts_with("::error file=generated/"));
        assert!(!begins || ours, "{line}");
    }
}

/// What is said without the colours of ours.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !(c.is_ascii_digit() || c == ';'));
        let end = end.expect("a colour ends");
        assert!(part[end..].starts_with('m'), "{part:?}");
        plain += &part[end + 1..];
    }
    plain
}

fn stored(document: &Value) -> Workspace {
    let workspace = Workspace::with_pets();
    std::fs::remove_file(workspace.path().join("openapi/pets/openapi.yaml")).expect("removed");
    workspace.write("openapi/pets/openapi.json", &document.to_string());
    workspace
}

#[test]
fn diagnostics_are_inert_in_every_format() {
    let workspace = stored(&document());
    let run = |arguments: &[&str]| {
        let ran = workspace.xtask(arguments);
        assert_eq!(ran.code, Some(4), "{}", ran.transcript());
        ran
    };
    let told = run(&["check", "--format", "json"]);
    is_inert(&told.stdout, false);
    let records: Vec<Value> = serde_json::from_str(&told.stdout).expect("it is JSON");
    let message = |record: &Value| record["message"].as_str().unwrap_or_default().to_owned();
    assert!(
        records.iter().any(|value| message(value).contains(HOSTILE)),
        "it is the same text"
    );

    let human = run(&["check"]);
    is_inert(&human.stderr, false);
    assert!(human.stderr.contains(r"\n::error file"), "{}", human.stderr);
    let coloured = run(&["--color", "always", "check"]);
    assert_eq!(
        without_colours(&coloured.stderr),
        human.stderr,
        "and no other escapes"
    );

    let github = run(&["check", "--format", "github"]);
    is_inert(&github.stdout, true);
    assert_eq!(
        github.stdout.lines().count(),
        records.len(),
        "a line for each diagnostic"
    );
}

#[test]
fn the_marked_part_of_a_line_is_under_its_mark() {
    let workspace = Workspace::with_pets();
    let parameter = "- name: id\n          in: path\n          required: true\n          \
        schema: {type: string}\n";
    let inline = "- {\"x-\u{200b}\u{202e}\": \"\t##[error]\", name: [id], in: path, required: true, \
        schema: {type: string}}\n";
    workspace.edit("openapi/pets/openapi.yaml", parameter, inline);
    let ran = workspace.xtask(&["check"]);
    assert_eq!(ran.code, Some(100), "{}", ran.transcript());
    is_inert(&ran.stderr, false);
    let column = |line: &str, text: &str| {
        let before = line.split(text).next().unwrap_or_default();
        before.chars().count()
    };
    let lines: Vec<&str> = ran.stderr.lines().collect();
    let shown = lines.iter().position(|line| line.contains("name: [id]"));
    let shown = shown.expect("the line is shown");
    assert!(
        lines[shown].contains(r"x-\u{200b}\u{202e}"),
        "{}",
        lines[shown]
    );
    assert_eq!(
        column(lines[shown], "name"),
        column(lines[shown + 1], "^"),
        "{}",
        ran.stderr
    );
    // And where an editor has it.
    let document = workspace.read("openapi/pets/openapi.yaml");
    let line = document
        .lines()
        .position(|line| line.contains("name: [id]"));
    let line = line.expect("it is there");
    let column = column(document.lines().nth(line).unwrap_or_default(), "name");
    let place = format!("openapi.yaml:{}:{}\n", line + 1, column + 1);
    assert!(ran.stderr.contains(&place), "{place} in {}", ran.stderr);
}

#[test]
fn a_log_has_a_line_for_each_rule_that_was_applied() {
    let workspace = Workspace::empty();
    workspace.write("pets.json", &logged().to_string());
    let ran = workspace.xtask(&["generate", "--from", "pets.json", "--out", "made"]);
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
    is_inert(&ran.stderr, false);
    let log = workspace.read("made/lowering.log");
    is_inert(&log, false);
    assert!(log.contains(r"x\u{1b}]0;T\u{7}"), "it has the text: {log}");
    let rules: Vec<&str> = codegen::pipeline::rules().map(|rule| rule.id).collect();
    for line in log.lines() {
        let id = line.split(' ').next().unwrap_or_default();
        assert!(rules.contains(&id), "{line}");
    }
}

#[test]
fn changes_of_files_are_inert() {
    let workspace = stored(&logged());
    workspace.write("openapi/pets/guide.md", &format!("# Guide\n{HOSTILE}\n"));
    for arguments in [&["regenerate", "--dry-run", "--diff"][..], &["regenerate"]] {
        let ran = workspace.xtask(arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.transcript());
        is_inert(&ran.stdout, false);
        is_inert(&ran.stderr, false);
    }
    // An edit is shown with its first line.
    let guide = "generated/pets-client/GUIDE.md";
    workspace.edit(guide, "# Guide\n", "# Guide\n\u{1b}[2J\u{202e}\n");
    for format in ["human", "github", "json"] {
        let ran = workspace.xtask(&["check", "--format", format]);
        assert_eq!(ran.code, Some(100), "{}", ran.transcript());
        is_inert(&(ran.stdout + &ran.stderr), format == "github");
    }
}

#[test]
fn slices_are_cut_and_explained_inertly() {
    let mut full = logged();
    full["components"]["schemas"][HOSTILE] = json!({"type": "string"});
    let reference = format!("#/components/schemas/{}", HOSTILE.replace('~', "~0"));
    full["components"]["schemas"]["Pet"]["properties"]["more"] = json!({"$ref": reference});
    let workspace = Workspace::empty();
    workspace.write("full.json", &full.to_string());
    let cut = [
        "slice",
        "--from",
        "full.json",
        "--into",
        "cut",
        "--operation",
        "list_pets",
    ];
    let ran = workspace.xtask(&[&cut[..], &["--explain"]].concat());
    is_inert(&ran.stdout, false);
    is_inert(&ran.stderr, false);
    assert!(
        ran.stdout.contains(r"schemas/x\u{1b}"),
        "{}",
        ran.transcript()
    );
    let ran = workspace.xtask(&["slice", "--into", "cut", "--check", "--explain"]);
    is_inert(&(ran.stdout + &ran.stderr), false);
}

#[cfg(unix)]
#[test]
fn names_of_files_are_inert() {
    let name = "a\u{1b}[2J\u{202e}<img src=x>|`b\n::error file=a.rs,line=1::";
    let workspace = Workspace::empty();
    workspace.write(&format!("documents/{name}.json"), &logged().to_string());
    workspace.write("documents/::error file=a.rs,line=1::.json", "{}");
    for format in ["human", "markdown", "json"] {
        let chart = ["--chart", "chart.svg", "--format", format];
        let ran = workspace.xtask(&[&["corpus", "documents"], &chart[..]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.transcript());
        is_inert(&ran.stdout, false);
        is_inert(&ran.stderr, false);
    }
    let chart = workspace.read("chart.svg");
    is_inert(&chart, false);
    assert!(
        !chart.contains("<img") && chart.contains("&lt;img"),
        "{chart}"
    );

    // A folder of a client, and what the command line says.
    workspace.write("Cargo.toml", "[workspace]\n");
    workspace.write("openapi/a\u{1b}[2J\n::error::/openapi.json", "{}");
    for arguments in [
        &["check"][..],
        &["check", "\u{1b}[2J"],
        &["check", "--format", "\u{1b}[2J"],
    ] {
        let Ran { stdout, stderr, .. } = workspace.xtask(arguments);
        assert!(stderr.contains(r"\u{1b}[2J"), "{stderr}");
        is_inert(&(stdout + &stderr), false);
    }
}

#[test]
fn a_change_is_told_inertly() {
    let workspace = diff::repository();
    let mut zoo: Value = serde_yaml::from_str(&workspace.read(diff::DOCUMENT)).expect("YAML");
    zoo["info"]["description"] = json!(HOSTILE);
    zoo["components"]["schemas"]["Animal"]["properties"][HOSTILE] = json!({"type": "string"});
    zoo["components"]["schemas"]["Animal"]["properties"]["name"]["pattern"] = json!("\u{1b}[2J");
    workspace.write(diff::DOCUMENT, &zoo.to_string());
    for format in ["human", "markdown", "json"] {
        let ran = diff::diff(&workspace, &["HEAD", "--format", format, "--deny", "patch"]);
        assert_eq!(ran.code, Some(100), "{}", ran.transcript());
        is_inert(&ran.stdout, false);
        is_inert(&ran.stderr, false);
        let shown = ran.stdout.contains(r"\u{1b}") || ran.stdout.contains(r"\u001b");
        assert!(shown, "it has the text: {}", ran.stdout);
    }
}

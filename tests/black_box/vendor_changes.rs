//! What a vendor may do to the document that a stored client follows, and what becomes of it: the
//! whole way through `slice`, `regenerate` and `diff`, in a workspace of its own.
//!
//! The vendor's document is made of the stored slice, so its names are looked up, never written
//! here: when it moves, the edits move with it.

use codegen::overlay;
use codegen::report::Report;
use codegen::source::{Input, Source};
use serde_json::{Map, Value, json};
use tests::workspace::{Ran, Workspace};

use crate::diff::{diff, initialize};
use crate::mutated_files::copy;
use crate::slice::{ends, yaml};

const UPSTREAM: &str = "upstream.json";
const FOLDER: &str = "openapi/monite";
const METHODS: [&str; 5] = ["delete", "get", "patch", "post", "put"];

/// How far an edit comes, and why it stops there.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// The slice needs a person: the diagnostic.
    SliceRed(&'static str),
    /// The crate needs one.
    CrateRed(&'static str),
    /// All is made; the gravest level asks for a version or for none.
    Green(&'static str),
}

use Outcome::{CrateRed, Green, SliceRed};

/// A vendor's document, to be edited.
pub struct Vendor {
    /// The document.
    pub full: Value,
    /// The stored slice with the overlay applied: what the client is made from.
    pub corrected: Value,
}

impl Vendor {
    /// The operations, each by its path and method.
    fn operations(&self) -> Vec<(String, String)> {
        let paths = self.full["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
            methods.map(|method| (path.clone(), (*method).to_owned()))
        });
        operations.collect()
    }

    /// Edits each operation.
    pub fn each_operation(&mut self, edit: impl Fn(&mut Value)) {
        for (path, method) in self.operations() {
            edit(&mut self.full["paths"][&path][&method]);
        }
    }

    /// The first operation of the document.
    pub fn first(&mut self) -> &mut Value {
        let (path, method) = self.operations()[0].clone();
        &mut self.full["paths"][&path][&method]
    }

    /// The name of the component that a message of some operation is: one with members of its own,
    /// which the overlay describes and leaves where they are.
    pub fn component(&self, of: impl Fn(&Value) -> Option<&Value>) -> String {
        let operations = self.operations();
        let names = operations.iter().filter_map(|(path, method)| {
            let content = of(&self.full["paths"][path][method])?;
            let reference = content.pointer("/content/application~1json/schema/$ref")?;
            reference.as_str()?.strip_prefix("#/components/schemas/")
        });
        let schema = |document: &Value, name: &str| document["components"]["schemas"][name].clone();
        let kept = |name: &&str| {
            let corrected = schema(&self.corrected, name);
            let has = |member: &str| corrected.get(member).is_some();
            schema(&self.full, name).get("properties").is_some()
                && has("properties")
                && has("description")
        };
        let mut names = names.filter(kept);
        names.next().expect("there is one").to_owned()
    }

    /// A member of a component that the overlay describes.
    fn described(&self, name: &str) -> String {
        let members = &self.corrected["components"]["schemas"][name]["properties"];
        let mut members = members.as_object().expect("there are members").iter();
        let found = members.find(|(_, member)| member.get("description").is_some());
        found.expect("one is described").0.clone()
    }

    /// A component.
    pub fn schema(&mut self, name: &str) -> &mut Map<String, Value> {
        let schema = &mut self.full["components"]["schemas"][name];
        schema.as_object_mut().expect("it is an object")
    }

    /// Renames a component, with every reference to it.
    fn rename(&mut self, from: &str, to: &str) {
        let text = self.full.to_string();
        let text = text.replace(&format!("schemas/{from}\""), &format!("schemas/{to}\""));
        self.full = serde_json::from_str(&text).expect("it is still JSON");
        let schemas = self.full["components"]["schemas"].as_object_mut();
        let schemas = schemas.expect("there are schemas");
        let schema = schemas.remove(from).expect("it was there");
        schemas.insert(to.to_owned(), schema);
    }
}

/// The first success of an operation.
pub fn success(operation: &Value) -> Option<&Value> {
    let responses = operation["responses"].as_object()?;
    let mut found = responses
        .iter()
        .filter(|(status, _)| status.starts_with('2'));
    found.next().map(|(_, response)| response)
}

/// The first failure of an operation that is the caller's fault.
pub fn failure(operation: &Value) -> Option<&Value> {
    let responses = operation["responses"].as_object()?;
    let mut found = responses
        .iter()
        .filter(|(status, _)| status.starts_with('4'));
    found.next().map(|(_, response)| response)
}

fn body(operation: &Value) -> Option<&Value> {
    operation.get("requestBody")
}

/// Prose at each place where the full document has it again.
pub fn with_prose(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(with_prose);
            let is_schema = members.get("type").is_some_and(Value::is_string);
            if members.contains_key("operationId") || is_schema {
                members.insert("description".to_owned(), json!("In the vendor's words."));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(with_prose),
        _ => {}
    }
}

/// Another text: the document may have had any edit by now.
pub fn another(text: &Value) -> Value {
    json!(format!("{} again", text.as_str().unwrap_or_default()))
}

/// A name that an object does not have.
pub fn free(name: &str, object: &Value) -> String {
    let mut name = name.to_owned();
    while object.get(&name).is_some() {
        name.push_str("_more");
    }
    name
}

/// A status that an operation does not declare.
pub fn free_status(operation: &Value) -> &'static str {
    let statuses = ["418", "425", "428", "451"];
    let mut free = statuses
        .into_iter()
        .filter(|status| operation["responses"].get(status).is_none());
    free.next().expect("one is free")
}

/// What a vendor does.
type Edit = fn(&mut Vendor);

/// Each edit with what becomes of it.
const EDITS: &[(&str, Edit, Outcome)] = &[
    (
        "the title is another",
        |vendor| vendor.full["info"]["title"] = another(&vendor.full["info"]["title"]),
        Green("none"),
    ),
    (
        "all prose is written anew, and examples join",
        |vendor| {
            with_prose(&mut vendor.full["components"]);
            vendor.each_operation(|operation| operation["summary"] = json!("In other words."));
        },
        Green("none"),
    ),
    (
        "the tag is another",
        |vendor| {
            vendor.each_operation(|operation| {
                operation["tags"] = json!([another(&operation["tags"][0])])
            })
        },
        Green("none"),
    ),
    (
        "the version of the document is another",
        |vendor| {
            let dates = ["2031-01-31", "2032-01-31"].map(Value::from);
            let mut dates = dates.into_iter();
            let other = dates.find(|date| *date != vendor.full["info"]["version"]);
            vendor.full["info"]["version"] = other.expect("one is another");
        },
        Green("minor"),
    ),
    (
        "a status is new",
        |vendor| {
            let response = failure(vendor.first()).cloned().expect("there is one");
            let status = free_status(vendor.first());
            vendor.first()["responses"][status] = response;
        },
        Green("minor"),
    ),
    (
        "an answer has one more member",
        |vendor| {
            let name = vendor.component(success);
            let member = free("hint", &vendor.schema(&name)["properties"]);
            vendor.schema(&name)["properties"][member] = json!({"type": "string"});
        },
        Green("minor"),
    ),
    (
        "a request requires one more member",
        |vendor| {
            let name = vendor.component(body);
            let member = free("reason", &vendor.schema(&name)["properties"]);
            vendor.schema(&name)["properties"][&member] = json!({"type": "string"});
            let required = vendor.schema(&name)["required"].as_array_mut();
            required.expect("there are some").push(json!(member));
        },
        Green("major"),
    ),
    (
        "a member of a request is bounded",
        |vendor| {
            let name = vendor.component(body);
            let members = vendor.schema(&name)["properties"].as_object_mut();
            let mut members = members.expect("there are members").values_mut();
            // The overlay has types of its own for credentials.
            let member = members.find(|member| member.get("format").is_some());
            let member = member.expect("there is one");
            let most = member["maxLength"].as_u64().unwrap_or(64);
            member["maxLength"] = json!(most + 1);
        },
        Green("patch"),
    ),
    (
        "an operation joins",
        |vendor| {
            let path = free("/new", &vendor.full["paths"]);
            vendor.full["paths"][path] =
                json!({"get": {"responses": {"204": {"description": "Done."}}}})
        },
        Green("none"),
    ),
    (
        "a member of an answer goes that the overlay describes",
        |vendor| {
            let name = vendor.component(success);
            let member = vendor.described(&name);
            let schema = vendor.schema(&name);
            let members = schema["properties"].as_object_mut().expect("members");
            members.remove(&member);
            let required = schema["required"]
                .as_array_mut()
                .expect("some are required");
            required.retain(|name| *name != member);
        },
        CrateRed("overlay-no-match"),
    ),
    (
        "a schema has another name that the overlay uses",
        |vendor| {
            let name = vendor.component(failure);
            let new = free("Renamed", &vendor.full["components"]["schemas"]);
            vendor.rename(&name, &new);
        },
        CrateRed("overlay-no-match"),
    ),
    (
        "an operation goes",
        |vendor| {
            let (path, _) = vendor.operations()[0].clone();
            let paths = vendor.full["paths"]
                .as_object_mut()
                .expect("there are paths");
            paths.remove(&path);
        },
        SliceRed("operation-gone"),
    ),
    (
        "an operation moves to another path",
        |vendor| {
            let (path, _) = vendor.operations()[0].clone();
            let paths = vendor.full["paths"]
                .as_object_mut()
                .expect("there are paths");
            let item = paths.remove(&path).expect("it was there");
            paths.insert(format!("{path}/now"), item);
        },
        SliceRed("operation-gone"),
    ),
    (
        "a reference leads nowhere",
        |vendor| {
            let name = vendor.component(failure);
            vendor.full["components"]["schemas"]
                .as_object_mut()
                .expect("schemas")
                .remove(&name);
        },
        SliceRed("dangling-reference"),
    ),
];

/// A repository with the stored client, which follows the vendor's document.
pub fn followed() -> (Workspace, Value, Value) {
    let workspace = Workspace::empty();
    workspace.write("Cargo.toml", "[workspace]\n");
    copy(&workspace, FOLDER, FOLDER);
    let stored = workspace.read(&format!("{FOLDER}/openapi.yaml"));
    let full = yaml(&stored);
    workspace.write(UPSTREAM, &full.to_string());
    ends(&workspace.xtask(&["regenerate"]), 0);
    let source =
        |input, file: &str| Source::new(input, file, workspace.read(&format!("{FOLDER}/{file}")));
    let mut report = Report::default();
    let (document, overlay) = (
        source(Input::Document, "openapi.yaml"),
        source(Input::Overlay, "overlay.yaml"),
    );
    let parsed = codegen::parse::document(&document, &mut report).expect("it can be read");
    let corrected = overlay::apply(parsed, Some(&overlay), &mut report);
    let corrected = corrected.expect("the overlay fits").root().clone();
    (workspace, full, corrected)
}

fn follow(workspace: &Workspace) -> Ran {
    workspace.xtask(&["slice", "--from", UPSTREAM, "--into", FOLDER])
}

/// The ids of the errors that a run reports.
fn diagnostics(ran: &Ran) -> Vec<String> {
    let errors = ran
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("error["));
    let mut ids: Vec<String> = errors
        .filter_map(|line| Some(line.split_once(']')?.0.to_owned()))
        .collect();
    ids.dedup();
    ids
}

/// What the errors of a run say, a line each.
fn messages(ran: &Ran) -> String {
    let errors = ran.stderr.lines().filter(|line| line.starts_with("error["));
    errors.map(|line| format!("{line}\n")).collect()
}

/// What becomes of the document as it is now, and what is said of it.
fn outcome(workspace: &Workspace) -> (String, String) {
    let cut = follow(workspace);
    if cut.code != Some(0) {
        ends(&cut, 100);
        return (
            format!("slice: {}", diagnostics(&cut).join(", ")),
            messages(&cut),
        );
    }
    let made = workspace.xtask(&["regenerate"]);
    if made.code != Some(0) {
        ends(&made, 100);
        return (
            format!("crate: {}", diagnostics(&made).join(", ")),
            messages(&made),
        );
    }
    let page = diff(workspace, &["HEAD", "--format", "json"]);
    ends(&page, 0);
    let page: Value = serde_json::from_str(&page.stdout).expect("it is JSON");
    let client = &page["clients"][0];
    let level = client["level"].as_str().unwrap_or("none");
    let all = [&client["changes"], &client["unexplained"]];
    let all = all.into_iter().filter_map(Value::as_array).flatten();
    let said = all.map(|change| {
        format!(
            "{}: {}\n",
            change["rule"].as_str().unwrap_or(""),
            change["detail"].as_str().unwrap_or("")
        )
    });
    (format!("green: {level}"), said.collect())
}

#[test]
fn what_a_vendor_does_is_green_or_red_for_the_right_reason() {
    let (workspace, full, corrected) = followed();
    // From here on the list of operations is recorded, and nothing else moves.
    ends(&follow(&workspace), 0);
    initialize(&workspace);
    let before = workspace.tree();
    let mut wrong = Vec::new();
    let mut words = String::new();
    for (what, edit, expected) in EDITS {
        let mut vendor = Vendor {
            full: full.clone(),
            corrected: corrected.clone(),
        };
        edit(&mut vendor);
        assert_ne!(vendor.full, full, "{what}: the edit changes something");
        workspace.write(UPSTREAM, &vendor.full.to_string());
        let (found, said) = outcome(&workspace);
        let right = match expected {
            SliceRed(id) => found.starts_with("slice: ") && found.contains(id),
            CrateRed(id) => found.starts_with("crate: ") && found.contains(id),
            Green(level) => found == format!("green: {level}"),
        };
        if !right {
            wrong.push(format!(
                "{what}: expected {expected:?}, found {found}\n{said}"
            ));
        }
        words.push_str(&format!("## {what}\n{found}\n{said}\n"));
        restore(&workspace, &before);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(EDITS.len() >= 10);
    insta::assert_snapshot!("vendor_words", words);
}

/// Puts back what the workspace had.
fn restore(workspace: &Workspace, before: &std::collections::BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in workspace.tree() {
        match before.get(&path) {
            Some(old) if *old == bytes => {}
            Some(old) => workspace.write(&path, &String::from_utf8_lossy(old)),
            None if path.starts_with(".git/") => {}
            None => std::fs::remove_file(workspace.path().join(&path)).expect("it goes"),
        }
    }
}

/// The published document, which the variable `PUBLISHED` may name, is what the slice was cut from.
#[test]
fn the_published_document_is_what_is_stored() {
    let Some(from) = std::env::var("PUBLISHED").ok() else {
        println!("skipped: PUBLISHED names no document");
        return;
    };
    let (workspace, _, _) = followed();
    let before = workspace.tree();
    let slice = ["slice", "--into", FOLDER, "--from", &from];
    let ran = workspace.xtask(&[&slice[..], &["--check"]].concat());
    ends(&ran, 0);
    assert!(
        ran.stderr.contains("closed, minimal and faithful"),
        "{}",
        ran.transcript()
    );
    ends(&workspace.xtask(&slice), 0);
    assert!(workspace.tree() == before, "and nothing moves");
}

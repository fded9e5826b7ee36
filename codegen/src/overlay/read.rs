//! Reads the actions of an overlay.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::action::{Action, Change};
use super::work::Work;
use crate::diagnostic::{Diagnostic, Place};
use crate::diagnostics;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::source::Input;

/// Reads every action, and fails at the end if one is invalid.
pub(super) fn actions(overlay: &mut Value, report: &mut Report) -> Result<Vec<Action>, Stop> {
    let before = report.diagnostics.len();
    let root = Pointer::root();
    let known = ["overlay", "info", "extends", "actions"];
    if let Value::Object(members) = overlay {
        unknown_members(members, &known, &root, report);
    }
    match overlay.get("overlay").and_then(Value::as_str) {
        Some("1.0" | "1.0.0" | "1.0.1") => {}
        Some(version) => {
            let message = format!("this is Overlay {version}");
            report.push(wrong(&root.child("overlay"), message).help("use Overlay 1.0.0"));
        }
        None => report.push(wrong(&root, "the overlay has no version")),
    }
    let mut actions = Vec::new();
    match overlay.get_mut("actions") {
        Some(Value::Array(list)) if !list.is_empty() => {
            for (index, value) in list.iter_mut().enumerate() {
                let place = root.child("actions").child(index);
                match action(value.take(), &place, report) {
                    Ok(action) => actions.push(action),
                    Err(diagnostic) => report.push(*diagnostic),
                }
            }
        }
        Some(_) => report.push(wrong(
            &root.child("actions"),
            "`actions` is not a list with entries",
        )),
        None => report.push(wrong(&root, "the overlay has no `actions`")),
    }
    if report.diagnostics.len() == before {
        Ok(actions)
    } else {
        Err(Stop)
    }
}

fn action(value: Value, place: &Pointer, report: &mut Report) -> Result<Action, Box<Diagnostic>> {
    let Value::Object(mut members) = value else {
        return Err(Box::new(wrong(place, "this action is not an object")));
    };
    let known = ["target", "description", "update", "remove"];
    unknown_members(&members, &known, place, report);
    let Some(Value::String(target)) = members.remove("target") else {
        return Err(Box::new(wrong(place, "the action has no string `target`")));
    };
    let work = Work::of(&target);
    if !work.is_readable() {
        let place = Place::Node(Input::Overlay, place.child("target"));
        let message = "the target nests brackets more than 8 levels deep";
        return Err(Box::new(Diagnostic::new(
            &diagnostics::OVERLAY_WORK,
            place,
            message,
        )));
    }
    let path = JsonPath::parse(&target).map_err(|error| {
        let message = format!("`{target}` is not a JSONPath query: {error}");
        let place = Place::Node(Input::Overlay, place.child("target"));
        Box::new(Diagnostic::new(&diagnostics::OVERLAY_PATH, place, message))
    })?;
    let change = match (members.remove("update"), members.remove("remove")) {
        (None, Some(Value::Bool(true))) => Change::Remove,
        (Some(value), None | Some(Value::Bool(false))) => Change::Update(value),
        (Some(_), Some(_)) => {
            let message = "the action has both `update` and `remove`";
            return Err(Box::new(
                wrong(place, message).help("split it into two actions"),
            ));
        }
        (None, Some(Value::Bool(false)) | None) => {
            return Err(Box::new(wrong(
                place,
                "the action has neither `update` nor `remove`",
            )));
        }
        (None, Some(_)) => {
            return Err(Box::new(wrong(
                &place.child("remove"),
                "`remove` is not a boolean",
            )));
        }
    };
    Ok(Action {
        target,
        work,
        path,
        expected: members.remove("x-expected"),
        change,
        place: place.clone(),
    })
}

fn unknown_members(
    members: &Map<String, Value>,
    known: &[&str],
    place: &Pointer,
    report: &mut Report,
) {
    for name in members.keys() {
        if !known.contains(&name.as_str()) && !name.starts_with("x-") {
            let message = format!("`{name}` is not a member of this object");
            report.push(wrong(&place.child(name), message));
        }
    }
}

fn wrong(place: &Pointer, message: impl Into<String>) -> Diagnostic {
    let place = Place::Node(Input::Overlay, place.clone());
    Diagnostic::new(&diagnostics::OVERLAY_SHAPE, place, message)
}

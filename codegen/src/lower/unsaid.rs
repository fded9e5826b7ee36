//! What an operation has and its method does not: noted in the log, and said where the method is
//! documented, in the words of what is lost.

use serde_json::Value;

use super::{LoweredOperation, media};
use crate::model::BodyKind;
use crate::pointer::Pointer;
use crate::report::{Loss, Report, Rule};

pub(super) static EVENTS: Rule = Rule {
    id: "event-stream",
    does: "a stream of events is text, read whole when it ends",
    loss: Some(Loss::Unexpressed(
        "the single events, and each of them as it comes",
    )),
};

pub(super) static UNDECODED: Rule = Rule {
    id: "response-of-bytes",
    does: "a response of this media type is bytes",
    loss: Some(Loss::Unexpressed("the caller decodes it")),
};

pub(super) static RESERVED: Rule = Rule {
    id: "allow-reserved",
    does: "reserved characters in a query parameter are percent-encoded like all others",
    loss: Some(Loss::Unexpressed("that they may stand as they are")),
};

pub(super) static EMPTY: Rule = Rule {
    id: "allow-empty-value",
    does: "a parameter that may be empty is sent as an empty text",
    loss: None,
};

pub(super) static PART_HEADERS: Rule = Rule {
    id: "part-headers",
    does: "a part of a multipart body has no headers of its own",
    loss: Some(Loss::Unexpressed("the headers of the part")),
};

/// Every rule for what is not said.
pub(super) static ALL: &[&Rule] = &[&EVENTS, &UNDECODED, &RESERVED, &EMPTY, &PART_HEADERS];

/// Notes what is not said of an operation.
pub(super) fn note(operation: &LoweredOperation, report: &mut Report) {
    let (object, pointer) = (&operation.object, &operation.pointer);
    let members = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    let parameters = object.get("parameters").and_then(Value::as_array);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter.get("name").and_then(Value::as_str);
        let place = origin(parameter, pointer);
        for (flag, rule) in [("allowReserved", &RESERVED), ("allowEmptyValue", &EMPTY)] {
            if parameter.get(flag) == Some(&Value::Bool(true)) {
                report.apply(rule, &place, name.unwrap_or_default());
            }
        }
    }
    let body = object.get("requestBody").and_then(|it| it.get("content"));
    for (_, media_type) in members(body).unwrap_or_default() {
        for (name, part) in members(media_type.get(super::PARTS)).unwrap_or_default() {
            if members(part.get("headers")).is_some_and(|it| !it.is_empty()) {
                report.apply(&PART_HEADERS, pointer, name);
            }
        }
    }
    for (_, response) in members(object.get("responses")).unwrap_or_default() {
        let place = origin(&response, pointer);
        for (name, _) in members(response.get("content")).unwrap_or_default() {
            if media::is_events(&name) {
                report.apply(&EVENTS, &place, name);
            } else if media::response_kind(&name) == BodyKind::Bytes && !media::is_opaque(&name) {
                report.apply(&UNDECODED, &place, name);
            }
        }
    }
}

fn origin(object: &Value, operation: &Pointer) -> Pointer {
    let origin = object.get(super::ORIGIN).and_then(Value::as_str);
    let origin = origin.and_then(Pointer::parse);
    origin.unwrap_or_else(|| operation.clone())
}

/// Says in an operation's description what is lost: by the rules applied from `since` on, and by
/// those that had been applied to it before this stage, up to `before`.
pub(super) fn document(
    operation: &mut LoweredOperation,
    before: usize,
    since: usize,
    report: &Report,
) {
    let own = operation.pointer.tokens();
    let earlier = report.log.iter().take(before);
    let earlier = earlier.filter(|applied| applied.pointer.tokens().starts_with(own));
    let mut lost: Vec<String> = Vec::new();
    for applied in earlier.chain(report.log.iter().skip(since)) {
        let Some(loss) = applied.rule.loss else {
            continue;
        };
        let line = if applied.detail.is_empty() {
            format!("- {}", loss.what())
        } else {
            format!("- {} (`{}`)", loss.what(), applied.detail.replace('`', ""))
        };
        if !lost.contains(&line) {
            lost.push(line);
        }
    }
    if lost.is_empty() {
        return;
    }
    let given = operation.object.get("description").and_then(Value::as_str);
    let given = given.unwrap_or_default().trim_end();
    let text = format!(
        "{given}\n\nNot expressed by this method:\n\n{}",
        lost.join("\n")
    );
    let text = Value::String(text.trim_start().to_owned());
    operation.object.insert("description".to_owned(), text);
}

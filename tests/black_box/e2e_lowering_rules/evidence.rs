//! By what each rule of lowering is proven: bytes that a server received, or what the client made of
//! bytes that it was given.

use serde_json::Value;

use Evidence::{Absent, Exact, Gave, Json, Text};

/// What proves a rule. A request is found by the beginning of its first line.
#[derive(Debug)]
pub enum Evidence {
    /// A request's body of JSON has these members, among others.
    Json(&'static str, &'static str),
    /// A request's body is this JSON.
    Exact(&'static str, &'static str),
    /// A request has each of these texts in its head or body.
    Text(&'static str, &'static [&'static str]),
    /// No such request has one of these headers.
    Absent(&'static str, &'static [&'static str]),
    /// The client gave a value back from a call of this operation; the text is a part of it.
    Gave(&'static str, &'static str),
}

const KEEPERS: &str = "POST /v1/keepers";
const LAMPS: &str = "PUT /v1/lamps/7";
const SIGNALS: &str = "POST /v1/signals";

/// The evidence for each rule.
pub const ALL: &[(&str, Evidence)] = &[
    (
        "null-branch",
        Json(KEEPERS, r#"{"relief":null,"likeness":null}"#),
    ),
    (
        "union-of-one",
        Json(KEEPERS, r#"{"relief":{"name":"Bo","since":"May"}}"#),
    ),
    ("all-of-one", Json(KEEPERS, r#"{"deputy":{"name":"Cy"}}"#)),
    (
        "all-of-merged",
        Json(
            KEEPERS,
            r#"{"badge":{"number":3,"metal":"brass"},"likeness":{"width":30,"height":40}}"#,
        ),
    ),
    (
        "union-of-required",
        Json(
            KEEPERS,
            r#"{"contact":{"mail":"m","phone":"p"},"witness":{"name":"El"}}"#,
        ),
    ),
    (
        "members-beside-union",
        Json(KEEPERS, r#"{"badge":{"number":3,"thread":"red"}}"#),
    ),
    (
        "deep-reference",
        Json(
            KEEPERS,
            r#"{"witness":{"name":"El"},"post":{"number":1,"thread":"red","rank":2}}"#,
        ),
    ),
    (
        "any-of",
        Json(
            KEEPERS,
            r#"{"hands":{"name":"Di","since":"May","count":2}}"#,
        ),
    ),
    ("all-of-refined", Json(KEEPERS, r#"{"age":17,"key":"k"}"#)),
    (
        "all-of-conflict",
        Json(KEEPERS, r#"{"limits":[8,{"hours":8}]}"#),
    ),
    (
        "discriminator",
        Json(SIGNALS, r#"{"by":"light","colour":"green"}"#),
    ),
    (
        "discriminated-parent",
        Gave("send_signal", r##""masts":3"##),
    ),
    (
        "concealed",
        Text("POST /v1/orders", &[r##"<pin>albatross</pin>"##]),
    ),
    (
        "ignored-header",
        Absent("PUT /v1/lamps/a%2Fb", &["authorization"]),
    ),
    (
        "path-parameter-required",
        Text("GET /v1/log/2026-03-04 HTTP/1.1", &[]),
    ),
    (
        "allow-reserved",
        Text(
            "GET /v1/log/2026-03-04?",
            &[r##"words=a%2Fb%3Fc%26%5Bd%5D"##],
        ),
    ),
    (
        "allow-empty-value",
        Text("GET /v1/log/2026-03-04?", &[r##"&whole=&"##]),
    ),
    (
        "missing-operation-id",
        Text("GET /v1/log/2026-03-04?", &[r##"limit=1000"##]),
    ),
    (
        "reserved-name",
        Text("GET /v1/log/2026-03-04?", &[r##"with=w"##]),
    ),
    (
        "several-success-bodies",
        Gave("get_log_day", r##"PartialContent("fo")"##),
    ),
    (
        "several-error-bodies",
        Gave("get_log_day", r##"burnt, code Some(7)"##),
    ),
    ("default-response", Gave("read_tide", r##"1.5"##)),
    (
        "several-response-media-types",
        Text(
            "GET /v1/log/2026-03-04 HTTP/1.1",
            &[r##"accept: application/json, text/plain"##],
        ),
    ),
    (
        "several-request-media-types",
        Text(
            "POST /v1/log/2026-03-04",
            &[r##"content-type: application/json"##],
        ),
    ),
    (
        "body-of-bytes",
        Text(
            "PUT /v1/log/2026-03-04",
            &[
                r##"content-type: application/xml"##,
                r##"<page>new</page>"##,
            ],
        ),
    ),
    (
        "response-of-bytes",
        Gave("replace_log", r##"<page>old</page>"##),
    ),
    ("event-stream", Gave("watch", r##"event: ship\ndata:"##)),
    ("response-without-content", Gave("see_log", r##"26"##)),
    (
        "part-headers",
        Text("POST /v1/charts", &["name=\"title\"\r\n\r\nRock"]),
    ),
    (
        "form-without-members",
        Text("PATCH /v1/charts", &[r##"to=Rock%20Point"##]),
    ),
    (
        "path-fragment",
        Text(
            "POST /v1/messages HTTP/1.1",
            &[r##"{"flags":["red",null,"blue"]}"##],
        ),
    ),
    (
        "duplicate-operation-id",
        Text("POST /v1/messages HTTP/1.1", &[r##"{"text":"fog"}"##]),
    ),
    (
        "callbacks",
        Gave("leave_message_post_messages", r##"/v1/lamps/7"##),
    ),
    (
        "links",
        Gave("leave_message_post_messages", r##"/v1/lamps/7"##),
    ),
    (
        "webhooks",
        Gave("leave_message_post_messages", r##"/v1/lamps/7"##),
    ),
    ("own-server", Text("GET /f/fog", &[])),
    ("several-own-servers", Text("PUT /horn/fog", &[])),
    ("unusable-own-server", Text("DELETE /v1/fog", &[])),
    (
        "server-variables",
        Gave("request", r##"https://north.lighthouse.example/v1/tide"##),
    ),
    (
        "server-without-url",
        Gave("request", r##"https://north.lighthouse.example/horn/fog"##),
    ),
    (
        "const",
        Json(
            LAMPS,
            r#"{"kind":"lamp","type":7,"Type":"keeper at lighthouse"}"#,
        ),
    ),
    (
        "default",
        Exact(LAMPS, r#"{"kind":"lantern","type":8,"range":"12 miles"}"#),
    ),
    ("password-reduced", Json(LAMPS, r#"{"pin":"Z"}"#)),
    (
        "one-way-member",
        Exact(LAMPS, r#"{"kind":"lamp","type":7}"#),
    ),
    ("type-array", Json(LAMPS, r#"{"range":"12 miles"}"#)),
    ("implied-type", Json(LAMPS, r#"{"lens":{"focus":0.5}}"#)),
    ("unchecked-bounds", Json(LAMPS, r#"{"flashes":[3,3,3]}"#)),
    ("exclusive-bound", Json(LAMPS, r#"{"height":100.5}"#)),
    (
        "format-without-type",
        Json(LAMPS, r#"{"Type":"keeper at lighthouse"}"#),
    ),
    (
        "name-collision",
        Json(
            LAMPS,
            r#"{"type":7,"Type":"keeper at lighthouse","colour":"red"}"#,
        ),
    ),
    (
        "enum-of-values",
        Json(LAMPS, r#"{"flashes":[1,1,64],"mixed":{"three":[3.5]}}"#),
    ),
    ("false-schema", Json(LAMPS, r#"{"spare":[false]}"#)),
    (
        "closed-object",
        Text("PUT /v1/lamps/7", &[r##""lens":{"focus":1.5}"##]),
    ),
    ("title", Json(LAMPS, r#"{"turns":2.25}"#)),
    (
        "wide-integer",
        Json(LAMPS, r#"{"passed":9223372036854775808}"#),
    ),
    (
        "keyword-not-expressed",
        Json(LAMPS, r#"{"locks":{"lock-1":"albatross"}}"#),
    ),
    (
        "undeclared-member",
        Json(LAMPS, r#"{"maker":{"town":{"of":"Paris"}}}"#),
    ),
    ("null-in-type-array", Json(LAMPS, r#"{"range":null}"#)),
    ("null-in-enum", Json(LAMPS, r#"{"colour":null}"#)),
    ("type-null", Json(LAMPS, r#"{"wick":null}"#)),
    ("all-of-inline", Json(KEEPERS, r#"{"title":"Miss"}"#)),
    ("content-of-text", Json(LAMPS, r#"{"picture":"aGVsbG8="}"#)),
    ("union-of-constants", Json(LAMPS, r#"{"phase":"waxing"}"#)),
    (
        "all-of-with-union",
        Json(LAMPS, r#"{"mount":{"of":"iron","bolts":4}}"#),
    ),
];

impl Evidence {
    /// Whether it is among what the servers received and what the client gave back.
    pub fn is_there(&self, requests: &[String], printed: &str) -> bool {
        let of = |line: &'static str| requests.iter().filter(move |text| text.starts_with(line));
        let body = |request: &String| {
            let (_, body) = request.split_once("\r\n\r\n")?;
            serde_json::from_str::<Value>(body).ok()
        };
        let json = |text: &str| serde_json::from_str::<Value>(text).expect("evidence is JSON");
        match self {
            Self::Json(line, members) => {
                let members = json(members);
                of(line)
                    .filter_map(body)
                    .any(|body| includes(&body, &members))
            }
            Self::Exact(line, whole) => {
                let whole = json(whole);
                of(line).filter_map(body).any(|body| body == whole)
            }
            Self::Text(line, parts) => {
                of(line).any(|request| parts.iter().all(|part| request.contains(part)))
            }
            Self::Absent(line, headers) => {
                let has = |request: &String, header: &&str| {
                    request.to_lowercase().contains(&format!("\r\n{header}:"))
                };
                let mut found = of(line).peekable();
                found.peek().is_some()
                    && found.all(|request| !headers.iter().any(|header| has(request, header)))
            }
            Self::Gave(operation, part) => {
                let begin = format!("{operation} gave ");
                let mut lines = printed.lines();
                lines.any(|line| line.starts_with(&begin) && line.contains(part))
            }
        }
    }
}

/// Whether a value has the members of another one, each with the same value or more members.
fn includes(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::Object(value), Value::Object(part)) => part
            .iter()
            .all(|(name, part)| value.get(name).is_some_and(|value| includes(value, part))),
        (value, part) => value == part,
    }
}

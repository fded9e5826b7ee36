//! A small document with text of chance in its places, in two versions.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// What texts are put together from: what acts on terminals, in logs of CI, in Markdown, in HTML.
const FRAGMENTS: &[&str] = &[
    "a",
    "b c",
    " ",
    "  ",
    "    ",
    "é",
    "日本",
    "0",
    "1.",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{1b}]0;t\u{7}",
    "\u{9b}2J",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{ad}",
    "\u{e0041}",
    "\u{fffe}",
    "::",
    "::error::",
    "::add-mask::",
    "##[error]",
    "##",
    "[",
    "]",
    "(",
    ")",
    "%0A",
    ",",
    ":",
    "`",
    "``",
    "```",
    "````",
    "~~~",
    "|",
    "\\|",
    "\\",
    "\\\\",
    "| --- |",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<script>",
    "<img src=x>",
    "&lt;",
    "![i](https://e.example/i)",
    "[l](https://e.example)",
    "[l]: https://e.example",
    "https://e.example",
    "www.e.example",
    "a@e.example",
    "@octocat",
    "#1",
    "GH-1",
    "deadbeef1",
    ":octocat:",
    "# h",
    "## h",
    "---",
    "===",
    "- ",
    "+ ",
    "* ",
    "1) ",
    "> ",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "$",
    "$$",
    "^",
    "=",
    "!",
    "{",
    "}",
    "\"",
    "'",
    "/",
    "~1",
    "[lost: nothing]",
    "suffices",
    "…",
    "→",
    ".",
    "-",
];

/// Draws texts: of a few, so that what is the same in two places, and twice in one, occurs.
struct Texts<'r> {
    random: &'r mut Random,
    pool: Vec<String>,
}

impl<'r> Texts<'r> {
    fn new(random: &'r mut Random) -> Self {
        let pool = (0..6).map(|_| text(random)).collect();
        Self { random, pool }
    }

    /// A text of chance in one place of three, else what is expected there.
    fn or(&mut self, expected: &str) -> String {
        if self.random.below(3) > 0 {
            return expected.to_owned();
        }
        self.any()
    }

    fn any(&mut self) -> String {
        self.random.of(&self.pool).clone()
    }

    fn sometimes(&mut self) -> bool {
        self.random.below(3) == 0
    }
}

fn text(random: &mut Random) -> String {
    let length = 1 + random.below(7);
    (0..length).map(|_| *random.of(FRAGMENTS)).collect()
}

/// A document, and what became of it.
pub(super) fn versions(random: &mut Random) -> (Value, Value) {
    let mut texts = Texts::new(random);
    let old = document(&mut texts);
    let mut new = old.clone();
    for _ in 0..1 + texts.random.below(4) {
        edit(&mut new, &mut texts);
    }
    if texts.random.below(4) == 0 {
        new = document(&mut texts);
    }
    (old, new)
}

fn document(texts: &mut Texts<'_>) -> Value {
    let mut paths = Map::new();
    for index in 0..1 + texts.random.below(2) {
        let path = match texts.random.below(6) {
            0 => format!("/{}", texts.any()),
            _ => format!("/pets/{index}/{{id}}"),
        };
        paths.insert(path, json!({"post": operation(texts, index)}));
    }
    let scheme = texts.or("key");
    let mut root = json!({
        "openapi": "3.0.3",
        "info": {
            "title": texts.or("Pets"),
            "version": texts.or("1"),
            "description": texts.any(),
            "x-more": {(texts.any()): texts.any()},
        },
        "servers": [{"url": "https://pets.example", "description": texts.or("All")}],
        "security": [{(scheme.as_str()): []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                (scheme): {"type": "apiKey", "in": "header", "name": "x-key"},
            },
            "schemas": {"Pet": pet(texts)},
        },
    });
    if texts.sometimes() {
        let name = texts.any();
        root["components"]["schemas"][name] = pet(texts);
    }
    root
}

fn operation(texts: &mut Texts<'_>, index: usize) -> Value {
    let media_type = match texts.random.below(8) {
        0 => texts.any(),
        _ => "application/json".to_owned(),
    };
    let status = match texts.random.below(8) {
        0 => texts.any(),
        _ => "200".to_owned(),
    };
    let mut operation = json!({
        "operationId": texts.or(&format!("post_pet_{index}")),
        "summary": texts.any(),
        "tags": [texts.or("pets")],
        "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": texts.or("query"), "in": "query", "schema": member(texts)},
        ],
        "requestBody": {"content": {
            (media_type): {"schema": {"$ref": "#/components/schemas/Pet"}},
        }},
        "responses": {(status): {"description": texts.any(), "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Pet"},
        }}}},
    });
    if texts.sometimes() {
        operation["callbacks"] = json!({(texts.any()): {}});
    }
    if texts.random.below(10) == 0 {
        operation["security"] = json!([{(texts.any()): []}]);
    }
    if texts.random.below(10) == 0 {
        let target = texts.any();
        operation["requestBody"] = json!({"$ref": format!("#/components/requestBodies/{target}")});
    }
    operation
}

fn pet(texts: &mut Texts<'_>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for index in 0..1 + texts.random.below(3) {
        let name = texts.or(&format!("member{index}"));
        if texts.sometimes() {
            required.push(name.clone());
        }
        properties.insert(name, member(texts));
    }
    json!({"type": "object", "properties": properties, "required": required})
}

fn member(texts: &mut Texts<'_>) -> Value {
    match texts.random.below(7) {
        0 => json!({"type": "string", "enum": [texts.any(), texts.any()]}),
        1 => json!({"type": "string", "pattern": texts.any()}),
        2 => json!({"type": "string", "default": texts.any()}),
        3 => json!({"type": "string", "format": texts.any(), "description": texts.any()}),
        4 => json!({"type": texts.or("integer"), "minimum": texts.random.below(9)}),
        5 => json!({"type": "string", "example": texts.any(), "not": {}}),
        _ => json!({"type": "array", "items": {"type": "string"}}),
    }
}

/// Replaces a member, or a value, somewhere in a document.
fn edit(node: &mut Value, texts: &mut Texts<'_>) {
    let deeper = texts.random.below(6) > 0;
    match node {
        Value::Object(members) if !members.is_empty() && deeper => {
            let place = texts.random.below(members.len());
            if let Some(next) = members.values_mut().nth(place) {
                edit(next, texts);
            }
        }
        Value::Array(list) if !list.is_empty() && deeper => {
            let place = texts.random.below(list.len());
            edit(&mut list[place], texts);
        }
        Value::Object(members) => {
            let value = match members.values().next() {
                Some(value) if texts.sometimes() => value.clone(),
                _ => member(texts),
            };
            members.insert(texts.any(), value);
        }
        Value::String(text) => *text = texts.any(),
        other => *other = member(texts),
    }
}

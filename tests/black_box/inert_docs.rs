//! What a document says in prose neither runs nor lives in the documentation of its crate.

use std::path::PathBuf;

use codegen::config::Job;
use codegen::pipeline::generate;
use codegen::source::{Input, Source};
use serde_json::{Map, Value, json};
use tests::project::Project;
use tests::workspace::{compile_folder, files_below};

/// Code that would be run, or would not compile.
const CODE: &[&str] = &[
    "```\npanic!(\"canary\");\n```",
    "```rust,no_run\ncanary!\n```",
    "~~~ should_panic\ncanary!\n~~~",
    "```\nnot closed: canary!",
    "a\n\n    canary!",
    "a\n\n\tcanary!",
    "\tcanary!\twith tabs",
    "*     canary!",
    "1.      canary!",
    "- a\n\n      canary!",
    "- ~~~\n  canary!",
    "- ````\n  canary!\n  ```\n  ````",
    "- a\n  - ```\n    canary!\n    ```",
    "- a\n  - b\n    - c\n\n          canary!",
    ">     canary!",
    "> - >     canary!",
    "[^1]\n\n[^1]:\n    a\n\n        canary!",
    "```\r\ncanary!\rcanary!\r\n```",
    "a\rcanary!\r\r    canary!",
    "Steps:\n1. first\n2. second\n\n       {\"json\": true}\n\n3. third",
    "Use:\n\n* `a`:\n\n        canary!\n* b",
    "<div>\n\n    canary!\n\n</div>",
    "- <pre>\n\n      canary!\n  </pre>",
    "| a |\n| - |\n| b |\n\n    canary!",
];

/// HTML, links and images.
const LIVE: &[&str] = &[
    "<script>canary()</script>",
    "a <script src=\"https://canary.example/a.js\"></script> b",
    "<img src=x onerror=\"canary()\">",
    "![canary](https://canary.example/a.png)",
    "![canary][i]\n\n[i]: https://canary.example/a.png 'canary'",
    "[![canary](https://canary.example/a.png)](https://canary.example/b)",
    "!\\[a](b) \\![canary](https://canary.example/a.png)",
    "<iframe src=\"https://canary.example\"></iframe>",
    "<style>body { background: url(https://canary.example) }</style>",
    "[canary](javascript:canary())",
    "[canary](<data:text/html,<script>canary()</script>>)",
    "<javascript:canary()>",
    "[a][canary]\n\n[canary]: javascript:canary()",
    "<!-- canary",
    "<?canary ?> <!CANARY> <![CDATA[ canary ]]>",
    "<a href='javascript:canary()'>canary</a>",
    "&lt;script&gt;canary()&lt;/script&gt; &#60;script>canary()",
    "| `\\|<img src=canary onerror=canary()>` | b |\n| --- | --- |\n| `\\\\|<img src=canary>` |",
    "`<script>` `` ` `` ``<img src=canary>``",
    "**<script>canary()**</script>",
];

/// What warns, or breaks out of a comment.
const AWRY: &[&str] = &[
    "[std::fs::write] [`Vec`] [a](std::vec::Vec) [b][std::vec] [x]",
    "See https://canary.example/a_b*c and http://canary.example/[d].",
    "Use Bearer <token> or Vec<u8>, List<Map<K, V>>",
    "a [^1] b [^unknown]\n\n[^1]: a note",
    "*/ /* // /// //! a",
    "#![doc = \"a\"]\n#[doc(hidden)]",
    "/ begins with a slash\n/// and three",
    "a\u{202e}b\u{2066}c\u{2028}d\u{2029}e\u{85}f\u{0}g\u{1b}[31mh\u{feff}",
    "`a\u{202e}b\u{0}` &#x202e; &#8232; &#0;",
    "one ` two `` three",
    "# Heading\n\n####### none\n\n#\n\nsetext\n===",
    "`a`\\\n\\",
    "- [ ] to do\n- [x] done\n-\n-\n  - deep\n    1. deeper",
    "***a** b* _c __d___ ~~~e~~~ f~~g~~",
    "{ } {0} \\{ \\} \" ' \\n $a $$b$$",
];

/// A document that says each text in every place that has prose.
fn document() -> Value {
    let texts: Vec<&str> = [CODE, LIVE, AWRY].concat();
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for (at, text) in texts.iter().enumerate() {
        let name = format!("Schema{at}");
        // Values become names, which are links of their own.
        let value = text.replace(|c: char| !c.is_ascii() || c.is_control(), " ");
        let value = value.replace("canary", "value");
        let schema = json!({
            "type": "object", "description": text, "required": ["a"],
            "properties": {
                "a": { "type": "string", "title": text, "pattern": text, "default": text },
                "b": { "type": ["string", "null"], "description": text },
                "c": { "type": "string", "enum": [value, "d"], "description": text },
            },
        });
        let content = json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
        let operation = json!({
            "operationId": format!("operation{at}"), "summary": text, "description": text,
            "parameters": [{
                "name": "q", "in": "query", "description": text, "schema": { "type": "string" },
            }],
            "requestBody": { "description": text, "content": content },
            "responses": {
                "200": { "description": text, "content": content },
                "404": { "description": text },
            },
        });
        paths.insert(format!("/{at}"), json!({ "post": operation }));
        schemas.insert(name, schema);
    }
    paths.insert(
        "/a\n\n    canary!\n\n```\ncanary!".to_owned(),
        json!({ "get": { "operationId": "a", "responses": { "200": { "description": "" } } } }),
    );
    let header = texts.join("\n\n");
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Prose", "version": "1 <script>canary()", "description": header },
        "servers": [{ "url": "https://a.example", "description": header }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": "key", "description": header },
            },
        },
        "security": [{ "key": [] }],
    })
}

#[test]
fn prose_neither_runs_nor_lives() {
    let project = Project::of("prose.json", &document().to_string());
    let cargo = |arguments: &[&str]| {
        project.cargo_with("made", arguments, &[("RUSTDOCFLAGS", "-D warnings")])
    };
    let tested = cargo(&["test", "--doc"]);
    let said = String::from_utf8_lossy(&tested.stdout);
    let errors = String::from_utf8_lossy(&tested.stderr);
    assert!(tested.status.success(), "{said}{errors}");
    assert!(said.contains("running 0 tests"), "{said}");

    let documented = cargo(&["doc", "--no-deps"]);
    let errors = String::from_utf8_lossy(&documented.stderr);
    assert!(documented.status.success(), "{errors}");
    let pages: Vec<PathBuf> = files_below(&compile_folder().join("doc/prose_client"))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "html")
        })
        .collect();
    assert!(pages.len() > 100, "{} pages", pages.len());
    for page in pages {
        let html = std::fs::read_to_string(&page).expect("it can be read");
        let live = tags(&html).find(|tag| tag.contains("canary") && !is_inert(tag));
        assert_eq!(live, None, "{}", page.display());
    }
}

/// The tags of a page, without their brackets.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    let begun = html.split('<').skip(1);
    begun.map(|tag| tag.split_once('>').map_or(tag, |(tag, _)| tag))
}

/// Whether a tag may have a text of the document: a link into the web, or rustdoc's own description
/// of the page.
fn is_inert(tag: &str) -> bool {
    let link = ["https://canary.example", "http://canary.example"];
    let mut links = link.iter().map(|url| format!("a href=\"{url}"));
    let description = tag.starts_with("meta name=\"description\"");
    description || links.any(|link| tag.starts_with(&link) && !tag.contains("onerror"))
}

/// The front page of a document that describes itself so.
fn front_page(description: &str) -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1", "description": description },
        "paths": { "/a": { "get": { "responses": { "200": { "description": "" } } } } },
    });
    let source = Source::new(Input::Document, "document", document.to_string());
    let made = generate(&Job::of(&source)).made.expect("it is made");
    made.files.get("src/lib.rs").expect("it is there").clone()
}

#[test]
fn prose_made_to_exhaust_a_parser_is_bounded() {
    exhaust(200_000);
}

#[test]
#[ignore = "half a minute long: `.ci/proof exhaustion`"]
fn a_million_bytes_of_prose_are_bounded() {
    exhaust(1_000_000);
}

/// Gives documents whose prose repeats what is hard to parse, up to so many bytes.
fn exhaust(bytes: usize) {
    for part in [
        "[",
        "![",
        "[a](",
        "[a]: b\n",
        "[a] ",
        "*",
        "*a _b ",
        "_",
        "`",
        "<",
        "<a ",
        "<!--",
        "(",
        "&",
        "> ",
        "- ",
        "1. ",
        "- a\n",
        "> a\n",
        "|",
        "| a ",
        "|a|b|\n|-|-|\n",
        "[^a]: ",
        "[^a] ",
        "~~a ~b ",
        "a\n",
        "\ta\n",
        "```\n",
        "# ",
        "\\",
    ] {
        let page = front_page(&part.repeat(bytes / part.len()));
        assert!(page.len() < bytes, "{part:?} becomes {} bytes", page.len());
        assert!(page.contains("more bytes of this text"), "{part:?}");
    }
}

#[test]
fn depth_and_width_of_prose_do_not_multiply() {
    let bytes = |description: &str| front_page(description).len();
    // Lines that go on in many quotes, cells that the parser fills in.
    assert!(
        bytes(&format!(
            "{}a\n{}",
            "> ".repeat(10_000),
            "a\n".repeat(10_000)
        )) < 200_000
    );
    let nested: String = (0..150)
        .map(|depth| " ".repeat(2 * depth) + "- a\n")
        .collect();
    assert!(bytes(&format!("{nested}{}", "a\n".repeat(10_000))) < 500_000);
    let wide = format!("{}\n{}\n", "|a".repeat(5_000), "|-".repeat(5_000));
    assert!(bytes(&format!("{wide}{}", "a\n".repeat(5_000))) < 200_000);
    let reference = format!("[a]: https://a.example/{}\n\n", "x".repeat(2_000));
    assert!(bytes(&format!("{reference}{}", "[a] ".repeat(10_000))) < 400_000);
}

//! The page of a change, as GitHub reads it: no heading, image, link, mention or HTML comes from a
//! document.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use crate::diff;

/// Ways out of code, cells, lines and blocks, each followed by what must not be live.
const FORGED: &[&str] = &[
    "a`\n\n## zoo-client: no new version needed\n\nThe version stays, which **suffices**.",
    "b``` `` ` @octocat <img src=https://evil.example/t.png> ![i](https://evil.example/i.png)",
    "c` | | |\n| --- |\n~~~\n<script>alert(1)</script>\n```\n# EVIL",
    "d\\` [l](https://evil.example) www.evil.example https://evil.example/ a@evil.example #1",
    "e\\|` <b>x</b> &lt; :octocat: $x$ ~~y~~ ^z^ [^1] - [ ] *s* _t_ \\",
    "`@octocat`",
    "    @octocat",
];

/// What a page is made of, and its words outside of code.
#[derive(Debug, Default)]
struct Read {
    headings: Vec<String>,
    rows: usize,
    items: usize,
    words: String,
}

/// Reads a page. HTML that is not ours, images and links fail.
#[track_caller]
fn read(page: &str) -> Read {
    let mut read = Read::default();
    let mut heading = None;
    let mut blocks = 0;
    for event in Parser::new_ext(page, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => read.headings.extend(heading.take()),
            Event::Start(Tag::TableRow) => read.rows += 1,
            Event::Start(Tag::Item) => read.items += 1,
            Event::Start(Tag::CodeBlock(_)) => blocks += 1,
            Event::End(TagEnd::CodeBlock) => blocks -= 1,
            Event::Start(
                Tag::Paragraph
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableCell
                | Tag::List(None)
                | Tag::Strong,
            )
            | Event::End(_)
            | Event::Code(_)
            | Event::SoftBreak => {}
            Event::Start(Tag::HtmlBlock) => {}
            Event::Html(html) if is_fold(&html) => read.headings.push(html.to_string()),
            Event::Text(text) if blocks == 0 => {
                read.words += &text;
                read.words += " ";
                heading.iter_mut().for_each(|value| value.push_str(&text));
            }
            Event::Text(_) => {}
            other => panic!("{other:?} in\n{page}"),
        }
    }
    read
}

/// Whether HTML is what opens or closes a folded part: a title of ours, perhaps with a count.
fn is_fold(html: &str) -> bool {
    let html = html.trim_end();
    let title = html.strip_prefix("<details><summary>");
    let title = title.and_then(|part| part.strip_suffix("</summary>"));
    let of_ours = |c: char| c.is_ascii_alphanumeric() || " ,()'".contains(c);
    html == "</details>" || title.is_some_and(|part| part.chars().all(of_ours))
}

/// The zoo with names put in many places.
fn zoo(workspace: &tests::workspace::Workspace, names: &[&str]) -> Value {
    let mut zoo: Value = serde_yaml::from_str(&workspace.read(diff::DOCUMENT)).expect("YAML");
    zoo["info"]["description"] = json!(names.join(" "));
    zoo["info"]["x-more"] = json!({});
    for (index, name) in names.iter().enumerate() {
        zoo["info"]["x-more"][*name] = json!(index);
        let animal = &mut zoo["components"]["schemas"]["Animal"];
        animal["properties"][*name] = json!({"type": "string", "enum": names});
        animal["required"]
            .as_array_mut()
            .expect("a list")
            .push(json!(name));
        animal["properties"]["name"]["pattern"] = json!(name);
        let parameter = json!({"name": name, "in": "query", "schema": {"type": "string"}});
        let parameters = &mut zoo["paths"]["/animals"]["get"]["parameters"];
        match parameters.as_array_mut() {
            Some(parameters) => parameters.push(parameter),
            None => *parameters = json!([parameter]),
        }
    }
    zoo
}

#[test]
fn nothing_of_a_document_is_live_on_the_page() {
    let page = |names: &[&str]| {
        let workspace = diff::repository();
        let after = zoo(&workspace, names);
        workspace.write(diff::DOCUMENT, &after.to_string());
        // Forwards and back: what is added is removed then.
        let forwards = diff::diff(&workspace, &["HEAD", "--format", "markdown"]);
        assert_eq!(forwards.code, Some(0), "{}", forwards.transcript());
        forwards.stdout
    };
    let harmless: Vec<String> = (0..FORGED.len())
        .map(|index| format!("word{index}"))
        .collect();
    let harmless: Vec<&str> = harmless.iter().map(String::as_str).collect();
    let (forged, plain) = (page(FORGED), page(&harmless));
    let (forged_read, plain_read) = (read(&forged), read(&plain));
    assert_eq!(forged_read.headings, plain_read.headings, "{forged}");
    assert_eq!(forged_read.rows, plain_read.rows, "{forged}\n{plain}");
    assert_eq!(forged_read.items, plain_read.items, "{forged}\n{plain}");
    let live = ["@", "://", "www.", "#1", "<", ":octocat:", "$"];
    for sign in live {
        assert!(
            !forged_read.words.contains(sign),
            "{sign} in {}",
            forged_read.words
        );
    }
    assert!(
        forged.contains("octocat") && forged_read.items > 5,
        "{forged}"
    );
}

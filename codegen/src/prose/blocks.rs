//! Parses CommonMark as rustdoc does, and writes its blocks again.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::characters;
use super::containers::Page;
use super::inline::{self, Inline};

/// Maximum number of lists and quotes that begin on one line. Each following line without their
/// marks costs the parser as many steps.
const MAX_DEPTH: usize = 16;

/// The extensions of rustdoc, except smart punctuation, which rustdoc applies itself.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Returns a text as lines of documentation.
pub(super) fn blocks(text: &str) -> Vec<String> {
    let text = normalised(text);
    if is_deep(&text) {
        return unparsed(&text);
    }
    let mut writer = Writer::new(&text);
    for (event, place) in Parser::new_ext(&text, OPTIONS).into_offset_iter() {
        writer.event(event, place);
    }
    writer.end_paragraph();
    writer.page.into_lines()
}

/// Writes a text on one line, block after block.
pub(super) fn flat(text: &str, inline: &mut Inline) {
    let text = normalised(text);
    if is_deep(&text) {
        return inline.text(&text);
    }
    let mut code: Option<String> = None;
    for (event, place) in Parser::new_ext(&text, OPTIONS).into_offset_iter() {
        match (event, &mut code) {
            (Event::Text(text), Some(code)) => code.push_str(&text),
            (Event::Start(Tag::CodeBlock(_)), _) => code = Some(String::new()),
            (Event::End(TagEnd::CodeBlock), _) => {
                inline.space();
                inline.code(&code.take().unwrap_or_default());
                inline.space();
            }
            (Event::Start(Tag::Item), _) => {
                inline.space();
                inline.text(&marker(&text, &place, None));
            }
            (event, _) => {
                if write_inline(inline, event, first(&text, &place)).is_some() {
                    inline.space();
                }
            }
        }
    }
}

/// Normalises line breaks, and removes NUL, which ends a text elsewhere.
fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\0', "")
}

/// Whether a line begins too many lists and quotes.
fn is_deep(text: &str) -> bool {
    text.lines().any(|line| marks(line) > MAX_DEPTH)
}

/// Returns the number of lists and quotes that a line may begin.
fn marks(line: &str) -> usize {
    let is_mark = |c: u8| b"*+-.)".contains(&c);
    let begin = |c: &u8| b" \t>".contains(c) || is_mark(*c) || c.is_ascii_digit();
    let next = line.bytes().skip(1).chain([b' ']);
    let pairs = line.bytes().take_while(begin).zip(next);
    let marks = pairs.filter(|(c, next)| *c == b'>' || is_mark(*c) && b" \t".contains(next));
    marks.count()
}

/// Returns the lines of a text without parsing it.
fn unparsed(text: &str) -> Vec<String> {
    let mut page = Page::default();
    for paragraph in text.split("\n\n") {
        let mut inline = Inline::lines();
        inline.text(paragraph);
        for line in inline.take() {
            page.line(&line);
        }
        page.set_blank_due(true);
    }
    page.into_lines()
}

/// Returns the first character of an element.
fn first(text: &str, place: &Range<usize>) -> Option<char> {
    text.get(place.clone())?.chars().next()
}

/// Returns an item's marker in the text, with another number if it has one.
fn marker(text: &str, place: &Range<usize>, number: Option<u64>) -> String {
    let item = text.get(place.clone()).unwrap_or_default().trim_start();
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let written = item.strip_suffix(rest).unwrap_or_default();
    match rest.chars().next() {
        Some(end @ ('.' | ')')) if !written.is_empty() => match number {
            Some(number) => format!("{}{end} ", number.min(999_999_999)),
            None => format!("{written}{end} "),
        },
        Some(bullet @ ('-' | '+' | '*')) => format!("{bullet} "),
        _ => "- ".to_owned(),
    }
}

/// Writes an inline element. Returns any other event.
fn write_inline<'e>(
    inline: &mut Inline,
    event: Event<'e>,
    first: Option<char>,
) -> Option<Event<'e>> {
    match event {
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => inline.text(&text),
        Event::InlineMath(text) | Event::DisplayMath(text) => inline.text(&text),
        Event::Code(text) => inline.code(&text),
        Event::SoftBreak => inline.text("\n"),
        Event::HardBreak => inline.hard_break(),
        Event::FootnoteReference(label) => inline.text(&format!("[{label}]")),
        Event::TaskListMarker(true) => inline.text("[x] "),
        Event::TaskListMarker(false) => inline.text("[ ] "),
        Event::Start(Tag::Emphasis) => inline.mark(if first == Some('_') { "_" } else { "*" }),
        Event::Start(Tag::Strong) => inline.mark(if first == Some('_') { "__" } else { "**" }),
        Event::Start(Tag::Strikethrough) => inline.mark(inline::STRUCK),
        Event::Start(Tag::Superscript | Tag::Subscript) => inline.mark(""),
        // Its text is the URL, which is found in text anyway.
        Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            ..
        }) => inline.mark(""),
        Event::Start(Tag::Link {
            link_type: LinkType::Email,
            dest_url,
            ..
        }) => inline.link(&format!("mailto:{dest_url}")),
        // Images become links, so that opening the page fetches nothing.
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            inline.link(&dest_url);
        }
        Event::End(
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image,
        ) => inline.close(),
        block => return Some(block),
    }
    None
}

/// The container of a block.
enum Container {
    /// A list item; loose if its text is in paragraphs.
    Item { loose: bool },
    /// A quote or a footnote.
    Other,
}

struct Writer<'t> {
    text: &'t str,
    page: Page,
    inline: Inline,
    containers: Vec<Container>,
    /// The next number of each open list.
    lists: Vec<Option<u64>>,
    code: Option<String>,
    cells: Vec<String>,
    /// Whether a footnote's label precedes the next paragraph.
    labelled: bool,
}

impl<'t> Writer<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            page: Page::default(),
            inline: Inline::lines(),
            containers: Vec::new(),
            lists: Vec::new(),
            code: None,
            cells: Vec::new(),
            labelled: false,
        }
    }

    fn event(&mut self, event: Event<'_>, place: Range<usize>) {
        if let (Event::Text(text), Some(code)) = (&event, &mut self.code) {
            return code.push_str(text);
        }
        let first = first(self.text, &place);
        match write_inline(&mut self.inline, event, first) {
            Some(Event::Start(tag)) => self.start(tag, &place),
            Some(Event::End(tag)) => self.end(tag),
            Some(Event::Rule) => self.rule(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, place: &Range<usize>) {
        if !(std::mem::take(&mut self.labelled) && tag == Tag::Paragraph) {
            self.end_paragraph();
        }
        match tag {
            Tag::Paragraph => {
                if let Some(Container::Item { loose }) = self.containers.last_mut() {
                    *loose = true;
                }
            }
            Tag::Heading { .. } => self.inline = Inline::line(false),
            Tag::TableCell => self.inline = Inline::line(true),
            Tag::BlockQuote(_) => {
                self.page.open_quote();
                self.containers.push(Container::Other);
            }
            Tag::FootnoteDefinition(label) => {
                self.inline.text(&format!("[{label}]: "));
                self.labelled = true;
                self.containers.push(Container::Other);
            }
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::List(start) => {
                // A list that begins with another number cannot follow text directly.
                let tight = matches!(
                    self.containers.last(),
                    Some(Container::Item { loose: false })
                );
                if tight && start.is_none_or(|start| start == 1) {
                    self.page.set_blank_due(false);
                }
                self.lists.push(start);
            }
            Tag::Item => {
                let number = self.lists.last().copied().flatten();
                self.page.open_item(marker(self.text, place, number));
                self.containers.push(Container::Item { loose: false });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = self.inline.take().concat();
                self.inline = Inline::lines();
                self.heading(level as usize, text);
            }
            TagEnd::TableCell => self.cells.push(self.inline.take().concat()),
            TagEnd::TableHead => self.table_head(),
            TagEnd::TableRow => self.table_row(),
            TagEnd::Table => {
                self.inline = Inline::lines();
                self.page.set_blank_due(true);
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::Item => self.end_item(),
            _ => self.end_paragraph(),
        }
        match tag {
            TagEnd::BlockQuote(_) => {
                self.containers.pop();
                self.page.close();
                self.page.set_blank_due(true);
            }
            TagEnd::FootnoteDefinition => {
                self.containers.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.page.set_blank_due(true);
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let lines = self.inline.take();
        lines.iter().for_each(|line| self.page.line(line));
        if !lines.is_empty() {
            self.page.set_blank_due(true);
        }
    }

    fn end_item(&mut self) {
        self.end_paragraph();
        let was_shown = self.page.close();
        let loose = matches!(self.containers.pop(), Some(Container::Item { loose: true }));
        self.page.set_blank_due(loose || !was_shown);
        if let Some(Some(number)) = self.lists.last_mut() {
            *number += u64::from(was_shown);
        }
    }

    fn heading(&mut self, level: usize, text: String) {
        if text.is_empty() {
            return;
        }
        // Trailing `#` would be read as the end of the heading.
        let text = match text.strip_suffix('#') {
            Some(before) => format!("{before}\\#"),
            None => text,
        };
        self.page.line(&format!("{} {text}", "#".repeat(level)));
        self.page.set_blank_due(true);
    }

    fn rule(&mut self) {
        self.end_paragraph();
        // After an item's marker, dashes would turn the marker into a rule.
        let rule = if self.page.begins_item() {
            "___"
        } else {
            "---"
        };
        self.page.line(rule);
        self.page.set_blank_due(true);
    }

    /// Writes a code block, which is never read as Rust.
    fn code_block(&mut self) {
        let code = self.code.take().unwrap_or_default();
        if code.trim().is_empty() {
            return;
        }
        // The fence is longer than any backticks in the lines after invisible characters are removed.
        let lines = code.trim_end().lines();
        let lines: Vec<String> = lines
            .map(|line| characters::literal(line, "    "))
            .collect();
        let ticks = |line: &String| line.split(|c| c != '`').map(str::len).max();
        let longest = lines.iter().filter_map(ticks).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        self.page.line(&format!("{fence}text"));
        lines.iter().for_each(|line| self.page.line(line));
        self.page.line(&fence);
        self.page.set_blank_due(true);
    }

    fn table_head(&mut self) {
        let rule = vec!["---"; self.cells.len()].join(" | ");
        let head = std::mem::take(&mut self.cells).join(" | ");
        self.page.line(&format!("| {head} |"));
        self.page.line(&format!("| {rule} |"));
    }

    fn table_row(&mut self) {
        let mut cells = std::mem::take(&mut self.cells);
        // The parser fills each row, so a wide head would multiply the size.
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        self.page.line(&format!("| {} |", cells.join(" | ")));
    }
}

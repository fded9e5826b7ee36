//! Writes the inline elements of a block: text, emphasis, links, code spans.
//!
//! White space and opening marks are written only before something visible, and closing marks follow
//! the last visible character. So a mark is never next to a space, where it would mean something
//! else, and no line begins or ends with a space.

use super::address;
use super::characters::{self, Shown};

/// The mark for strikethrough.
pub(super) const STRUCK: &str = "~~";

/// White space that is not written yet.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Gap {
    None,
    Spaces(usize),
    Line,
    HardLine,
}

/// An open element with its marks.
struct Open {
    begin: &'static str,
    end: String,
    /// Address of a link, shown if the link has no text.
    address: Option<String>,
}

/// Collects the lines of a block.
pub(super) struct Inline {
    lines: Vec<String>,
    line: String,
    /// Text that is not written yet, because the meaning of a character depends on its neighbours.
    text: String,
    gap: Gap,
    open: Vec<Open>,
    /// Number of open elements whose opening mark is written.
    begun: usize,
    /// Number of open links, and of open strikethroughs.
    linked: usize,
    struck: usize,
    cell: bool,
    one_line: bool,
}

impl Inline {
    /// Creates the lines of a paragraph.
    pub(super) fn lines() -> Self {
        Self {
            lines: Vec::new(),
            line: String::new(),
            text: String::new(),
            gap: Gap::None,
            open: Vec::new(),
            begun: 0,
            linked: 0,
            struck: 0,
            cell: false,
            one_line: false,
        }
    }

    /// Creates a single line, in a cell of a table or not.
    pub(super) fn line(cell: bool) -> Self {
        Self {
            cell,
            one_line: true,
            ..Self::lines()
        }
    }

    /// Adds plain text.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a hard line break.
    pub(super) fn hard_break(&mut self) {
        self.write_text();
        self.widen(Gap::HardLine);
    }

    /// Adds a space, unless there is one.
    pub(super) fn space(&mut self) {
        self.write_text();
        if self.gap == Gap::None {
            self.gap = Gap::Spaces(1);
        }
    }

    /// Adds a code span.
    pub(super) fn code(&mut self, text: &str) {
        self.write_text();
        let Some(span) = characters::code(text.trim(), self.cell) else {
            self.text.push_str(text);
            return;
        };
        if self.gap == Gap::None && self.line.ends_with('`') {
            self.gap = Gap::Spaces(1);
        }
        self.write_markdown(&span);
    }

    /// Opens an element with the same mark on both sides.
    pub(super) fn mark(&mut self, mark: &'static str) {
        self.write_text();
        // Four tildes would open a block at the start of a line.
        let doubled = mark == STRUCK && self.struck > 0;
        let mark = if doubled { "" } else { mark };
        self.struck += usize::from(mark == STRUCK);
        self.open.push(Open {
            begin: mark,
            end: mark.to_owned(),
            address: None,
        });
    }

    /// Opens a link. A link with a forbidden address, or inside another link, becomes its text.
    pub(super) fn link(&mut self, target: &str) {
        self.write_text();
        let address = address::address(target).filter(|_| self.linked == 0);
        self.linked += usize::from(address.is_some());
        let (begin, end) = match &address {
            Some(address) => ("[", format!("]({address})")),
            None => ("", String::new()),
        };
        self.open.push(Open {
            begin,
            end,
            address,
        });
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        self.write_text();
        let Some(open) = self.open.pop() else { return };
        self.struck -= usize::from(open.begin == STRUCK);
        self.linked -= usize::from(open.address.is_some());
        if self.begun > self.open.len() {
            self.begun = self.open.len();
            self.line.push_str(&open.end);
        } else if let Some(address) = open.address {
            self.write_markdown(&format!("<{address}>"));
        }
    }

    /// Returns the lines, and prepares for the next block.
    pub(super) fn take(&mut self) -> Vec<String> {
        self.write_text();
        self.end_line();
        let (cell, one_line) = (self.cell, self.one_line);
        let whole = std::mem::replace(self, Self::lines());
        (self.cell, self.one_line) = (cell, one_line);
        whole.lines
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = match (self.gap, gap) {
            (Gap::Spaces(before), Gap::Spaces(more)) => Gap::Spaces(before + more),
            (before, gap) if gap > before => gap,
            (before, _) => before,
        };
    }

    /// Writes the pending text.
    fn write_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let is_in_link = self.linked > 0;
        let mut before = None;
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let url = address::url(rest).filter(|_| c == 'h' && !is_in_link);
            let length = match url {
                Some(url) => {
                    self.write_markdown(&format!("<{url}>"));
                    url.len()
                }
                None => {
                    let after = rest.get(c.len_utf8()..).unwrap_or_default();
                    self.character(c, before, after);
                    c.len_utf8()
                }
            };
            before = Some(c);
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn character(&mut self, c: char, before: Option<char>, rest: &str) {
        match characters::shown(c) {
            Shown::Not => {}
            Shown::Space => self.widen(Gap::Spaces(1)),
            Shown::Break => self.widen(Gap::Line),
            // A line of such spaces would be empty in parsers that trim them.
            Shown::Same if c.is_whitespace() && self.line.is_empty() => {}
            Shown::Number => self.write_markdown(&format!("\\{}", characters::number(c))),
            Shown::Same => {
                self.begin();
                if characters::is_markup(c, before, rest, self.cell) {
                    self.line.push('\\');
                }
                self.line.push(c);
            }
        }
    }

    /// Writes Markdown.
    fn write_markdown(&mut self, written: &str) {
        self.begin();
        self.line.push_str(written);
    }

    /// Writes pending white space and opening marks before visible text.
    fn begin(&mut self) {
        let nothing = self.line.is_empty() && self.lines.is_empty();
        match std::mem::replace(&mut self.gap, Gap::None) {
            _ if nothing => {}
            Gap::None => {}
            Gap::Spaces(count) => self.line.extend(std::iter::repeat_n(' ', count)),
            Gap::Line | Gap::HardLine if self.one_line => self.line.push(' '),
            Gap::Line => self.end_line(),
            Gap::HardLine => {
                self.line.push('\\');
                self.end_line();
            }
        }
        for open in self.open.iter().skip(self.begun) {
            // `!` would turn the link into an image.
            if open.begin == "[" && self.line.ends_with('!') {
                self.line.pop();
                self.line.push_str("\\!");
            }
            self.line.push_str(open.begin);
        }
        self.begun = self.open.len();
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        self.lines.push(if self.one_line {
            line
        } else {
            characters::at_start_of_line(line)
        });
    }
}

//! Positions in YAML.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span, StrInput};

use super::node::{Content, DEPTH, Member, Node};

/// Reads the positions of the first document of a YAML text.
pub(super) fn read(text: &str) -> Option<Node> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        offsets: Offsets::of(text),
    };
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            event => return reader.node(&event, span, 0),
        }
    }
}

/// Returns the offset of the second document.
pub(crate) fn second_document(text: &str) -> Option<usize> {
    let offsets = Offsets::of(text);
    Parser::new_from_str(text)
        .map_while(Result::ok)
        .filter(|(event, _)| matches!(event, Event::DocumentStart(_)))
        .nth(1)
        .map(|(_, span)| offsets.byte(span.start.index()))
}

/// Returns the offset of the first node that is nested deeper than `limit`.
pub(crate) fn deeper_than(text: &str, limit: usize) -> Option<usize> {
    let mut depth: usize = 0;
    for event in Parser::new_from_str(text) {
        let at = match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                depth += 1;
                span.start
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, span)) => {
                depth = depth.saturating_sub(1);
                span.start
            }
            Ok(_) => continue,
            // This parser reads ahead and has its own limit.
            Err(error) if error.info().contains("recursion limit") => {
                depth = depth.max(limit + 1);
                *error.marker()
            }
            Err(_) => return None,
        };
        if depth > limit {
            return Some(Offsets::of(text).byte(at.index()));
        }
    }
    None
}

/// Returns the offset of the node after `number` others.
pub(crate) fn nth_node(text: &str, number: usize) -> Option<usize> {
    let begins = |event: &Event<'_>| {
        let collection = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
        collection || matches!(event, Event::Scalar(..) | Event::Alias(_))
    };
    let mut nodes = Parser::new_from_str(text)
        .map_while(Result::ok)
        .filter(|(event, _)| begins(event));
    let (_, span) = nodes.nth(number)?;
    Some(Offsets::of(text).byte(span.start.index()))
}

/// Converts offsets in characters, which the parser counts, to offsets in bytes.
struct Offsets {
    /// The byte offset of every character; empty for ASCII text.
    bytes: Vec<usize>,
    end: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self {
            bytes,
            end: text.len(),
        }
    }

    fn byte(&self, index: usize) -> usize {
        if self.bytes.is_empty() {
            index.min(self.end)
        } else {
            self.bytes.get(index).copied().unwrap_or(self.end)
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    offsets: Offsets,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.events.next_event()?.ok()
    }

    fn node(&mut self, event: &Event<'a>, span: Span, depth: usize) -> Option<Node> {
        if depth > DEPTH {
            return None;
        }
        let range = self.offsets.range(span);
        match event {
            Event::SequenceStart(..) => self.list(range, depth),
            Event::MappingStart(..) => self.object(range, depth),
            _ => Some(Node {
                range,
                content: Content::Scalar,
            }),
        }
    }

    /// Extends a collection to its closing bracket. The end of a block has no width.
    fn close(&self, range: &mut Range<usize>, span: Span) {
        if !span.is_empty() {
            range.end = range.end.max(self.offsets.range(span).end);
        }
    }

    fn list(&mut self, start: Range<usize>, depth: usize) -> Option<Node> {
        let mut list = Vec::new();
        let mut range = start;
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                self.close(&mut range, span);
                let content = Content::List(list);
                return Some(Node { range, content });
            }
            let node = self.node(&event, span, depth + 1)?;
            range.end = range.end.max(node.range.end);
            list.push(node);
        }
    }

    fn object(&mut self, start: Range<usize>, depth: usize) -> Option<Node> {
        let mut members = Vec::new();
        let mut range = start;
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                self.close(&mut range, span);
                let content = Content::object(members);
                return Some(Node { range, content });
            }
            let key = self.node(&event, span, depth + 1)?;
            let (event_of_value, span) = self.next()?;
            let value = self.node(&event_of_value, span, depth + 1)?;
            range.end = range.end.max(value.range.end);
            if let Event::Scalar(name, ..) = event {
                members.push(Member {
                    name: name.into_owned(),
                    range: key.range,
                    value,
                });
            }
        }
    }
}

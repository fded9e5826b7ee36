//! The inputs with the positions of their nodes, which are computed when a diagnostic needs them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::excerpt::{Marked, marked};
use super::lines::Lines;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Input, Source};
use crate::span::Positions;

/// The inputs, with positions that are computed when a diagnostic needs them.
pub(super) struct Texts<'a> {
    sources: BTreeMap<Input, Text<'a>>,
}

struct Text<'a> {
    source: &'a Source,
    positions: OnceCell<Positions>,
    lines: OnceCell<Lines<'a>>,
}

impl<'a> Texts<'a> {
    /// Collects the inputs.
    pub(super) fn new(sources: &[&'a Source]) -> Self {
        let text = |source: &'a Source| Text {
            source,
            positions: OnceCell::new(),
            lines: OnceCell::new(),
        };
        let by_input = |source: &&'a Source| (source.input, text(source));
        Self {
            sources: sources.iter().map(by_input).collect(),
        }
    }

    /// Returns the marked bytes, or `None` for a whole file.
    pub(super) fn range(&self, place: &Place) -> Option<(Input, Range<usize>)> {
        match place {
            Place::Whole(_) => None,
            Place::Bytes(input, bytes) => Some((*input, bytes.clone())),
            Place::Node(input, pointer) => {
                let text = self.sources.get(input)?;
                let positions = text.positions.get_or_init(|| Positions::of(text.source));
                Some((*input, positions.find(pointer)?.mark()))
            }
        }
    }

    /// Returns the marked line of a place.
    pub(super) fn mark(&self, place: &Place) -> Option<Marked<'a>> {
        let (Place::Whole(input) | Place::Bytes(input, _) | Place::Node(input, _)) = place;
        match self.range(place) {
            None => self.whole(*input),
            Some((_, bytes)) => {
                let text = self.sources.get(input)?;
                let lines = text.lines.get_or_init(|| Lines::of(&text.source.bytes));
                Some(marked(text.source, lines, bytes))
            }
        }
    }

    fn whole(&self, input: Input) -> Option<Marked<'a>> {
        let file = self.sources.get(&input)?.source.name.as_str();
        let (excerpt, mark) = (String::new(), 0..0);
        Some(Marked {
            file,
            line: 0,
            column: 0,
            excerpt,
            mark,
        })
    }

    /// Returns diagnostics without duplicates, sorted by place.
    pub(super) fn ordered<'f>(&self, diagnostics: &'f [Diagnostic]) -> Vec<&'f Diagnostic> {
        let mut placed: Vec<(Option<(Input, usize)>, &Diagnostic)> = diagnostics
            .iter()
            .map(|diagnostic| {
                let range = self.range(&diagnostic.place);
                (range.map(|(input, bytes)| (input, bytes.start)), diagnostic)
            })
            .collect();
        placed.sort_by_key(|(place, diagnostic)| (*place, diagnostic.kind.id));
        placed.dedup_by(|(_, one), (_, other)| one == other);
        placed
            .into_iter()
            .map(|(_, diagnostic)| diagnostic)
            .collect()
    }
}

//! Converts offsets in a text to lines and columns.
//!
//! This is done for every diagnostic, and a document may be one line of megabytes. So characters are
//! counted per block once, and a look-up reads at most one block.

use std::ops::Range;

/// Size of a block in bytes.
const BLOCK: usize = 1 << 10;

/// The lines of a text, and the number of characters before each block.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    /// Offset of each line.
    starts: Vec<usize>,
    /// Number of characters before each block.
    characters: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        // Editors neither show nor count a byte order mark.
        let first = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(first).chain(ends.map(|(at, _)| at + 1));
        let mut before = 0;
        let characters = bytes.chunks(BLOCK).map(|block| {
            let all = before;
            before += characters(block);
            all
        });
        Self {
            bytes,
            starts: starts.collect(),
            characters: characters.chain([usize::MAX]).collect(),
        }
    }

    /// Returns the number of an offset's line, from 1, and its range without the line break.
    pub(super) fn line(&self, offset: usize) -> (usize, Range<usize>) {
        let number = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(number - 1).copied().unwrap_or_default();
        let next = self.starts.get(number);
        let end = next.map_or(self.bytes.len(), |next| next - 1).max(start);
        let line = self.bytes.get(start..end).unwrap_or_default();
        let returns = line.iter().rev().take_while(|byte| **byte == b'\r');
        (number, start..end - returns.count())
    }

    /// Returns the number of characters in a range.
    pub(super) fn count(&self, range: Range<usize>) -> usize {
        self.before(range.end)
            .saturating_sub(self.before(range.start))
    }

    fn before(&self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        let block = offset / BLOCK;
        let rest = self.bytes.get(block * BLOCK..offset).unwrap_or_default();
        match self.characters.get(block) {
            Some(before) if *before != usize::MAX => before + characters(rest),
            _ => self.bytes.chunks(BLOCK).map(characters).sum(),
        }
    }

    /// Returns `count` characters of the text, from `back` characters before an offset.
    pub(super) fn text(&self, offset: usize, back: usize, count: usize) -> String {
        let offset = offset.min(self.bytes.len());
        let before = self
            .bytes
            .get(..offset)
            .unwrap_or_default()
            .iter()
            .enumerate();
        let mut starts = before.rev().filter(|(_, byte)| is_start(**byte));
        let start = match back {
            0 => offset,
            _ => starts.nth(back - 1).map_or(0, |(at, _)| at),
        };
        // No character has more than four bytes.
        let end = self.bytes.len().min(start + 4 * count);
        let text = String::from_utf8_lossy(self.bytes.get(start..end).unwrap_or_default());
        text.chars().take(count).collect()
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_start(**byte)).count()
}

/// Whether a byte of UTF-8 begins a character.
fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_and_characters_are_counted_as_if_all_were_read() {
        let long = "é".repeat(3000);
        let text = format!("a\r\n\nxy{long}z\nlast");
        let lines = Lines::of(text.as_bytes());
        assert_eq!(lines.line(0), (1, 0..1));
        assert_eq!(lines.line(3), (2, 3..3));
        let end = text.len() - 5;
        assert_eq!(lines.line(10), (3, 4..end));
        assert_eq!(lines.line(text.len()), (4, end + 1..text.len()));
        assert_eq!(lines.count(4..end), 3003);
        assert_eq!(lines.count(0..text.len()), text.chars().count());
        assert_eq!(lines.text(end - 1, 2, 3), "ééz");
        assert_eq!(lines.text(4, 0, 3), "xyé");
        assert_eq!(lines.text(4, 9, 2), "a\r");
        assert_eq!(Lines::of(b"\xef\xbb\xbfa").line(3), (1, 3..4));
    }
}

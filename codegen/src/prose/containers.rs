//! Lines in lists and quotes, with their prefixes.

/// Maximum nesting. Each container adds a prefix to each line, so depth times lines must be limited.
const MAX_DEPTH: usize = 5;

/// A list item or a quote.
enum Container {
    Quote {
        begun: bool,
    },
    Item {
        marker: String,
        begun: bool,
    },
    /// A container that is nested too deeply to be shown.
    Unshown,
}

/// The lines of a text, and the open containers.
#[derive(Default)]
pub(super) struct Page {
    lines: Vec<String>,
    containers: Vec<Container>,
    /// Whether an empty line is due before the next line.
    blank_due: bool,
}

impl Page {
    /// Begins a quote.
    pub(super) fn open_quote(&mut self) {
        self.open(Container::Quote { begun: false });
    }

    /// Begins a list item. Its marker is written with its first line: a marker without text would turn
    /// the line above into a heading.
    pub(super) fn open_item(&mut self, marker: String) {
        let begun = false;
        self.open(Container::Item { marker, begun });
    }

    fn open(&mut self, container: Container) {
        let unshown = |container: &&Container| matches!(container, Container::Unshown);
        let depth = self.containers.len() - self.containers.iter().filter(unshown).count();
        self.containers.push(if depth < MAX_DEPTH {
            container
        } else {
            Container::Unshown
        });
    }

    /// Ends the innermost container. Returns whether it was shown.
    pub(super) fn close(&mut self) -> bool {
        match self.containers.pop() {
            Some(Container::Quote { begun } | Container::Item { begun, .. }) => begun,
            Some(Container::Unshown) | None => false,
        }
    }

    /// Whether the next line begins a list item, so that a marker precedes it.
    pub(super) fn begins_item(&self) -> bool {
        let unbegun =
            |container: &Container| matches!(container, Container::Item { begun: false, .. });
        self.containers.iter().any(unbegun)
    }

    /// Sets whether an empty line is due.
    pub(super) fn set_blank_due(&mut self, due: bool) {
        self.blank_due = due;
    }

    /// Adds a line.
    pub(super) fn line(&mut self, text: &str) {
        if std::mem::take(&mut self.blank_due) && !self.lines.is_empty() {
            self.lines.push(self.before_empty());
        }
        let mut line = String::new();
        for container in &mut self.containers {
            match container {
                Container::Unshown => {}
                Container::Quote { begun } => {
                    *begun = true;
                    line.push_str("> ");
                }
                Container::Item { marker, begun } if *begun => {
                    line.extend(std::iter::repeat_n(' ', marker.len()));
                }
                Container::Item { marker, begun } => {
                    *begun = true;
                    line.push_str(marker);
                }
            }
        }
        line.push_str(text);
        self.lines.push(line.trim_end_matches(' ').to_owned());
    }

    /// Returns the prefix of an empty line: the open quotes.
    fn before_empty(&self) -> String {
        let mut line = String::new();
        for container in &self.containers {
            match container {
                Container::Quote { begun: false } | Container::Item { begun: false, .. } => break,
                Container::Quote { .. } => line.push_str("> "),
                Container::Item { marker, .. } => {
                    line.extend(std::iter::repeat_n(' ', marker.len()));
                }
                Container::Unshown => {}
            }
        }
        line.trim_end_matches(' ').to_owned()
    }

    /// Returns the lines.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }
}

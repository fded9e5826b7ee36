//! Counts agreements and disagreements with one tool.

use crate::explained::Disagreement;

/// A change that is judged, with the rules that the report has for it.
pub struct JudgedChange<'a> {
    /// The edit or the pair of versions.
    pub name: &'a str,
    /// The rules with their levels, separated by commas.
    pub rules: &'a str,
}

/// Agreements and disagreements with one tool.
#[derive(Default)]
pub struct Tally {
    agreed: usize,
    explained: usize,
    /// The number of changes for which the tool has no verdict.
    pub no_verdict: usize,
    unexplained: Vec<String>,
    used: Vec<&'static str>,
}

impl Tally {
    /// Records a verdict, and returns the text for the table. A disagreement must be listed for one of
    /// the rules of the change.
    pub fn record(
        &mut self,
        agrees: bool,
        change: &JudgedChange<'_>,
        verdict: &str,
        known: &[Disagreement],
    ) -> String {
        let JudgedChange { name, rules } = change;
        if agrees {
            self.agreed += 1;
            return "agree".to_owned();
        }
        let applies = |row: &&Disagreement| {
            let mut rules = rules.split(", ");
            row.verdict == verdict && rules.any(|rule| rule.ends_with(row.rule))
        };
        match known.iter().find(applies) {
            Some(row) => {
                self.explained += 1;
                self.used.push(row.rule);
                format!("{}: {}", row.correct, row.reason)
            }
            None => {
                self.unexplained
                    .push(format!("{name} ({rules}): {verdict}"));
                "**open**".to_owned()
            }
        }
    }

    /// Prints the result. Returns whether every disagreement is listed, and every listed one is needed.
    pub fn conclude(&self, tool: &str, known: &[Disagreement]) -> bool {
        let (agreed, explained, silent) = (self.agreed, self.explained, self.no_verdict);
        let open = self.unexplained.len();
        let all = agreed + explained + silent + open;
        println!(
            "\n{tool}: {all} edits, {agreed} agreed, {explained} explained, {silent} without a \
             verdict, {open} open"
        );
        for change in &self.unexplained {
            println!("open: {change}");
        }
        let rules = known.iter().map(|row| row.rule);
        let unused: Vec<&str> = rules.filter(|rule| !self.used.contains(rule)).collect();
        for rule in &unused {
            println!("no longer needed: {rule}");
        }
        self.unexplained.is_empty() && unused.is_empty()
    }
}

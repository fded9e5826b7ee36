//! Asks all tools about a change.

use std::collections::BTreeSet;

use crate::baseline::Baseline;
use crate::bench::{Bench, CallerResult};
use crate::documents::{self, Verdict};
use crate::explained::{CALLER, DRIFT, PUBLIC_API};
use crate::items;
use crate::level::Level;
use crate::notes::{NotesProgram, UpgradeNotes};
use crate::tally::{JudgedChange, Tally};
use crate::version::Version;

/// The tools, with what they said so far.
#[derive(Default)]
pub struct Judges {
    notes: UpgradeNotes,
    public_api: Tally,
    caller: Tally,
    drift: Tally,
}

impl Judges {
    /// Judges a new version by the rules that its report has. Prints a row of the table.
    pub fn judge_pair(
        &mut self,
        bench: &Bench,
        old: &Baseline,
        new: &Version,
        name: &str,
    ) -> Result<(), String> {
        let report = old.version.diff(new)?;
        let changes = report.changes.iter();
        let rules = changes.map(|change| format!("{} {}", change.level.name(), change.rule));
        let rules: Vec<String> = rules.collect::<BTreeSet<_>>().into_iter().collect();
        let rules = rules.join(", ");
        let change = JudgedChange {
            name,
            rules: &rules,
        };
        let cells = self.judge(bench, old, new, &change)?;
        println!("| {cells} |");
        Ok(())
    }

    /// Judges a new version whose report must have the given rules. Returns the cells of the row.
    pub fn judge(
        &mut self,
        bench: &Bench,
        old: &Baseline,
        new: &Version,
        change: &JudgedChange<'_>,
    ) -> Result<String, String> {
        let ours = Level::of_rules(change.rules);
        bench.write_crate(new)?;
        let after = bench.document("after.json");
        let after = after.map_err(|error| format!("{}: {error}", change.name))?;
        let theirs = items::judge(&old.items, &after)?;
        // A change without effect on items is a patch to us, and nothing to `public-api`.
        let agrees = theirs == ours || (theirs == Level::None && ours == Level::Patch);
        let verdict = theirs.to_string();
        let public_api = self.public_api.record(agrees, change, &verdict, PUBLIC_API);
        let notes = self.notes.add(&old.version.diff(new)?);
        let (result, errors) = bench.run(&NotesProgram::of(&notes, new)?)?;
        self.notes.add_errors(&notes, errors);
        let caller = match &old.behaviour {
            None => "none".to_owned(),
            Some(before) => self.judge_caller(before, &result, change),
        };
        let rules = change.rules;
        Ok(format!(
            "{rules} | {ours} | {theirs}, {public_api} | {caller}"
        ))
    }

    fn judge_caller(
        &mut self,
        before: &str,
        after: &CallerResult,
        change: &JudgedChange<'_>,
    ) -> String {
        let ours = Level::of_rules(change.rules);
        let (verdict, agrees) = match after {
            CallerResult::CompileError(_) => ("does not compile", ours == Level::Major),
            // Another behaviour must not be reported as no change at all.
            CallerResult::Ran(now) if now != before => ("has another outcome", ours != Level::None),
            CallerResult::Ran(_) => ("has the same outcome", true),
        };
        let agreement = self.caller.record(agrees, change, verdict, CALLER);
        format!("{verdict}, {agreement}")
    }

    /// Asks `drift` about a change of a document. Returns the cell of the row.
    pub fn judge_documents(
        &mut self,
        before: &str,
        after: &str,
        change: &JudgedChange<'_>,
    ) -> Result<String, String> {
        let ours = Level::of_rules(change.rules);
        let (verdict, agrees) = match documents::judge(before, after)? {
            Verdict::Breaking => ("breaking", ours == Level::Major),
            Verdict::Compatible => ("compatible", ours != Level::Major),
            Verdict::Unknown => {
                self.drift.no_verdict += 1;
                return Ok("no verdict".to_owned());
            }
        };
        let agreement = self.drift.record(agrees, change, verdict, DRIFT);
        Ok(format!("{verdict}, {agreement}"))
    }

    /// Compiles the lines of the upgrade notes that belong to the old version.
    pub fn judge_old_notes(&mut self, bench: &Bench, old: &Baseline) -> Result<(), String> {
        bench.write_crate(&old.version)?;
        let notes = self.notes.take_before();
        let (_, errors) = bench.run(&NotesProgram::of(&notes, &old.version)?)?;
        self.notes.add_errors(&notes, errors);
        Ok(())
    }

    /// Prints all results. Returns whether there is no unexplained disagreement.
    pub fn conclude(&self) -> bool {
        self.notes.conclude()
            & self.public_api.conclude("public-api", PUBLIC_API)
            & self.caller.conclude("caller", CALLER)
            & self.drift.conclude("drift", DRIFT)
    }
}

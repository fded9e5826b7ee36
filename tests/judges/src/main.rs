//! Has others judge the page of changes, edit by edit: `public-api` the crates before and after,
//! `drift` the documents, and a caller that is compiled against the crate after the edit and sends.
//! Every disagreement must stand in a table, with who is right.

mod bench;
mod documents;
mod explained;
mod items;
mod level;
mod notes;
mod version;

use std::path::Path;
use std::process::ExitCode;

use bench::{Bench, Call};
use documents::Verdict;
use explained::{CALLER, DRIFT, Explained, PUBLIC_API};
use level::Level;
use notes::{Program, Upgrades};
use tests::edits::{self, Edit};
use version::Version;

/// Where edits agree and where they do not.
#[derive(Default)]
struct Tally {
    agreed: usize,
    explained: usize,
    /// Where the other has no verdict.
    silent: usize,
    open: Vec<String>,
    used: Vec<&'static str>,
}

impl Tally {
    /// Notes a verdict; a disagreement is looked up by the rules that the edit meets.
    fn note(&mut self, agrees: bool, edit: &Edit, says: &str, table: &[Explained]) -> String {
        let (from, to, rules) = edit;
        if agrees {
            self.agreed += 1;
            return "agree".to_owned();
        }
        let row = table
            .iter()
            .find(|row| row.says == says && rules.split(", ").any(|rule| rule.ends_with(row.rule)));
        match row {
            Some(row) => {
                self.explained += 1;
                self.used.push(row.rule);
                format!("{}: {}", row.right, row.why)
            }
            None => {
                let edit = format!("{from:?} → {to:?} ({rules}): {says}");
                self.open.push(edit);
                "**open**".to_owned()
            }
        }
    }

    /// Rows of the table that no edit needs any more.
    fn idle(&self, table: &[Explained]) -> Vec<&'static str> {
        let rules = table.iter().map(|row| row.rule);
        rules.filter(|rule| !self.used.contains(rule)).collect()
    }
}

fn main() -> ExitCode {
    // A judge that gives up is told in the table.
    std::panic::set_hook(Box::new(|_| {}));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match judge(&root) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn judge(root: &Path) -> Result<bool, String> {
    let read = |path: &str| {
        let text = std::fs::read_to_string(root.join("tests/fixtures").join(path));
        text.map_err(|error| format!("{path}: {error}"))
    };
    let document = read("zoo.yaml")?;
    let bench = Bench::new(root, &read("zoo_app.rs")?)?;
    let old = Version::of(&document, edits::CONFIG)?;
    bench.put(&old)?;
    let before = bench.document("before.json")?;
    let (Call::Ran(sent), _) = bench.call(&Program::of(&[], &old)?)? else {
        return Err("the caller does not compile against the crate as it was".to_owned());
    };
    let mut upgrades = Upgrades::default();
    let (mut crates, mut documents, mut calls) =
        (Tally::default(), Tally::default(), Tally::default());
    println!("| edit | ours | public-api | caller | drift |\n| --- | --- | --- | --- | --- |");
    let of_document = [
        edits::OPERATIONS,
        edits::PARAMETERS,
        edits::RESPONSES,
        edits::TYPES,
    ];
    let of_document = of_document.into_iter().flatten().map(|edit| (edit, true));
    let of_packaging = edits::PACKAGING.iter().map(|edit| (edit, false));
    for (edit, is_document) in of_document.chain(of_packaging) {
        let (from, to, rules) = edit;
        let ours = Level::of_rules(rules);
        let (document_now, config) = match is_document {
            true => (document.replacen(from, to, 1), edits::CONFIG.to_owned()),
            false => (document.clone(), edits::CONFIG.replacen(from, to, 1)),
        };
        let told = |error| format!("{from:?} → {to:?}: {error}");
        let new = Version::of(&document_now, &config).map_err(told)?;
        bench.put(&new).map_err(told)?;
        let after = bench.document("after.json").map_err(told)?;
        let theirs = items::judge(&before, &after)?;
        // What is no matter of items is a patch to us, and nothing to it.
        let agrees = theirs == ours || (theirs == Level::None && ours == Level::Patch);
        let told = crates.note(agrees, edit, &theirs.to_string(), PUBLIC_API);
        let of_drift = match is_document {
            true => drift(&document, &document_now, ours, edit, &mut documents)?,
            false => "no document".to_owned(),
        };
        let notes = upgrades.of(&old.to(&new)?);
        let (call, refused) = bench.call(&Program::of(&notes, &new)?)?;
        upgrades.refused(&notes, refused);
        let (says, agrees) = match call {
            Call::Refused(_) => ("does not compile", ours == Level::Major),
            // An outcome of its own must not come as no change at all.
            Call::Ran(now) if now != sent => ("has another outcome", ours != Level::None),
            Call::Ran(_) => ("has the same outcome", true),
        };
        let caller = format!("{says}, {}", calls.note(agrees, edit, says, CALLER));
        println!("| {rules} | {ours} | {theirs}, {told} | {caller} | {of_drift} |");
    }
    bench.put(&old)?;
    let notes = upgrades.before();
    let (_, refused) = bench.call(&Program::of(&notes, &old)?)?;
    upgrades.refused(&notes, refused);
    Ok(upgrades.conclude()
        & conclude("public-api", &crates, PUBLIC_API)
        & conclude("caller", &calls, CALLER)
        & conclude("drift", &documents, DRIFT))
}

/// What `drift` says of an edit of the document.
fn drift(
    before: &str,
    after: &str,
    ours: Level,
    edit: &Edit,
    tally: &mut Tally,
) -> Result<String, String> {
    let theirs = documents::judge(before, after)?;
    let (says, agrees) = match theirs {
        Verdict::Breaking => ("breaking", ours == Level::Major),
        Verdict::Compatible => ("compatible", ours != Level::Major),
        Verdict::Unknown => {
            tally.silent += 1;
            return Ok("no verdict".to_owned());
        }
    };
    Ok(format!("{says}, {}", tally.note(agrees, edit, says, DRIFT)))
}

fn conclude(judge: &str, tally: &Tally, table: &[Explained]) -> bool {
    let (agreed, explained, silent) = (tally.agreed, tally.explained, tally.silent);
    let open = tally.open.len();
    let all = agreed + explained + silent + open;
    println!(
        "\n{judge}: {all} edits, {agreed} agreed, {explained} explained, {silent} without a \
         verdict, {open} open"
    );
    for edit in &tally.open {
        println!("open: {edit}");
    }
    let idle = tally.idle(table);
    for rule in &idle {
        println!("needed no more: {rule}");
    }
    tally.open.is_empty() && idle.is_empty()
}

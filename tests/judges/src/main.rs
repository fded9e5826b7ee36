//! Has programs of others judge the page of changes: `public-api` the crates before and after each
//! single edit, `drift` the documents. Every disagreement must stand in a table, with who is right.

mod documents;
mod explained;
mod items;
mod level;

use std::path::Path;
use std::process::ExitCode;

use documents::Verdict;
use explained::{DRIFT, Explained, PUBLIC_API};
use level::Level;
use tests::edits::{self, Edit};

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
    let document = std::fs::read_to_string(root.join("tests/fixtures/zoo.yaml"));
    let document = document.map_err(|error| error.to_string())?;
    let bench = items::Bench::new(root)?;
    let before = bench.document(&document, edits::CONFIG, "before.json")?;
    let (mut crates, mut documents) = (Tally::default(), Tally::default());
    println!("| edit | ours | public-api | drift |\n| --- | --- | --- | --- |");
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
        let after = bench.document(&document_now, &config, "after.json");
        let after = after.map_err(|error| format!("{from:?} → {to:?}: {error}"))?;
        let theirs = items::judge(&before, &after)?;
        // What is no matter of items is a patch to us, and nothing to it.
        let agrees = theirs == ours || (theirs == Level::None && ours == Level::Patch);
        let told = crates.note(agrees, edit, &theirs.to_string(), PUBLIC_API);
        let of_drift = match is_document {
            true => drift(&document, &document_now, ours, edit, &mut documents)?,
            false => "no document".to_owned(),
        };
        println!("| {rules} | {ours} | {theirs}, {told} | {of_drift} |");
    }
    Ok(conclude("public-api", &crates, PUBLIC_API) & conclude("drift", &documents, DRIFT))
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

//! Has others judge the page of changes, edit by edit: `public-api` the crates before and after,
//! `drift` the documents, and a caller that is compiled against the crate after the edit and sends.
//! Every disagreement must stand in a table, with who is right.

mod bench;
mod documents;
mod explained;
mod items;
mod level;
mod notes;
mod pairs;
mod version;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bench::{Bench, Call};
use documents::Verdict;
use explained::{CALLER, DRIFT, Explained, PUBLIC_API};
use level::Level;
use notes::{Program, Upgrades};
use tests::edits::{self, Edit};
use version::Version;

/// A change, and the rules that the page has for it, with their levels.
struct Told<'a> {
    what: &'a str,
    rules: &'a str,
}

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
    fn note(&mut self, agrees: bool, edit: &Told<'_>, says: &str, table: &[Explained]) -> String {
        let Told { what, rules } = edit;
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
                self.open.push(format!("{what} ({rules}): {says}"));
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
    let fixture = |path: &str| {
        let text = std::fs::read_to_string(root.join("tests/fixtures").join(path));
        text.map_err(|error| format!("{path}: {error}"))
    };
    let mut judges = Judges::default();
    println!("| edit | ours | public-api | caller | drift |\n| --- | --- | --- | --- | --- |");
    let zoo = fixture("zoo.yaml")?;
    let mut bench = Bench::new(root)?;
    let old = Version::of("zoo.yaml", &zoo, edits::CONFIG)?;
    let before = Before::of(&mut bench, old, Some(fixture("zoo_app.rs")?))?;
    for (edit, is_document) in zoo_edits() {
        let (from, to, rules) = edit;
        let (now, config) = if is_document {
            (zoo.replacen(from, to, 1), edits::CONFIG.to_owned())
        } else {
            (zoo.clone(), edits::CONFIG.replacen(from, to, 1))
        };
        let what = format!("{from:?} → {to:?}");
        let told = Told { what: &what, rules };
        let new = Version::of("zoo.yaml", &now, &config).map_err(|it| format!("{what}: {it}"))?;
        let cells = judges.change(&bench, &before, &new, &told)?;
        let of_drift = if is_document {
            drift(&zoo, &now, &told, &mut judges.documents)?
        } else {
            "no document".to_owned()
        };
        println!("| {cells} | {of_drift} |");
    }
    judges.notes_before(&bench, &before)?;

    println!("\n| pair | ours | public-api | caller |\n| --- | --- | --- | --- |");
    let depot = fixture("depot.yaml")?;
    let old = Version::of("depot.yaml", &depot, "")?;
    let before = Before::of(&mut bench, old, Some(fixture("depot_app.rs")?))?;
    for edits in pairs::DEPOT {
        let what = format!("{edits:?}");
        let now = edits.iter().try_fold(depot.clone(), |text, (from, to)| {
            let found = text.contains(from).then(|| text.replacen(from, to, 1));
            found.ok_or_else(|| format!("{from:?} is not there"))
        })?;
        let new = Version::of("depot.yaml", &now, "").map_err(|it| format!("{what}: {it}"))?;
        judges.pair(&bench, &before, &new, &what)?;
    }
    judges.notes_before(&bench, &before)?;
    published(root, &mut bench, &mut judges)?;
    Ok(judges.conclude())
}

/// Judges versions that others published.
fn published(root: &Path, bench: &mut Bench, judges: &mut Judges) -> Result<(), String> {
    let Some(folder) = pairs::real(root) else {
        println!("\nskipped: the versions that others published are not there");
        return Ok(());
    };
    for (name, before, after, operations) in pairs::REAL {
        let read = |path: &str| {
            let text = std::fs::read_to_string(folder.join(path));
            text.map_err(|error| format!("{path}: {error}"))
        };
        let mut config = String::new();
        if let Some(list) = operations {
            let lines = read(list)?;
            let lines: Vec<String> = lines.lines().map(|line| format!("- {line}\n")).collect();
            config = format!("operations:\n{}", lines.concat());
        }
        let told = |error| format!("{name}: {error}");
        let old = Version::of(before, &read(before)?, &config).map_err(told)?;
        let new = Version::of(after, &read(after)?, &config).map_err(told)?;
        let before = Before::of(bench, old, None).map_err(told)?;
        judges.pair(bench, &before, &new, name).map_err(told)?;
        judges.notes_before(bench, &before)?;
    }
    Ok(())
}

/// The edits of the zoo; whether each is one of the document.
fn zoo_edits() -> impl Iterator<Item = (&'static Edit, bool)> {
    let of_document = [
        edits::OPERATIONS,
        edits::PARAMETERS,
        edits::RESPONSES,
        edits::TYPES,
    ];
    let of_document = of_document.into_iter().flatten().map(|edit| (edit, true));
    let of_packaging = edits::PACKAGING.iter().map(|edit| (edit, false));
    of_document.chain(of_packaging)
}

/// A version that others are compared with.
struct Before {
    version: Version,
    /// Its items, as rustdoc has them.
    items: PathBuf,
    /// What a caller sends and reads; `None` where there is no caller.
    sent: Option<String>,
}

impl Before {
    fn of(bench: &mut Bench, version: Version, caller: Option<String>) -> Result<Self, String> {
        let called = caller.is_some();
        bench.serve(caller);
        bench.put(&version)?;
        let items = bench.document("before.json")?;
        let (call, _) = bench.call(&Program::of(&[], &version)?)?;
        let sent = match call {
            Call::Ran(sent) => called.then_some(sent),
            Call::Refused(says) => return Err(format!("the caller does not compile: {says}")),
        };
        Ok(Self {
            version,
            items,
            sent,
        })
    }
}

/// All who judge.
#[derive(Default)]
struct Judges {
    upgrades: Upgrades,
    crates: Tally,
    calls: Tally,
    documents: Tally,
}

impl Judges {
    /// Judges a version by its page.
    fn pair(
        &mut self,
        bench: &Bench,
        before: &Before,
        new: &Version,
        what: &str,
    ) -> Result<(), String> {
        let page = before.version.to(new)?;
        let rules = page
            .changes
            .iter()
            .map(|it| format!("{} {}", it.level.name(), it.rule));
        let rules = rules
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
            .join(", ");
        let told = Told {
            what,
            rules: &rules,
        };
        let cells = self.change(bench, before, new, &told)?;
        println!("| {cells} |");
        Ok(())
    }

    /// Judges a version whose page has these rules; gives the cells of its row.
    fn change(
        &mut self,
        bench: &Bench,
        before: &Before,
        new: &Version,
        told: &Told<'_>,
    ) -> Result<String, String> {
        let ours = Level::of_rules(told.rules);
        bench.put(new)?;
        let after = bench.document("after.json");
        let after = after.map_err(|error| format!("{}: {error}", told.what))?;
        let theirs = items::judge(&before.items, &after)?;
        // What is no matter of items is a patch to us, and nothing to it.
        let agrees = theirs == ours || (theirs == Level::None && ours == Level::Patch);
        let of_items = self
            .crates
            .note(agrees, told, &theirs.to_string(), PUBLIC_API);
        let notes = self.upgrades.of(&before.version.to(new)?);
        let (call, refused) = bench.call(&Program::of(&notes, new)?)?;
        self.upgrades.refused(&notes, refused);
        let caller = match &before.sent {
            None => "none".to_owned(),
            Some(sent) => {
                let (says, agrees) = match call {
                    Call::Refused(_) => ("does not compile", ours == Level::Major),
                    // An outcome of its own must not come as no change at all.
                    Call::Ran(now) if now != *sent => ("has another outcome", ours != Level::None),
                    Call::Ran(_) => ("has the same outcome", true),
                };
                format!("{says}, {}", self.calls.note(agrees, told, says, CALLER))
            }
        };
        let rules = told.rules;
        Ok(format!(
            "{rules} | {ours} | {theirs}, {of_items} | {caller}"
        ))
    }

    /// Compiles the lines that notes say a caller of the old version has.
    fn notes_before(&mut self, bench: &Bench, before: &Before) -> Result<(), String> {
        bench.put(&before.version)?;
        let notes = self.upgrades.before();
        let (_, refused) = bench.call(&Program::of(&notes, &before.version)?)?;
        self.upgrades.refused(&notes, refused);
        Ok(())
    }

    fn conclude(&self) -> bool {
        self.upgrades.conclude()
            & conclude("public-api", &self.crates, PUBLIC_API)
            & conclude("caller", &self.calls, CALLER)
            & conclude("drift", &self.documents, DRIFT)
    }
}

/// What `drift` says of an edit of the document.
fn drift(before: &str, after: &str, told: &Told<'_>, tally: &mut Tally) -> Result<String, String> {
    let ours = Level::of_rules(told.rules);
    let theirs = documents::judge(before, after)?;
    let (says, agrees) = match theirs {
        Verdict::Breaking => ("breaking", ours == Level::Major),
        Verdict::Compatible => ("compatible", ours != Level::Major),
        Verdict::Unknown => {
            tally.silent += 1;
            return Ok("no verdict".to_owned());
        }
    };
    Ok(format!("{says}, {}", tally.note(agrees, told, says, DRIFT)))
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

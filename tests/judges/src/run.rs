//! Judges the edits of the fixtures, and the published versions.

use std::path::Path;

use tests::edits::{self, Edit};

use crate::baseline::Baseline;
use crate::bench::Bench;
use crate::judges::Judges;
use crate::pairs;
use crate::tally::JudgedChange;
use crate::version::Version;

/// Judges all changes and prints the tables. Returns whether there is no unexplained disagreement.
pub fn run(root: &Path) -> Result<bool, String> {
    let mut bench = Bench::new(root)?;
    let mut judges = Judges::default();
    single_edits(root, &mut bench, &mut judges)?;
    println!("\n| pair | ours | public-api | caller |\n| --- | --- | --- | --- |");
    combined_edits(root, &mut bench, &mut judges)?;
    published_versions(&mut bench, &mut judges)?;
    Ok(judges.conclude())
}

fn fixture(root: &Path, path: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(root.join("tests/fixtures").join(path));
    text.map_err(|error| format!("{path}: {error}"))
}

/// Judges each edit of the zoo.
fn single_edits(root: &Path, bench: &mut Bench, judges: &mut Judges) -> Result<(), String> {
    println!("| edit | ours | public-api | caller | drift |\n| --- | --- | --- | --- | --- |");
    let zoo = fixture(root, "zoo.yaml")?;
    let old = Version::of("zoo.yaml", &zoo, edits::CONFIG)?;
    let old = Baseline::new(bench, old, Some(fixture(root, "zoo_app.rs")?))?;
    for (edit, is_document) in zoo_edits() {
        let (from, to, rules) = edit;
        let (now, config) = if is_document {
            (zoo.replacen(from, to, 1), edits::CONFIG.to_owned())
        } else {
            (zoo.clone(), edits::CONFIG.replacen(from, to, 1))
        };
        let name = format!("{from:?} → {to:?}");
        let change = JudgedChange { name: &name, rules };
        let new = Version::of("zoo.yaml", &now, &config);
        let new = new.map_err(|error| format!("{name}: {error}"))?;
        let cells = judges.judge(bench, &old, &new, &change)?;
        let drift = if is_document {
            judges.judge_documents(&zoo, &now, &change)?
        } else {
            "no document".to_owned()
        };
        println!("| {cells} | {drift} |");
    }
    judges.judge_old_notes(bench, &old)
}

/// Returns the edits of the zoo, each with whether it changes the document.
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

/// Judges each set of edits of the depot.
fn combined_edits(root: &Path, bench: &mut Bench, judges: &mut Judges) -> Result<(), String> {
    let depot = fixture(root, "depot.yaml")?;
    let old = Version::of("depot.yaml", &depot, "")?;
    let old = Baseline::new(bench, old, Some(fixture(root, "depot_app.rs")?))?;
    for edits in pairs::DEPOT {
        let name = format!("{edits:?}");
        let now = edits.iter().try_fold(depot.clone(), |text, (from, to)| {
            let found = text.contains(from).then(|| text.replacen(from, to, 1));
            found.ok_or_else(|| format!("{from:?} is not in depot.yaml"))
        })?;
        let new = Version::of("depot.yaml", &now, "");
        let new = new.map_err(|error| format!("{name}: {error}"))?;
        judges.judge_pair(bench, &old, &new, &name)?;
    }
    judges.judge_old_notes(bench, &old)
}

/// Judges the published versions that are in the folder that the environment names.
fn published_versions(bench: &mut Bench, judges: &mut Judges) -> Result<(), String> {
    let Some(folder) = pairs::published_folder() else {
        println!(
            "\nskipped: {} names no folder of published versions",
            pairs::VERSIONS
        );
        return Ok(());
    };
    for (name, before, after, operations) in pairs::PUBLISHED {
        if !folder.join(before).exists() || !folder.join(after).exists() {
            println!("\nskipped: {name}, whose files are not there");
            continue;
        }
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
        let with_name = |error| format!("{name}: {error}");
        let old = Version::of(before, &read(before)?, &config).map_err(with_name)?;
        let new = Version::of(after, &read(after)?, &config).map_err(with_name)?;
        let old = Baseline::new(bench, old, None).map_err(with_name)?;
        let judged = judges.judge_pair(bench, &old, &new, name);
        judged.map_err(with_name)?;
        judges.judge_old_notes(bench, &old)?;
    }
    Ok(())
}

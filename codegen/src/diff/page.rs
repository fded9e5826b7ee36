//! Everything that the page says, ready to be shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Side;
use super::causes::{self, Cause};
use super::document::Leaf;
use super::news::News;
use super::resolve::nearest;
use super::row::{At, Row, Rows, fingerprint};
use super::rules::{self, Level, Rule};
use super::successors::Successors;
use super::{unexplained, version};
use crate::diagnostic::Place;
use crate::lock::sha256;
use crate::pointer::Pointer;
use crate::render_diagnostics::{Location, locations};
use crate::source::{Input, Source};

/// What changed about one client.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// The client's folder under `openapi/`.
    pub client: String,
    /// The crate.
    pub package: String,
    /// Its version on the old side.
    pub from: String,
    /// Its version on the new side.
    pub to: String,
    /// The gravest level of all changes; `null` where nothing asks for another version.
    pub level: Option<Level>,
    /// The least version that carries them.
    pub needs: Option<String>,
    /// Whether the new version does.
    pub sufficient: bool,
    /// Inputs that are other ones.
    pub inputs: Vec<Moved>,
    /// The changes by what a reviewer decides about, the gravest first.
    pub causes: Vec<Cause>,
    /// Changes of the document and of the packaging that reach Rust, the gravest first.
    pub changes: Vec<Change>,
    /// Lines of the API that differ and that no change above is about.
    pub unexplained: Vec<Change>,
    /// Changes of the document that no change above is about.
    pub quiet: Vec<Quiet>,
    /// What is new and reaches no signature.
    pub news: News,
}

/// An input that is another one.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// What it is.
    pub what: String,
    /// What it was; `null` where there was none.
    pub before: Option<String>,
    /// What it is now; `null` where there is none.
    pub now: Option<String>,
}

/// A change with its rule.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Eight hexadecimal digits of a hash over rule, pointer and detail.
    pub fingerprint: String,
    /// The rule's stable name.
    pub rule: &'static str,
    /// What it asks of the version.
    pub level: Level,
    /// What changed.
    pub says: &'static str,
    /// What exactly.
    pub detail: String,
    /// The input that it stands in, and the line, counted from 1.
    pub file: Option<String>,
    /// 0 for a file as a whole.
    pub line: usize,
    /// Whether that is the old side's file.
    pub old: bool,
    /// The JSON pointer (RFC 6901) of the node in the corrected document.
    pub pointer: String,
    /// The Rust items that it touches.
    pub rust: Vec<String>,
    /// Why it has this level.
    pub why: &'static str,
    /// Where the standard has it.
    pub clause: &'static str,
    /// A caller's line as it was.
    pub before: Option<String>,
    /// The same line as it is; `null` where no line is known to take its place.
    pub after: Option<String>,
    /// What is new where something is gone, and may take its place.
    pub beside: Vec<String>,
}

/// A change that reaches no signature.
#[derive(Clone, Debug, Serialize)]
pub struct Quiet {
    /// Whether it is prose or an example.
    pub prose: bool,
    /// What happened.
    pub what: String,
    /// The input that it stands in.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: usize,
    /// Whether that is the old side's file.
    pub old: bool,
    /// The JSON pointer (RFC 6901) of the node in the corrected document.
    pub pointer: String,
}

impl Page {
    /// Whether nothing at all changed.
    pub fn is_empty(&self) -> bool {
        self.from == self.to
            && self.inputs.is_empty()
            && self.changes.is_empty()
            && self.unexplained.is_empty()
            && self.quiet.is_empty()
            && self.news.is_empty()
    }

    /// The changes of a level or above it.
    pub fn reaching(&self, level: Level) -> impl Iterator<Item = &Change> {
        let all = self.changes.iter().chain(&self.unexplained);
        all.filter(move |change| change.level >= level)
    }

    /// Whether the version carries the changes, or there is no later version to ask it of.
    pub fn carries(&self) -> bool {
        self.sufficient || self.needs.is_none()
    }

    /// Sets the verdict from what was found.
    fn judged(mut self) -> Self {
        let all = self.changes.iter().chain(&self.unexplained);
        self.level = all.map(|change| change.level).max();
        self.needs = self.level.map(|level| version::needed(&self.from, level));
        let suffices = |level| version::suffices(&self.from, &self.to, level);
        self.sufficient = self.level.is_none_or(suffices);
        self
    }
}

/// The page of a client that both sides have.
pub(super) fn page(
    client: &str,
    old: &Side<'_>,
    new: &Side<'_>,
    rows: Rows,
    leaves: Vec<Leaf>,
    unexplained: Vec<(&'static Rule, String)>,
) -> Page {
    let rows = rows.sorted();
    let mut places: Vec<&At> = rows.iter().map(|row| &row.at).collect();
    places.extend(leaves.iter().map(|leaf| &leaf.at));
    let mut found = located(&places, old, new).into_iter();
    let mut next = || found.next().flatten();
    let (known, successors) = (Known::new(old, new), Successors::of(&rows));
    let changes = rows.iter().map(|row| Change {
        beside: known.items(&successors.of_row(row)),
        ..change(row, next(), &known)
    });
    let changes = changes.collect();
    let quiet = leaves.iter().map(|leaf| quiet(leaf, next())).collect();
    let package = &new.modelled.model.package;
    Page {
        client: client.to_owned(),
        package: package.name.clone(),
        from: old.modelled.model.package.version.clone(),
        to: package.version.clone(),
        level: None,
        needs: None,
        sufficient: true,
        inputs: inputs(old, new),
        causes: causes::causes(&rows),
        changes,
        unexplained: unexplained
            .into_iter()
            .map(|(rule, line)| of_rule(rule, line))
            .collect(),
        quiet,
        news: News::of(old, new),
    }
    .judged()
}

/// The page of a client that only one side has.
pub(super) fn alone(client: &str, name: &str, version: &str, added: bool) -> Page {
    let rule = if added {
        &rules::CLIENT_ADDED
    } else {
        &rules::CLIENT_REMOVED
    };
    let change = of_rule(rule, format!("`{name}`"));
    let cause = Cause::of_rule(rule, change.detail.clone(), change.fingerprint.clone());
    Page {
        client: client.to_owned(),
        package: name.to_owned(),
        from: version.to_owned(),
        to: version.to_owned(),
        level: Some(rule.level),
        needs: None,
        sufficient: added,
        inputs: Vec::new(),
        causes: vec![cause],
        changes: vec![change],
        unexplained: Vec::new(),
        quiet: Vec::new(),
        news: News::default(),
    }
}

/// A change that stands nowhere in a document.
fn of_rule(rule: &'static Rule, detail: String) -> Change {
    Change {
        fingerprint: fingerprint(rule, "", &detail),
        rule: rule.id,
        level: rule.level,
        says: rule.says,
        detail,
        file: None,
        line: 0,
        old: false,
        pointer: String::new(),
        rust: Vec::new(),
        why: rule.why,
        clause: rule.clause,
        before: None,
        after: None,
        beside: Vec::new(),
    }
}

/// What there is on the two sides: nothing else is named.
struct Known<'a> {
    items: BTreeSet<&'a str>,
    roots: [&'a Value; 2],
}

impl<'a> Known<'a> {
    fn new(old: &'a Side<'_>, new: &'a Side<'_>) -> Self {
        let lines = old.api.iter().chain(&new.api);
        Self {
            items: lines.flat_map(|line| unexplained::prefixes(line)).collect(),
            roots: [old, new].map(|side| side.modelled.document.root()),
        }
    }

    /// Those of some items that are on either side.
    fn items(&self, items: &[String]) -> Vec<String> {
        let there = items.iter().filter(|it| self.items.contains(it.as_str()));
        there.cloned().collect()
    }

    /// The node of a row, or what there is of the way to it.
    fn pointer(&self, at: &At) -> Pointer {
        let [old, new] = self.roots;
        match at.input {
            Input::Config => at.pointer.clone(),
            _ => nearest(if at.old { old } else { new }, &at.pointer),
        }
    }
}

fn change(row: &Row, location: Option<Location>, known: &Known<'_>) -> Change {
    let (before, after) = row.call.clone().unzip();
    Change {
        fingerprint: row.fingerprint(),
        file: location.as_ref().map(|it| it.file.clone()),
        line: location.map_or(0, |it| it.line),
        old: row.at.old,
        pointer: known.pointer(&row.at).to_string(),
        rust: known.items(&row.items),
        before,
        after: after.flatten(),
        ..of_rule(row.rule, row.detail.clone())
    }
}

fn quiet(leaf: &Leaf, location: Option<Location>) -> Quiet {
    Quiet {
        prose: leaf.is_prose(),
        what: leaf.text.clone(),
        file: location.as_ref().map(|it| it.file.clone()),
        line: location.map_or(0, |it| it.line),
        old: leaf.at.old,
        pointer: leaf.at.pointer.to_string(),
    }
}

/// Where each place is; each side's texts are read once.
fn located(places: &[&At], old: &Side<'_>, new: &Side<'_>) -> Vec<Option<Location>> {
    let of = |side: &Side<'_>, is_old: bool| {
        let here = places.iter().filter(|at| at.old == is_old);
        let here: Vec<Place> = here.map(|at| place(at, side)).collect();
        locations(&here, &side.sources).into_iter()
    };
    let (mut before, mut after) = (of(old, true), of(new, false));
    let next = |at: &&At| {
        if at.old {
            before.next().flatten()
        } else {
            after.next().flatten()
        }
    };
    places.iter().map(next).collect()
}

/// Which text a node stands in: overlays and packagings move what the document says.
fn place(at: &At, side: &Side<'_>) -> Place {
    let has = |input| side.sources.iter().any(|it| it.input == input);
    match at.input {
        Input::Config if has(Input::Config) => Place::Node(Input::Config, at.pointer.clone()),
        Input::Config => Place::Whole(Input::Document),
        _ => side.modelled.document.place(&at.pointer),
    }
}

fn inputs(old: &Side<'_>, new: &Side<'_>) -> Vec<Moved> {
    let mut moved = Vec::new();
    let mut push = |what: &str, before: Option<&String>, now: Option<&String>| {
        if before != now {
            moved.push(Moved {
                what: what.to_owned(),
                before: before.cloned(),
                now: now.cloned(),
            });
        }
    };
    let versions = (&old.modelled.model.version, &new.modelled.model.version);
    push(
        "version of the document",
        Some(versions.0),
        Some(versions.1),
    );
    let files = |side: &Side<'_>| -> BTreeMap<String, String> {
        let hash = |source: &Source| {
            let mut hash = sha256(&source.bytes);
            hash.truncate(8);
            hash
        };
        let sources = side.sources.iter();
        sources.map(|it| (it.name.clone(), hash(it))).collect()
    };
    for (before, now) in [
        (files(old), files(new)),
        (old.tools.clone(), new.tools.clone()),
    ] {
        let all: BTreeMap<&String, ()> =
            before.keys().chain(now.keys()).map(|it| (it, ())).collect();
        for name in all.into_keys() {
            push(name, before.get(name), now.get(name));
        }
    }
    moved
}

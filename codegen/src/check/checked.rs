//! The checked document, and the function that runs all checks.
//!
//! A violation of OpenAPI is a fault; a doubtful construct is a warning. Faults are repaired, and
//! the repaired document is checked again, until none is left. So a document that passes has the
//! structure of the object tables, and later stages can assume it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::apply_edits::Edited;
use super::context::Context;
use super::coverage::{Coverage, selector};
use super::repair::{Fault, Repair};
use super::uses::Uses;
use super::{client, operations, security, servers, structure};
use crate::canonical::Canonical;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, Tolerance};
use crate::diagnostics;
use crate::faults::rule;
use crate::origins::Origins;
use crate::parse::Version;
use crate::pointer::Pointer;
use crate::report::{Report, Stop};
use crate::select::METHODS;

/// The number of times that a document is checked and repaired: a repair can uncover a fault below
/// it, for example behind a reference. After half of them, every operation with a fault is left out.
const ROUNDS: usize = 8;

/// A document that later stages can rely on:
///
/// - every object of the tables has the required members, and members of the right type;
/// - every reference is local, exists, and leads to an object of the right kind in finitely many
///   steps; no path item is a reference;
/// - path templates and path parameters correspond, parameters are unique;
/// - names of headers, statuses and media types are valid;
/// - nothing is nested deeper than [`crate::parse::DEPTH`].
///
/// A security requirement may name a scheme that does not exist.
#[derive(Clone, Debug)]
pub struct Checked {
    root: Value,
    origins: Origins,
    coverage: Coverage,
}

impl Checked {
    /// Returns the document's tree, which is an object.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Returns the input that a node comes from, and its place there.
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }

    /// Returns which operations the faults of the document touched.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

/// Checks a document against OpenAPI and against the packaging of its client, and repairs its
/// faults. In a strict run, faults are errors.
///
/// # Errors
///
/// [`Stop`] if there is at least one error, or if no operation of a document with operations is
/// left; warnings pass.
pub fn check(canonical: Canonical, config: &Config, report: &mut Report) -> Result<Checked, Stop> {
    let (mut root, version, mut origins) = canonical.into_parts();
    let mut coverage = Coverage {
        operations: count_operations(&root),
        ..Coverage::default()
    };
    let mut rounds = Rounds {
        version,
        config,
        seen: BTreeSet::new(),
    };
    for round in 0..=ROUNDS {
        let mut faults = rounds.find(&root, &origins, report);
        if report.is_strict() || round == ROUNDS {
            let errors = faults.into_iter().map(|fault| fault.diagnostic);
            errors.for_each(|diagnostic| report.push(diagnostic));
            break;
        }
        report.result()?;
        if round > 0 {
            faults.retain(|fault| !fault.repair.edits.is_empty());
        }
        if faults.is_empty() {
            break;
        }
        if faults.iter().any(|fault| !fault.repair.copies) {
            faults.retain(|fault| !fault.repair.copies);
        }
        let leave_out = round >= ROUNDS / 2;
        repair_all(
            &mut root,
            &mut origins,
            faults,
            leave_out,
            &mut coverage,
            report,
        );
    }
    nothing_left(&coverage, &origins, report);
    report.result()?;
    Ok(Checked {
        root,
        origins,
        coverage,
    })
}

/// What all rounds of checks share.
struct Rounds<'a> {
    version: Version,
    config: &'a Config,
    /// The warnings and errors that are reported already.
    seen: BTreeSet<String>,
}

impl Rounds<'_> {
    /// Runs all checks. Returns the faults, and reports everything else once.
    fn find(&mut self, root: &Value, origins: &Origins, report: &mut Report) -> Vec<Fault> {
        let mut context = Context {
            root,
            version: self.version,
            origins,
            diagnostics: Vec::new(),
            faults: Vec::new(),
        };
        structure::check(&mut context);
        operations::check(&mut context);
        security::check(&mut context);
        servers::check(&mut context, self.config);
        client::check(&mut context, self.config);
        for diagnostic in context.diagnostics {
            if self.seen.insert(format!("{diagnostic:?}")) {
                report.push(diagnostic);
            }
        }
        context.faults
    }
}

/// Applies the repairs of faults, and reports what each of them costs.
fn repair_all(
    root: &mut Value,
    origins: &mut Origins,
    faults: Vec<Fault>,
    leave_out: bool,
    coverage: &mut Coverage,
    report: &mut Report,
) {
    let uses = Uses::of(root);
    let touched = faults.iter().map(|fault| uses.operations(&fault.node));
    let touched: Vec<BTreeSet<Pointer>> = touched.collect();
    let mut edited = Edited::new(root, origins, report, &uses);
    for (fault, touched) in faults.into_iter().zip(touched) {
        let Fault {
            mut diagnostic,
            node,
            repair,
        } = fault;
        let repair = if leave_out {
            Repair::left_out(&node)
        } else {
            repair
        };
        let (cost, mut reading) = (repair.cost, repair.reading);
        let mut left_out = BTreeSet::new();
        for edit in repair.edits {
            left_out.extend(edited.apply(edit));
        }
        if reading.is_empty() {
            reading = names(&left_out);
        }
        coverage.add(&touched, &left_out);
        let detail = format!("{}: {reading}", diagnostic.kind.id);
        edited.report.apply(rule(cost), &node, detail);
        diagnostic.tolerance = Some(Tolerance { cost, reading });
        edited.report.push(diagnostic);
    }
    edited.finish();
    if uses.is_exhausted() {
        coverage.add(&uses.all_operations(), &BTreeSet::new());
    }
}

/// Names operations that are left out.
fn names(left_out: &BTreeSet<Pointer>) -> String {
    const NAMED: usize = 3;
    let names = left_out.iter().take(NAMED);
    let names: Vec<String> = names
        .map(|operation| format!("`{}`", selector(operation)))
        .collect();
    let names = names.join(", ");
    match left_out.len() {
        0 => "no operation uses it".to_owned(),
        count if count > NAMED => format!("{names} and {} more", count - NAMED),
        _ => names,
    }
}

fn count_operations(root: &Value) -> usize {
    let items = root.get("paths").and_then(Value::as_object);
    let items = items.into_iter().flat_map(|items| items.values());
    let has = |item: &Value| {
        METHODS
            .iter()
            .filter(|method| item.get(**method).is_some())
            .count()
    };
    items.map(has).sum()
}

/// Reports that the faults of a document cost all its operations.
fn nothing_left(coverage: &Coverage, origins: &Origins, report: &mut Report) {
    if coverage.operations > 0 && coverage.left_out.len() == coverage.operations {
        let place = origins.place(&Pointer::root().child("paths"));
        report.push(Diagnostic::new(
            &diagnostics::NO_OPERATION_LEFT,
            place,
            "every chosen operation is left out",
        ));
    }
}

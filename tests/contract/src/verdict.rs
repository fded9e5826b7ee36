//! Whether schemathesis has judged, and what. Its exit code alone is no answer: a run that reached
//! nothing has found nothing.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Failure;
use crate::declared::Operation;

/// Method, path and status, and how often.
pub(crate) type Given = BTreeMap<String, u64>;

/// A run, as it is told by the two sides.
pub(crate) struct Run<'a> {
    /// What must have been asked.
    pub(crate) operations: &'a [Operation],
    /// The report at its end.
    pub(crate) report: Value,
    /// The checks that were made, each with how often.
    pub(crate) checks: BTreeMap<String, u64>,
    /// How often the sandbox gave each status of each operation.
    pub(crate) given: Given,
}

/// The checks in a record of events, one JSON object per line.
pub(crate) fn checks(events: &str) -> BTreeMap<String, u64> {
    let mut checks = BTreeMap::new();
    for line in events.lines() {
        let event: Value = serde_json::from_str(line).unwrap_or_default();
        let cases = event.pointer("/ScenarioFinished/recorder/checks");
        let cases = cases.and_then(Value::as_object).into_iter().flatten();
        let made = cases.flat_map(|(_, made)| made.as_array().into_iter().flatten());
        for name in made.filter_map(|check| check["name"].as_str()) {
            *checks.entry(name.to_owned()).or_default() += 1;
        }
    }
    checks
}

impl Run<'_> {
    /// What was judged in words, or what was found.
    pub(crate) fn verdict(&self) -> Result<String, Failure> {
        let (made, kinds) = (self.checks.values().sum::<u64>(), self.checks.len());
        let words = format!(
            "{} operations, {} test cases, {made} checks of {kinds} kinds, {} failures",
            self.number("/operations/tested"),
            self.number("/test_cases/generated"),
            self.number("/test_cases/unique_failures"),
        );
        if self.number("/test_cases/unique_failures") > 0 {
            let what = format!("schemathesis objects to the sandbox ({words}), see above");
            return Err(Failure::Found(vec![what]));
        }
        let gaps = self.gaps();
        if !gaps.is_empty() {
            let what = format!(
                "schemathesis did not judge all ({words}): {}",
                gaps.join("; ")
            );
            return Err(Failure::Broken(what));
        }
        Ok(format!("{words}, by schemathesis"))
    }

    /// What was to be judged and was not.
    fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        if self.report["complete"] != true {
            gaps.push("it did not finish".to_owned());
        }
        if self.number("/operations/tested") != self.operations.len() as u64 {
            gaps.push(format!("{} operations are declared", self.operations.len()));
        }
        let errored = self.number("/test_cases/errored") + self.number("/operations/errored");
        if errored > 0 {
            gaps.push(format!("{errored} errors"));
        }
        if self.checks.is_empty() {
            gaps.push("it reports no check".to_owned());
        }
        for Operation { way, statuses, .. } in self.operations {
            let provoked = statuses.iter().filter(|other| *other != NOT_PROVOKED);
            let never =
                provoked.filter(|value| !self.given.contains_key(&format!("{way} {value}")));
            gaps.extend(never.map(|status| format!("{way} was never answered with {status}")));
        }
        gaps
    }

    fn number(&self, pointer: &str) -> u64 {
        self.report
            .pointer(pointer)
            .and_then(Value::as_u64)
            .unwrap_or_default()
    }
}

/// The sandbox's limit is off for this run: it would hide every other answer.
const NOT_PROVOKED: &str = "429";

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::{Run, checks};
    use crate::Failure;
    use crate::declared::Operation;

    fn report() -> Value {
        json!({
            "complete": true,
            "operations": { "tested": 1, "errored": 0 },
            "test_cases": { "generated": 9, "unique_failures": 0, "errored": 0 },
        })
    }

    /// What comes of a run whose report and statuses are these.
    fn told(report: Value, given: &[u16]) -> Result<String, String> {
        let operations = [Operation {
            id: "a".to_owned(),
            way: "GET /a".to_owned(),
            statuses: ["200", "401", "429"].map(str::to_owned).to_vec(),
            secured: false,
            headers: Vec::new(),
        }];
        let run = Run {
            operations: &operations,
            report,
            checks: BTreeMap::from([("x".to_owned(), 18)]),
            given: given
                .iter()
                .map(|status| (format!("GET /a {status}"), 1))
                .collect(),
        };
        run.verdict().map_err(|failure| match failure {
            Failure::Found(problems) => problems.concat(),
            Failure::Broken(what) | Failure::Missing(what, _) => what,
        })
    }

    #[track_caller]
    fn fails(pointer: &str, value: Value, expected: &str) {
        let mut report = report();
        *report.pointer_mut(pointer).unwrap() = value;
        let said = told(report, &[200, 401]).unwrap_err();
        assert!(said.contains(expected), "{said}");
    }

    #[test]
    fn a_run_that_judged_is_told_in_numbers() {
        assert_eq!(
            told(report(), &[200, 401]).unwrap(),
            "1 operations, 9 test cases, 18 checks of 1 kinds, 0 failures, by \
             schemathesis"
        );
    }

    #[test]
    fn a_run_that_did_not_judge_all_is_no_success() {
        fails("/complete", json!(false), "it did not finish");
        fails("/operations/tested", json!(0), "1 operations are declared");
        fails("/test_cases/errored", json!(7), "7 errors");
        fails("/test_cases/unique_failures", json!(1), "objects");
        let said = told(report(), &[401]).unwrap_err();
        assert!(
            said.contains("GET /a was never answered with 200"),
            "{said}"
        );
        let said = told(Value::Null, &[200, 401]).unwrap_err();
        assert!(said.contains("it did not finish"), "{said}");
    }

    #[test]
    fn checks_are_counted_by_name() {
        let event = json!({ "ScenarioFinished": { "recorder": { "label": "a", "checks": {
            "1": [{ "name": "x", "status": "success" }, { "name": "y", "status": "success" }],
            "2": [{ "name": "x", "status": "failure" }],
        } } } });
        let events = format!("{{\"Initialize\":{{}}}}\n{event}\n");
        let expected = [("x".to_owned(), 2), ("y".to_owned(), 1)];
        assert_eq!(checks(&events), BTreeMap::from(expected));
    }
}

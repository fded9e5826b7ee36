//! What each side costs per call, and the proof that both make the same call.

use crate::case;
use crate::server::{Connection, Server};
use crate::valgrind::{self, Allocations, Tool};

/// The N that is measured against 2N.
const CALLS: u32 = 500;
const RUNS: usize = 3;

/// A number per call, measured several times.
pub(crate) struct Measured(Vec<f64>);

impl Measured {
    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.iter().map(|_| 1.0).sum::<f64>()
    }

    /// The largest minus the smallest, as a part of the mean.
    pub(crate) fn spread(&self) -> f64 {
        let largest = self.0.iter().copied().fold(f64::MIN, f64::max);
        let smallest = self.0.iter().copied().fold(f64::MAX, f64::min);
        (largest - smallest) / self.mean()
    }
}

/// What one call costs.
pub(crate) struct Cost {
    pub(crate) instructions: Measured,
    pub(crate) allocations: Measured,
    pub(crate) bytes: Measured,
}

/// The costs of our call and of the one by hand.
pub(crate) fn both_sides() -> Result<(Cost, Cost), String> {
    let server = Server::start().map_err(|error| format!("no server: {error}"))?;
    let mut sides = Sides {
        server,
        request: None,
    };
    Ok((sides.cost("ours")?, sides.cost("by-hand")?))
}

struct Sides {
    server: Server,
    /// The request that every run has to send.
    request: Option<Vec<String>>,
}

impl Sides {
    fn cost(&mut self, side: &str) -> Result<Cost, String> {
        let mut cost = Cost {
            instructions: Measured(Vec::new()),
            allocations: Measured(Vec::new()),
            bytes: Measured(Vec::new()),
        };
        for run in 1..=RUNS {
            eprintln!("measuring {side}, run {run} of {RUNS}");
            let instructions = |report: &str| valgrind::instructions(report);
            let (once, twice) = self.pair(Tool::Callgrind, side, instructions)?;
            cost.instructions.0.push(per_call(once, twice));
            let allocations = |report: &str| valgrind::allocations(report);
            let (once, twice): (Allocations, _) = self.pair(Tool::Dhat, side, allocations)?;
            cost.allocations.0.push(per_call(once.count, twice.count));
            cost.bytes.0.push(per_call(once.bytes, twice.bytes));
        }
        Ok(cost)
    }

    /// What N calls and 2N calls come to.
    fn pair<T>(
        &mut self,
        tool: Tool,
        side: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<(T, T), String> {
        let mut run = |calls: u32| {
            let arguments = [side, &self.server.url(), &calls.to_string()];
            let output = valgrind::run(tool, &arguments)?;
            self.check(side, calls, &output.answer)?;
            read(&output.report).ok_or_else(|| format!("cannot read:\n{}", output.report))
        };
        Ok((run(CALLS)?, run(2 * CALLS)?))
    }

    /// That many equal requests came over one connection, and the answer was understood.
    fn check(&mut self, side: &str, calls: u32, answer: &str) -> Result<(), String> {
        if answer != case::MESSAGE {
            return Err(format!("{side} decoded the answer as {answer:?}"));
        }
        let connections = self.server.connections();
        let [Connection { request, requests }] = connections.as_slice() else {
            return Err(format!("{side} opened {} connections", connections.len()));
        };
        if *requests != calls {
            return Err(format!("{side} sent {requests} requests for {calls} calls"));
        }
        let wanted = self.request.get_or_insert_with(|| request.clone());
        if wanted != request {
            return Err(format!(
                "{side} sends\n{request:#?}\nand the other side\n{wanted:#?}"
            ));
        }
        Ok(())
    }
}

fn per_call(once: u64, twice: u64) -> f64 {
    (twice as f64 - once as f64) / f64::from(CALLS)
}

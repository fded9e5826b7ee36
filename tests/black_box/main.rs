//! Black-box proofs: the pipeline's output, the client it makes, the commands.

mod commands;
mod corrections;
mod determinism;
mod diff;
mod diff_moves;
mod diff_rules;
mod examples;
mod faults;
mod findings;
mod fixture;
mod limits;
mod lowering;
mod output;
mod repository;
mod request;
mod responses;
mod secrets;
mod shelf;
mod snapshots_used;
mod telemetry;
mod tokens;

//! Black-box proofs: the pipeline's output, the client it makes, the commands.

mod causes;
mod commands;
mod corrections;
mod determinism;
mod examples;
mod faults;
mod findings;
mod fixture;
mod kills;
mod limits;
mod lowering;
mod mutations;
mod obstacles;
mod output;
mod repository;
mod request;
mod responses;
mod secrets;
mod shelf;
mod slice;
mod slice_check;
mod snapshots_used;
mod telemetry;
mod tokens;

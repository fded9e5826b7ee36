//! Crash tests: a run is killed, or the disk fails, at a chosen write, and the next run repairs it.
//!
//! The gate stops at one write of each kind. The ignored tests stop at every single write; they are
//! the proof `every-crash` of `.ci/proof`.

mod disk;
mod resume;
mod scene;

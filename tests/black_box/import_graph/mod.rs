//! Checks that no file depends on itself through others, and that `mod.rs` files only declare.

mod cycles;
mod modules;
mod reader;
mod repository;
mod tests;

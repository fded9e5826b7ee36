//! `corpus`: what becomes of every operation of every document in a folder, as a table.

mod chart;
mod command;
mod compile;
mod record;
mod table;

pub(crate) use command::run;

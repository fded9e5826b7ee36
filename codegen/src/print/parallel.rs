//! Prints on two threads: parsing and formatting take a third of a run.
//!
//! Tokens and syntax trees cannot be sent to another thread, but text can. The emitting thread sends
//! the tokens of each part as text; once it has emitted everything, it prints too. Batches are
//! numbered, so the result does not depend on which thread prints them.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use quote::ToTokens;
use syn::parse::Parser;

use super::items::{print_items, set_condition};
use super::module::Part;
use crate::progenitor_adapter::beside;

/// The size of a batch, in bytes of tokens.
const BATCH_BYTES: usize = 32 << 10;

/// The number of batches that may wait. If there are more, the emitting thread prints one itself,
/// because tokens take more memory than printed text.
const MAX_WAITING: usize = 32;

/// A printed part, or why it is not Rust, with the number of its file.
type PrintedPart = (usize, Result<String, syn::Error>);

/// A part whose tokens are text.
struct UnformattedPart {
    file: usize,
    condition: Option<String>,
    /// The items that are already printed.
    printed: String,
    tokens: String,
}

/// Consecutive parts, with the number of the batch.
type Batch = (usize, Vec<UnformattedPart>);

/// A printed batch.
type PrintedBatch = (usize, Vec<PrintedPart>);

/// Collects parts into batches and sends them to the printing thread.
pub(super) struct ParallelPrinter {
    batches: SyncSender<Batch>,
    /// The batches that this thread printed.
    printed: Vec<PrintedBatch>,
    /// The number of the open batch.
    number: usize,
    open: Vec<UnformattedPart>,
    /// The size of the open batch, in bytes of tokens.
    size: usize,
}

/// Prints the parts that `emit` pushes, in that order.
pub(super) fn print_parts(
    emit: impl FnOnce(&mut ParallelPrinter) -> Result<(), String>,
) -> Result<Vec<PrintedPart>, String> {
    let (batches, waiting) = sync_channel(MAX_WAITING);
    let waiting = Mutex::new(waiting);
    let mut printed = thread::scope(|scope| {
        let other = beside(scope, || print_batches(&waiting))?;
        let mut printer = ParallelPrinter {
            batches,
            printed: Vec::new(),
            number: 0,
            open: Vec::new(),
            size: 0,
        };
        emit(&mut printer)?;
        printer.flush()?;
        let ParallelPrinter {
            batches,
            mut printed,
            ..
        } = printer;
        drop(batches);
        printed.extend(print_batches(&waiting));
        // A panic is resumed in this thread, which turns it into a diagnostic.
        printed.extend(
            other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        );
        Ok::<_, String>(printed)
    })?;
    printed.sort_by_key(|(number, _)| *number);
    Ok(printed.into_iter().flat_map(|(_, batch)| batch).collect())
}

impl ParallelPrinter {
    /// Adds a part of the file with this number.
    pub(super) fn push(&mut self, file: usize, part: Part) -> Result<(), String> {
        let Part {
            condition,
            mut declared,
            items,
        } = part;
        if let Some(condition) = &condition {
            set_condition(&mut declared, condition);
        }
        let part = UnformattedPart {
            file,
            condition: condition.map(|condition| condition.to_token_stream().to_string()),
            printed: print_items(declared),
            tokens: items.to_string(),
        };
        self.size += part.tokens.len();
        self.open.push(part);
        if self.size < BATCH_BYTES {
            Ok(())
        } else {
            self.flush()
        }
    }

    /// Sends the open batch, or prints it if too many wait.
    fn flush(&mut self) -> Result<(), String> {
        let batch = (self.number, std::mem::take(&mut self.open));
        self.number += 1;
        self.size = 0;
        match self.batches.try_send(batch) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(batch)) => {
                self.printed.push(print_batch(batch));
                Ok(())
            }
            Err(TrySendError::Disconnected(_)) => Err("the printing thread has stopped".to_owned()),
        }
    }
}

/// Prints batches until there are no more.
fn print_batches(waiting: &Mutex<Receiver<Batch>>) -> Vec<PrintedBatch> {
    let mut printed = Vec::new();
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(batch) = next else {
            return printed;
        };
        printed.push(print_batch(batch));
    }
}

fn print_batch((number, parts): Batch) -> PrintedBatch {
    let printed = parts.into_iter().map(|part| (part.file, part.print()));
    (number, printed.collect())
}

impl UnformattedPart {
    fn print(self) -> Result<String, syn::Error> {
        let mut file: syn::File = syn::parse_str(&self.tokens)?;
        if let Some(condition) = &self.condition {
            for condition in syn::Attribute::parse_outer.parse_str(condition)? {
                set_condition(&mut file.items, &condition);
            }
        }
        let mut text = self.printed + &print_items(file.items);
        // All printed parts are kept until the end.
        text.shrink_to_fit();
        Ok(text)
    }
}

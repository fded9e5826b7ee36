//! Printing on two threads: parsing and formatting are a third of a run.
//!
//! Neither tokens nor syntax trees can leave their thread, text can. So the thread that emits
//! hands the tokens of each part over as text, and when it has no more to emit it prints as well.
//! Parts are numbered: which thread prints one has no influence on the result.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use quote::ToTokens;
use syn::parse::Parser;

use super::{Printed, items, set_condition};
use crate::emit::Part;
use crate::progenitor_adapter::beside;

/// How much is handed over at once, in bytes of tokens.
const SHEET: usize = 32 << 10;

/// How many sheets may wait. Where more do, the thread that emits prints one before it goes on:
/// what waits is larger than what is printed.
const WAITING: usize = 32;

/// A printed part, or why it is not Rust, with the number of its file.
type Outcome = (usize, Result<Printed, syn::Error>);

/// A part whose tokens are text.
struct Raw {
    file: usize,
    condition: Option<String>,
    /// What is printed already.
    begin: String,
    tokens: String,
}

/// Parts that follow each other, with their number.
type Sheet = (usize, Vec<Raw>);

/// Where parts are handed over.
pub(super) struct Press {
    sheets: SyncSender<Sheet>,
    /// What was printed in this thread.
    printed: Vec<(usize, Vec<Outcome>)>,
    number: usize,
    open: Vec<Raw>,
    size: usize,
}

/// Prints what `fill` hands over, in that order.
pub(super) fn press(
    fill: impl FnOnce(&mut Press) -> Result<(), String>,
) -> Result<Vec<Outcome>, String> {
    let (sheets, waiting) = sync_channel(WAITING);
    let waiting = Mutex::new(waiting);
    let mut printed = thread::scope(|scope| {
        let other = beside(scope, || work(&waiting))?;
        let mut press = Press {
            sheets,
            printed: Vec::new(),
            number: 0,
            open: Vec::new(),
            size: 0,
        };
        fill(&mut press)?;
        press.hand_over()?;
        let Press {
            sheets,
            mut printed,
            ..
        } = press;
        drop(sheets);
        printed.extend(work(&waiting));
        // A panic goes on in this thread, which turns it into a diagnostic.
        printed.extend(
            other
                .join()
                .unwrap_or_else(|it| std::panic::resume_unwind(it)),
        );
        Ok::<_, String>(printed)
    })?;
    printed.sort_by_key(|(number, _)| *number);
    Ok(printed.into_iter().flat_map(|(_, sheet)| sheet).collect())
}

impl Press {
    /// Takes a part of the file with this number.
    pub(super) fn take(&mut self, file: usize, part: Part) -> Result<(), String> {
        let Part {
            condition,
            mut declared,
            items: tokens,
        } = part;
        if let Some(condition) = &condition {
            set_condition(&mut declared, condition);
        }
        let raw = Raw {
            file,
            condition: condition.map(|it| it.to_token_stream().to_string()),
            begin: items(declared),
            tokens: tokens.to_string(),
        };
        self.size += raw.tokens.len();
        self.open.push(raw);
        if self.size < SHEET {
            Ok(())
        } else {
            self.hand_over()
        }
    }

    fn hand_over(&mut self) -> Result<(), String> {
        let sheet = (self.number, std::mem::take(&mut self.open));
        self.number += 1;
        self.size = 0;
        match self.sheets.try_send(sheet) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(sheet)) => {
                self.printed.push(printed(sheet));
                Ok(())
            }
            Err(TrySendError::Disconnected(_)) => Err("no thread prints".to_owned()),
        }
    }
}

/// Prints sheets until there are no more.
fn work(waiting: &Mutex<Receiver<Sheet>>) -> Vec<(usize, Vec<Outcome>)> {
    let mut done = Vec::new();
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(sheet) = next else {
            return done;
        };
        done.push(printed(sheet));
    }
}

fn printed((number, parts): Sheet) -> (usize, Vec<Outcome>) {
    let printed = parts.into_iter().map(|raw| (raw.file, raw.printed()));
    (number, printed.collect())
}

impl Raw {
    fn printed(self) -> Result<Printed, syn::Error> {
        let mut file: syn::File = syn::parse_str(&self.tokens)?;
        if let Some(condition) = &self.condition {
            for condition in syn::Attribute::parse_outer.parse_str(condition)? {
                set_condition(&mut file.items, &condition);
            }
        }
        let mut text = self.begin + &items(file.items);
        // All that is printed is kept until the end.
        text.shrink_to_fit();
        Ok(Printed {
            conditional: self.condition.is_some(),
            text,
        })
    }
}

//! Messages collected per row while a file is read, and which products they keep out.

use super::report::{ImportRow, Outcome};
use std::collections::{HashMap, HashSet};

/// The report in the making.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub rows: Vec<ImportRow>,
    /// Rows with an error of their own.
    wrong: HashSet<usize>,
}

impl Notes {
    pub(super) fn add_row(&mut self, line: u64, handle: &str) {
        self.rows.push(ImportRow { line, handle: handle.to_owned(), outcome: Outcome::Noted, messages: Vec::new() });
    }

    /// Something to know; the product comes in all the same.
    pub(super) fn note(&mut self, row: usize, message: String) {
        let messages = &mut self.rows[row].messages;
        if !messages.contains(&message) {
            messages.push(message);
        }
    }

    /// Something wrong; the product of this row stays out.
    pub(super) fn refuse(&mut self, row: usize, message: String) {
        self.note(row, message);
        self.wrong.insert(row);
    }

    pub(super) fn line(&self, row: usize) -> u64 {
        self.rows[row].line
    }

    /// Keeps the value, or notes why the row is refused.
    pub(super) fn expect<T>(&mut self, row: usize, value: Result<T, String>) -> Option<T> {
        value.map_err(|message| self.refuse(row, message)).ok()
    }

    /// Settles a product whose rows hold an error: all of them are refused. False when there is none.
    pub(super) fn settle_refused(&mut self, rows: &[usize]) -> bool {
        let wrong: Vec<usize> = rows.iter().copied().filter(|row| self.wrong.contains(row)).collect();
        let Some(first) = wrong.first().map(|row| self.line(*row)) else { return false };
        for row in rows {
            self.rows[*row].outcome = Outcome::Refused;
            if !wrong.contains(row) {
                self.note(*row, format!("not brought in, because line {first} of the same product is wrong"));
            }
        }
        true
    }

    /// Settles the rows of a product that was brought in. Rows that gave it nothing stay noted.
    pub(super) fn settle(&mut self, rows: &[usize], outcome: Outcome) {
        for row in rows {
            self.rows[*row].outcome = outcome;
        }
    }
}

/// Things of a file that may stand in it once only, with the row that has them.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<String, usize>);

impl Seen {
    /// The earlier row with the same thing; otherwise remembers this one.
    pub(super) fn earlier(&mut self, thing: &str, row: usize) -> Option<usize> {
        if let Some(earlier) = self.0.get(thing) {
            return Some(*earlier);
        }
        self.0.insert(thing.to_owned(), row);
        None
    }
}

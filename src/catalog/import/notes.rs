//! Messages collected per row while a product is read, and whether they keep it out.

use super::{
    column::Column,
    draft::cut,
    format::Layout,
    remark::Remark,
    report::{ImportRow, Message, Outcome},
    rows::Row,
};
use std::collections::{HashMap, HashSet};

/// What is shown of a cell.
const SHOWN: usize = 80;

/// The report of one product's rows in the making; rows are counted from its first.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub rows: Vec<ImportRow>,
    /// Rows with an error of their own.
    wrong: HashSet<usize>,
}

impl Notes {
    pub(super) fn of(rows: &[Row], handle: &str) -> Self {
        let row = |row: &Row| ImportRow {
            line: row.line,
            handle: handle.to_owned(),
            outcome: Outcome::Noted,
            messages: Vec::new(),
        };
        Self { rows: rows.iter().map(row).collect(), wrong: HashSet::new() }
    }

    /// Something to know; the product comes in all the same.
    pub(super) fn note(&mut self, row: usize, column: Option<Column>, remark: Remark) {
        let message = Message::of(column, remark);
        let messages = &mut self.rows[row].messages;
        if !messages.iter().any(|known| known.text == message.text) {
            messages.push(message);
        }
    }

    /// Something about a picture, which may stand in any of several columns.
    pub(super) fn note_picture(&mut self, row: usize, src: &str, column: &str, remark: Remark) {
        self.note(row, None, remark);
        if let Some(message) = self.rows[row].messages.last_mut().filter(|message| message.column.is_empty()) {
            column.clone_into(&mut message.column);
            message.says = cut(src, SHOWN);
        }
    }

    /// Something wrong; the product of this row stays out.
    pub(super) fn refuse(&mut self, row: usize, column: Option<Column>, remark: Remark) {
        self.note(row, column, remark);
        self.wrong.insert(row);
    }

    pub(super) fn line(&self, row: usize) -> u64 {
        self.rows[row].line
    }

    /// Keeps the value, or notes why the row is refused.
    pub(super) fn expect<T>(&mut self, row: usize, column: Column, value: Result<T, Remark>) -> Option<T> {
        value.map_err(|remark| self.refuse(row, Some(column), remark)).ok()
    }

    pub(super) fn is_refused(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// Settles a product whose rows hold an error: all of them are refused. False when there is none.
    pub(super) fn settle_refused(&mut self) -> bool {
        let Some(first) = self.wrong.iter().min().map(|row| self.line(*row)) else { return false };
        for row in 0..self.rows.len() {
            self.rows[row].outcome = Outcome::Refused;
            if !self.wrong.contains(&row) {
                self.note(row, None, Remark::OtherLineWrong { line: first });
            }
        }
        true
    }

    /// Settles the rows of a product that was brought in. Rows that gave it nothing stay noted.
    pub(super) fn settle(&mut self, rows: impl Iterator<Item = usize>, outcome: Outcome) {
        for row in rows {
            self.rows[row].outcome = outcome;
        }
    }

    /// Says of each message what the file calls its column and what stands in the cell.
    pub(super) fn tell(&mut self, layout: &Layout, says: impl Fn(usize, Column) -> String) {
        for (row, report) in self.rows.iter_mut().enumerate() {
            for message in &mut report.messages {
                if let Some(column) = message.at.filter(|_| message.column.is_empty() && message.says.is_empty()) {
                    layout.name(column).clone_into(&mut message.column);
                    message.says = cut(&says(row, column), SHOWN);
                }
            }
        }
    }
}

/// Things of a product that may stand in it once only, with the row that has them.
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

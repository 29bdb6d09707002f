//! What became of each row of a file, in words for the person who brought it.

use super::{column::Column, format::Format, remark::Remark};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// What a row led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
    /// The product of this row was not brought in, because of this row or of another one of it.
    Refused,
    /// The row was read and led to nothing; its messages say why.
    Noted,
}

impl Outcome {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Noted => "noted",
        }
    }
}

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportRow {
    /// Where the row begins in the file, counted from 1.
    pub line: u64,
    pub handle: String,
    pub outcome: Outcome,
    pub messages: Vec<Message>,
}

/// Something about a row, or about one of its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    #[serde(skip)]
    pub(super) at: Option<Column>,
    /// What the file calls the column; empty when it is about the whole row.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub column: String,
    /// What stands in the cell, cut.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says: String,
    /// The remark in English.
    pub text: String,
    /// Says it in any language; none in what was stored before there were remarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Remark>,
}

impl Message {
    pub(super) fn of(at: Option<Column>, remark: Remark) -> Self {
        Self { at, text: remark.to_string(), remark: Some(remark), ..Self::default() }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Everything that happened, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    /// The row of `import_runs`; none after a dry run.
    pub run: Option<Uuid>,
    pub dry_run: bool,
    pub rows: Vec<ImportRow>,
    /// Counted in products.
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub refused: usize,
}

impl ImportReport {
    /// Rows in the order of the file; what was said of a row later stands with what was said before.
    pub(super) fn put_in_order(&mut self) {
        self.rows.sort_by_key(|row| row.line);
        self.rows.dedup_by(|later, first| {
            let is_same = later.line == first.line;
            if is_same {
                first.messages.append(&mut later.messages);
            }
            is_same
        });
    }
    /// Every product of the file, whatever became of it.
    pub fn products(&self) -> usize {
        self.created + self.updated + self.unchanged + self.refused
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            write!(f, "line {:>5}  {:<9}  {}", row.line, row.outcome.as_str(), row.handle)?;
            for (i, message) in row.messages.iter().enumerate() {
                write!(f, "{}{message}", if i == 0 { ": " } else { "; " })?;
            }
            writeln!(f)?;
        }
        let tense = if self.dry_run { "Dry run, nothing was written. It would be: " } else { "" };
        write!(
            f,
            "{tense}{} rows, {} products: {} created, {} updated, {} unchanged, {} refused",
            self.rows.len(),
            self.products(),
            self.created,
            self.updated,
            self.unchanged,
            self.refused
        )
    }
}

/// Why a whole file was not taken; nothing of it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ImportRefusal {
    #[error("the file is larger than 64 MiB; split it")]
    TooLarge,
    #[error("the file has more than 100,000 rows; split it")]
    TooManyRows,
    #[error("the file has more than 300 columns")]
    TooManyColumns,
    #[error("the file is empty")]
    Empty,
    #[error("the file has a header and no rows")]
    NoRows,
    #[error("the file cannot be read")]
    Unreadable,
    #[error(
        "the file is not text that can be read; line {line} has a byte that is none. Save it as “CSV UTF-8” and try again"
    )]
    NotText { line: u64 },
    #[error("the file is a workbook, as Excel keeps it. Save it as “CSV UTF-8” and try again")]
    Workbook,
    #[error("the file's columns are those of no format that is known here")]
    UnknownColumns,
    #[error("nothing says which column is the name and which is the price")]
    MappingIncomplete,
    #[error("the file lacks the {}, which a {} product file has", columns_in_words(.columns), .format.name())]
    MissingColumns { format: Format, columns: Vec<String> },
    #[error("the file has the column {0} twice")]
    ColumnTwice(String),
    #[error("the store trades in {0}; files are brought in as Kenyan shillings only")]
    OtherCurrency(String),
    #[error("there is no such store")]
    NoSuchStore,
    #[error("another file is being brought into this store; try again when it is done")]
    Busy,
    #[error("somebody stopped the import. What is in is whole; run it again to go on")]
    Cancelled,
    #[error("the import stopped: {0}. What is in is whole; run it again to go on")]
    Stopped(crate::error::AppError),
}

fn columns_in_words(names: &[String]) -> String {
    match names {
        [one] => format!("column {one}"),
        [most @ .., last] => format!("columns {} and {last}", most.join(", ")),
        [] => "columns".to_owned(),
    }
}

impl<E: Into<crate::error::AppError>> From<E> for ImportRefusal {
    fn from(error: E) -> Self {
        Self::Stopped(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_stored_before_remarks_still_reads() {
        let old = json!({ "column": "Price", "says": "dear", "text": "the cost “dear” is no plain number" });
        let message: Message = serde_json::from_value(old.clone()).expect("a message");
        assert_eq!((message.column.as_str(), message.says.as_str()), ("Price", "dear"));
        assert_eq!(message.to_string(), "the cost “dear” is no plain number");
        assert_eq!(message.remark, None);
        assert_eq!(json!(message), old);
        let whole_row: Message = serde_json::from_value(json!({ "text": "the row is empty" })).expect("a message");
        assert_eq!(whole_row, Message { text: "the row is empty".to_owned(), ..Message::default() });
    }

    #[test]
    fn a_message_keeps_its_remark_beside_the_english_sentence() {
        let message = Message::of(None, Remark::RowApart { line: 4 });
        let stored = json!(message);
        let text = "belongs to the product above; its row before this one is on line 4";
        assert_eq!(stored, json!({ "text": text, "remark": { "kind": "row_apart", "line": 4 } }));
        assert_eq!(serde_json::from_value::<Message>(stored).expect("a message"), message);
    }
}

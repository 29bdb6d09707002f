//! A merchant brings a list of customers in: tried first, then done, all of it or nothing, and twice is once.
//!
//! Who is new is made; who is known is only filled where nothing stands. What somebody agreed to is never written here:
//! a list is not the person.

mod columns;
mod person;
mod write;

pub use columns::Part;

use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, field_errors::FieldProblem, phone::Phone, table::Table},
};
use columns::Columns;
use person::Person;
use serde_json::json;
use std::collections::HashMap;

/// Rows of a list.
pub const MOST_ROWS: usize = 5_000;
/// Bytes of a file: 2 MiB.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// People of one statement.
const AT_ONCE: usize = 500;
/// What is shown of a cell that is no phone.
const SHOWN: usize = 40;

/// Why a whole list was not taken; nothing of it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BringRefusal {
    NoPhoneColumn,
    ColumnTwice(String),
    TooManyRows,
}

/// Why a row was not taken; the others were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowProblem {
    NotAPhone,
    /// The same person stands on an earlier line.
    TwiceHere {
        line: u64,
    },
    /// More cells than the list has columns.
    TooWide,
    /// Their data wait to be erased.
    Leaving,
    Cell {
        part: Part,
        problem: FieldProblem,
    },
}

/// What a row led to; `kept` is where they already had something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    Filled { filled: Vec<Part>, kept: Vec<Part> },
    Same { kept: Vec<Part> },
    Refused(RowProblem),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtRow {
    /// Where it begins in the file, counted from 1.
    pub line: u64,
    /// The phone as people read it, or what stands in its place.
    pub phone: String,
    pub outcome: Outcome,
}

/// Everything that happened, in the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtReport {
    pub is_trial: bool,
    pub rows: Vec<BroughtRow>,
}

/// Counted in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BroughtSums {
    pub new: usize,
    pub filled: usize,
    pub same: usize,
    pub refused: usize,
}

impl BroughtReport {
    pub fn sums(&self) -> BroughtSums {
        let mut sums = BroughtSums::default();
        for row in &self.rows {
            match row.outcome {
                Outcome::New => sums.new += 1,
                Outcome::Filled { .. } => sums.filled += 1,
                Outcome::Same { .. } => sums.same += 1,
                Outcome::Refused(_) => sums.refused += 1,
            }
        }
        sums
    }
}

/// A row that is a person, or why it is none.
struct Read {
    line: u64,
    phone: String,
    person: Result<Person, RowProblem>,
}

/// Brings a list in; a trial does everything but writing.
pub async fn bring_in(
    ctx: &Ctx,
    table: &Table,
    is_trial: bool,
) -> Result<Result<BroughtReport, BringRefusal>, AppError> {
    ctx.require(Permission::EditCustomers)?;
    let read = match read_rows(table) {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let phones: Vec<String> =
        read.iter().filter_map(|row| row.person.as_ref().ok()).map(|person| person.phone.as_str().to_owned()).collect();
    let mut tx = ctx.tx().await?;
    if !is_trial {
        write::wait_for_others(&mut tx).await?;
    }
    let mut known = HashMap::with_capacity(phones.len());
    for some in phones.chunks(AT_ONCE) {
        known.extend(write::find_known(&mut tx, some).await?);
    }
    let (mut rows, mut made, mut filled) = (Vec::with_capacity(read.len()), Vec::new(), Vec::new());
    for Read { line, phone, person } in read {
        let met = person.and_then(|mut person| {
            let outcome = person.meet(known.get(person.phone.as_str()))?;
            Ok((outcome, person))
        });
        let outcome = match met {
            Err(problem) => Outcome::Refused(problem),
            Ok((outcome, person)) => {
                match outcome {
                    Outcome::New => made.push(person),
                    Outcome::Filled { .. } => filled.push(person),
                    Outcome::Same { .. } | Outcome::Refused(_) => {}
                }
                outcome
            }
        };
        rows.push(BroughtRow { line, phone, outcome });
    }
    let is_any = !made.is_empty() || !filled.is_empty();
    if is_any && !is_trial {
        for some in made.chunks(AT_ONCE) {
            write::make(&mut tx, some).await?;
        }
        for some in filled.chunks(AT_ONCE) {
            write::fill(&mut tx, some, ctx.now()).await?;
        }
        let facts = json!({ "made": made.len(), "filled": filled.len() });
        tx.audit(ctx.actor, "customers_imported", "tenants", ctx.tenant.uuid(), facts).await?;
        tx.commit().await?;
    }
    Ok(Ok(BroughtReport { is_trial, rows }))
}

/// Every row as what it says, before anybody is asked whether they are known.
fn read_rows(table: &Table) -> Result<Vec<Read>, BringRefusal> {
    let columns = Columns::find(&table.columns)?;
    if table.rows.len() > MOST_ROWS {
        return Err(BringRefusal::TooManyRows);
    }
    let mut first_lines: HashMap<String, u64> = HashMap::new();
    let read = table.rows.iter().map(|row| {
        let typed = columns.cell(&row.cells, Part::Phone);
        let Some(phone) = Phone::parse(typed) else {
            let shown = typed.chars().filter(|letter| !letter.is_control()).take(SHOWN).collect();
            return Read { line: row.line, phone: shown, person: Err(RowProblem::NotAPhone) };
        };
        let shown = phone.display();
        let first = *first_lines.entry(phone.as_str().to_owned()).or_insert(row.line);
        let person = if first != row.line {
            Err(RowProblem::TwiceHere { line: first })
        } else if row.cells.iter().skip(columns.width).any(|cell| !cell.is_empty()) {
            Err(RowProblem::TooWide)
        } else {
            Person::read(&columns, row, phone)
        };
        Read { line: row.line, phone: shown, person }
    });
    Ok(read.collect())
}

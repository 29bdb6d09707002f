//! One row of a list as a person, and what bringing them in would change of somebody who is known.

use super::{
    Outcome, RowProblem,
    columns::{Columns, Part},
};
use crate::{
    customers::{spelling::whole_name, tags},
    kernel::{
        email::Email,
        field_errors::{FieldProblem, optional_line},
        phone::Phone,
        table::TableRow,
    },
};

const LONGEST_NAME: usize = 100;
const LONGEST_EMAIL: usize = 254;
const LONGEST_AREA: usize = 100;

/// A person as a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub phone: Phone,
    pub first: String,
    pub last: String,
    pub email: String,
    pub area: String,
    pub tags: Vec<String>,
}

/// A customer of that phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub name: String,
    pub email: String,
    pub area: String,
    pub tags: Vec<String>,
    /// Their data wait to be erased.
    pub is_leaving: bool,
}

impl Person {
    pub(super) fn read(columns: &Columns, row: &TableRow, phone: Phone) -> Result<Self, RowProblem> {
        let cell = |part: Part| columns.cell(&row.cells, part);
        let line = |part: Part, typed: &str, most: usize| {
            optional_line(typed, most)
                .map(Option::unwrap_or_default)
                .map_err(|problem| RowProblem::Cell { part, problem })
        };
        let split = whole_name(Some(cell(Part::FirstName)), Some(cell(Part::LastName)));
        let name = line(
            Part::Name,
            if cell(Part::Name).is_empty() { split.as_str() } else { cell(Part::Name) },
            LONGEST_NAME,
        )?;
        let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
        let email = line(Part::Email, cell(Part::Email), LONGEST_EMAIL)?;
        let email = if email.is_empty() {
            email
        } else {
            let problem = RowProblem::Cell { part: Part::Email, problem: FieldProblem::NotAnEmail };
            Email::parse(&email).ok_or(problem)?.as_str().to_owned()
        };
        // A list that was taken out names the usual area first.
        let usual = cell(Part::Area).split(';').next().unwrap_or_default();
        let area = line(Part::Area, usual, LONGEST_AREA)?;
        let tags = tags::parse(cell(Part::Tags)).map_err(|problem| RowProblem::Cell { part: Part::Tags, problem })?;
        Ok(Self { phone, first: first.to_owned(), last: last.trim().to_owned(), email, area, tags })
    }

    /// What becomes of them. Only what is empty is filled; tags are added and none is taken away.
    pub(super) fn meet(&mut self, known: Option<&Known>) -> Result<Outcome, RowProblem> {
        let Some(known) = known else { return Ok(Outcome::New) };
        if known.is_leaving {
            return Err(RowProblem::Leaving);
        }
        self.tags.retain(|tag| !known.tags.contains(tag));
        if known.tags.len() + self.tags.len() > tags::MOST {
            return Err(RowProblem::Cell { part: Part::Tags, problem: FieldProblem::TooMany });
        }
        let (mut filled, mut kept) = (Vec::new(), Vec::new());
        let name = whole_name(Some(&self.first), Some(&self.last));
        for (part, theirs, brought) in [
            (Part::Name, &known.name, &name),
            (Part::Email, &known.email, &self.email),
            (Part::Area, &known.area, &self.area),
        ] {
            if brought.is_empty() || brought == theirs {
                continue;
            }
            if theirs.is_empty() {
                filled.push(part);
            } else {
                kept.push(part);
            }
        }
        if !self.tags.is_empty() {
            filled.push(Part::Tags);
        }
        Ok(if filled.is_empty() { Outcome::Same { kept } } else { Outcome::Filled { filled, kept } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Result<Person, RowProblem> {
        let names = ["Phone", "Name", "Email", "Areas", "Tags"].map(str::to_owned);
        let columns = Columns::find(&names).expect("columns");
        let row = TableRow { line: 2, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() };
        Person::read(&columns, &row, Phone::parse("0711223344").expect("a phone"))
    }

    #[test]
    fn only_what_is_empty_is_filled_and_tags_are_added() {
        let mut amina =
            read(&["", "Amina Wanjiru Njeri", "Amina@duka.test", "Westlands; Kilimani", "VIP, new"]).expect("a person");
        assert_eq!(
            (amina.first.as_str(), amina.last.as_str(), amina.area.as_str()),
            ("Amina", "Wanjiru Njeri", "Westlands")
        );
        let known = Known {
            email: "own@duka.test".into(),
            area: "Westlands".into(),
            tags: vec!["vip".into()],
            ..Known::default()
        };
        let met = amina.meet(Some(&known));
        assert_eq!(met, Ok(Outcome::Filled { filled: vec![Part::Name, Part::Tags], kept: vec![Part::Email] }));
        assert_eq!(amina.tags, ["new"]);
        assert_eq!(amina.clone().meet(None), Ok(Outcome::New));
        let leaving = Known { is_leaving: true, ..Known::default() };
        assert_eq!(amina.meet(Some(&leaving)), Err(RowProblem::Leaving));
    }

    #[test]
    fn a_cell_that_cannot_be_meant_refuses_its_row() {
        let problem = |part, problem| Err(RowProblem::Cell { part, problem });
        assert_eq!(read(&["", "Amina", "nobody"]), problem(Part::Email, FieldProblem::NotAnEmail));
        assert_eq!(read(&["", &"x".repeat(101)]), problem(Part::Name, FieldProblem::TooLong));
        assert_eq!(read(&["", "A\u{7}"]), problem(Part::Name, FieldProblem::Unreadable));
    }
}

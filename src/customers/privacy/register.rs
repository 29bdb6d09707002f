//! The register of personal fields: which there are, whose they are, how they are found, what becomes of them.

use std::collections::BTreeSet;

const TEXT: &str = include_str!("../../../migrations/personal-data.tsv");
const HEAD: &str = "table\tcolumn\twhose\tfound\texport\terase\twhy\thow_long";

/// Whose data a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Customer,
    /// Somebody who looked around; found once they have bought.
    Visitor,
    Member,
    Merchant,
}

/// How a person's rows of a table are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Customer,
    Order,
    Payment,
    Cart,
    Thread,
    /// The price of a delivery: of an order, or of a cart.
    Quote,
    /// All steps of the visits in which the person bought.
    Visit,
    /// What a provider said of their payments, or that names their phone.
    Callback,
    /// What they did as shoppers.
    Act,
    /// By the account, the address, or the tenant; no shopper's.
    User,
    Email,
    Tenant,
}

/// What erasing does with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erase {
    /// Nothing stands there afterwards.
    Empty,
    /// A dash stands there afterwards, since the program wants a word.
    Word,
    /// The person's phone, names and addresses are blotted out of it; the rest is evidence.
    Blot,
    /// The whole row goes.
    Delete,
    /// It stays; the register says why.
    Keep,
}

/// One personal field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub table: &'static str,
    pub column: &'static str,
    pub whose: Whose,
    pub found: Found,
    /// What it is called in what a person is given; none when it is not.
    pub export: Option<&'static str>,
    pub erase: Erase,
}

impl Field {
    /// Does it belong to the people who buy?
    pub fn is_shoppers(&self) -> bool {
        matches!(self.whose, Whose::Customer | Whose::Visitor)
    }
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the register of personal fields: {what}")]
pub struct Unreadable {
    pub line: usize,
    pub what: String,
}

/// Every registered field, in the register's order.
pub fn fields() -> Result<Vec<Field>, Unreadable> {
    read(TEXT)
}

/// Tables that hold shoppers' fields, in the register's order.
pub(super) fn tables(fields: &[Field]) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    fields.iter().filter(|field| field.is_shoppers() && seen.insert(field.table)).map(|field| field.table).collect()
}

fn read(text: &'static str) -> Result<Vec<Field>, Unreadable> {
    let mut lines = text.lines().enumerate();
    if lines.next().map(|(_, head)| head) != Some(HEAD) {
        return Err(Unreadable { line: 1, what: "its head is another".to_owned() });
    }
    lines.map(|(at, line)| field(line).map_err(|what| Unreadable { line: at + 1, what })).collect()
}

fn field(line: &'static str) -> Result<Field, String> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [table, column, whose, found, export, erase, why, how_long] = cells[..] else {
        return Err(format!("{} cells where there are eight", cells.len()));
    };
    let is_name = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    // Names become part of statements.
    if !is_name(table) || !is_name(column) || !(export == "-" || is_name(export)) || how_long.is_empty() {
        return Err("a name is missing or is none".to_owned());
    }
    let erase = match erase {
        "empty" => Erase::Empty,
        "word" => Erase::Word,
        "blot" => Erase::Blot,
        "delete" => Erase::Delete,
        "keep" if why != "-" && !why.is_empty() => Erase::Keep,
        "keep" => return Err("it is kept without a reason".to_owned()),
        other => return Err(format!("`{other}` is nothing that erasing does")),
    };
    let whose = match whose {
        "customer" => Whose::Customer,
        "visitor" => Whose::Visitor,
        "member" => Whose::Member,
        "merchant" => Whose::Merchant,
        other => return Err(format!("`{other}` is nobody")),
    };
    let found = match found {
        "customer" => Found::Customer,
        "order" => Found::Order,
        "payment" => Found::Payment,
        "cart" => Found::Cart,
        "thread" => Found::Thread,
        "quote" => Found::Quote,
        "visit" => Found::Visit,
        "callback" => Found::Callback,
        "act" => Found::Act,
        "user" => Found::User,
        "email" => Found::Email,
        "tenant" => Found::Tenant,
        other => return Err(format!("`{other}` finds nothing")),
    };
    let field = Field { table, column, whose, found, export: (export != "-").then_some(export), erase };
    let is_shoppers_way = !matches!(found, Found::User | Found::Email | Found::Tenant);
    if field.is_shoppers() != is_shoppers_way {
        return Err("whose it is and how it is found do not agree".to_owned());
    }
    Ok(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_can_be_read_and_says_one_thing_of_a_table() {
        let fields = fields().expect("the register is well formed");
        for table in tables(&fields) {
            let of: Vec<&Field> = fields.iter().filter(|field| field.table == table).collect();
            assert!(of.iter().all(|field| field.found == of[0].found), "{table}: found in two ways");
            let gone = of.iter().filter(|field| field.erase == Erase::Delete).count();
            assert!(gone == 0 || gone == of.len(), "{table}: rows that go keep nothing");
        }
    }

    #[test]
    fn a_line_that_says_too_little_is_refused() {
        for (line, what) in [
            ("orders\tnotes\tcustomer\torder\tnotes\tkeep\t-\ta year", "without a reason"),
            ("orders\tnotes\tcustomer\ttenant\tnotes\tempty\t-\ta year", "do not agree"),
            ("orders; drop\tnotes\tcustomer\torder\tnotes\tempty\t-\ta year", "a name is missing"),
            ("orders\tnotes\tcustomer\torder\tnotes\tburn\t-\ta year", "nothing that erasing does"),
            ("orders\tnotes", "2 cells"),
        ] {
            assert!(field(line).is_err_and(|said| said.contains(what)), "{line}");
        }
    }
}

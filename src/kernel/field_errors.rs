//! What is wrong with which field of a form; the words are chosen where the page is drawn.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A closed list of what can be wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    Missing,
    TooLong,
    NotAPhone,
    NotAnEmail,
    /// Not a whole number from 1 to 999.
    NotAQuantity,
    /// Not an amount of money above zero in whole shillings.
    NotAPrice,
    /// Not a whole number of pieces, more or fewer.
    NotAWholeNumber,
    /// The merchant does not deliver there.
    UnknownArea,
    /// The merchant does not take this way of paying.
    UnknownMethod,
    /// The shop does not take cash for this order.
    NoCash,
    /// More than M-Pesa moves at once, or no whole shillings.
    NotByMpesa,
    /// Cannot be below what is already promised to shoppers, or below zero.
    TooLow,
    TooHigh,
    TooShort,
    /// Holds characters that cannot be seen.
    Unreadable,
    /// The form has no such field.
    UnknownField,
    /// Not one of the choices.
    UnknownChoice,
    /// Among several addresses or SKUs one is no product of the merchant.
    NoSuchProduct,
    /// Not small letters, digits and single dashes.
    NotAnAddress,
    /// An address that the platform keeps for itself, or that nobody should have to read.
    ReservedAddress,
    /// Somebody has it already.
    Taken,
    /// Among the first that anybody would guess.
    TooCommon,
    WrongPassword,
    /// Not the code that the app shows now, or one that was used.
    WrongCode,
    NotAColour,
    /// White on it cannot be read.
    TooPale,
    NotADomain,
    /// Not the digits that a till, paybill or store number has.
    NotANumber,
    /// A KRA PIN has a letter, nine digits and a letter.
    NotATaxNumber,
    /// Whoever is registered for VAT has a KRA PIN.
    NoTaxNumber,
    /// Not a key of the card provider of the kind that is asked for.
    NotAKey,
    /// One key is for real money and the other for trying.
    TwoWorlds,
    /// Neither JPEG, PNG nor WebP.
    NotAPicture,
    /// A file of more than 8 MiB or 40 megapixels.
    TooHeavy,
    /// The last owner of a shop has to stay one.
    LastOwner,
    /// Not a number from a hundredth to a hundred.
    NotAPercentage,
    /// Not a day and an hour.
    NotAMoment,
    /// Ends before it begins.
    EndsTooEarly,
    /// A code has letters and digits, three at least.
    NotACode,
    /// Must be ticked to go on.
    NotTicked,
    /// Not a whole number of whatever the field counts.
    NotWhole,
    /// A former price has to be above the price now.
    BelowPrice,
    /// Another line of the same form has it.
    TwiceHere,
    /// Another product of the merchant has this SKU.
    SkuTaken,
    /// A category cannot stand in itself or in one of its own.
    InsideItself,
    /// Categories stand at most five deep.
    TooDeep,
    /// More choices or values than a product may have.
    TooMany,
}

/// Problems by field name, in the order of the alphabet; empty means all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(BTreeMap<String, FieldProblem>);

impl FieldErrors {
    pub fn none() -> Self {
        Self::default()
    }
    /// One field, one problem.
    pub fn one(field: &str, problem: FieldProblem) -> Self {
        let mut errors = Self::default();
        errors.add(field, problem);
        errors
    }
    /// The first problem of a field stays.
    pub fn add(&mut self, field: &str, problem: FieldProblem) {
        self.0.entry(field.to_owned()).or_insert(problem);
    }
    /// Keeps the value, or notes the problem.
    pub fn expect<T>(&mut self, field: &str, value: Result<T, FieldProblem>) -> Option<T> {
        value.map_err(|problem| self.add(field, problem)).ok()
    }
    pub fn of(&self, field: &str) -> Option<FieldProblem> {
        self.0.get(field).copied()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn iter(&self) -> impl Iterator<Item = (&str, FieldProblem)> {
        self.0.iter().map(|(field, problem)| (field.as_str(), *problem))
    }
}

/// A required line of text of at most `max` characters, trimmed.
pub fn required_text(typed: &str, max: usize) -> Result<String, FieldProblem> {
    let text = typed.trim();
    match text.chars().count() {
        0 => Err(FieldProblem::Missing),
        n if n > max => Err(FieldProblem::TooLong),
        _ if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) => Err(FieldProblem::Unreadable),
        _ => Ok(text.to_owned()),
    }
}

/// The same, but it may be left empty.
pub fn optional_text(typed: &str, max: usize) -> Result<Option<String>, FieldProblem> {
    if typed.trim().is_empty() { Ok(None) } else { required_text(typed, max).map(Some) }
}

/// A required single line: no line breaks, nothing that cannot be seen.
pub fn required_line(typed: &str, max: usize) -> Result<String, FieldProblem> {
    let text = required_text(typed, max)?;
    if text.chars().any(char::is_control) { Err(FieldProblem::Unreadable) } else { Ok(text) }
}

/// The same, but it may be left empty.
pub fn optional_line(typed: &str, max: usize) -> Result<Option<String>, FieldProblem> {
    if typed.trim().is_empty() { Ok(None) } else { required_line(typed, max).map(Some) }
}

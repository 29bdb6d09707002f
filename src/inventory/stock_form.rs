//! A change of stock as a merchant types it; the browser checks with the same lines as the server.

use crate::error::AppError;
use crate::kernel::{
    field_errors::{FieldErrors, FieldProblem, optional_text},
    whole_number::ungrouped,
};
use serde::{Deserialize, Serialize};

/// More than anybody counts in one go.
const MOST: i32 = 100_000;

/// Why staff change the stock by hand; sales and refunds move it by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjustReason {
    /// New goods came in.
    Restock,
    /// Counted again: broken, lost, found.
    Adjustment,
}

impl AdjustReason {
    pub const ALL: [Self; 2] = [Self::Restock, Self::Adjustment];

    /// The word of `inventory_movements.reason`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Restock => "restock",
            Self::Adjustment => "adjustment",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// How a correction is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many more, or fewer.
    Change(i32),
    /// So many are there.
    Counted(i32),
}

impl Amount {
    /// More than any shelf holds of one thing.
    pub const MOST: i32 = 1_000_000;

    /// The field of a form that it comes from.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Change(_) => "change",
            Self::Counted(_) => "counted",
        }
    }
}

/// Reads a number of pieces that were counted: `1250` or `1,250`, none or more.
pub fn parse_count(typed: &str) -> Result<i32, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let (is_below, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let digits = ungrouped(digits).ok_or(FieldProblem::NotWhole)?;
    if is_below {
        return Err(FieldProblem::TooLow);
    }
    match digits.parse::<i32>() {
        Ok(count) if count <= Amount::MOST => Ok(count),
        _ => Err(FieldProblem::TooHigh),
    }
}

/// Reads `10`, `+10`, `1,000`, `-2` or `−2`: whole pieces, not none.
pub fn parse_change(typed: &str) -> Result<i32, FieldProblem> {
    let text = typed.trim().replace('\u{2212}', "-");
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let digits = ungrouped(digits).filter(|digits| digits.len() <= 9).ok_or(FieldProblem::NotAWholeNumber)?;
    match digits.parse::<i32>() {
        Ok(0) | Err(_) => Err(FieldProblem::NotAWholeNumber),
        Ok(pieces) if pieces > MOST => Err(FieldProblem::TooHigh),
        Ok(pieces) => Ok(sign * pieces),
    }
}

/// The change and the note of a form, or what is wrong with either.
pub fn parse_adjustment(change: &str, note: &str) -> Result<(i32, Option<String>), AppError> {
    let mut errors = FieldErrors::none();
    let change = errors.expect("change", parse_change(change));
    let note = errors.expect("note", optional_text(note, 200));
    match (change, note) {
        (Some(change), Some(note)) => Ok((change, note)),
        _ => Err(AppError::Invalid(errors)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_none_or_more() {
        assert_eq!(parse_count(" 0 "), Ok(0));
        assert_eq!(parse_count("1000000"), Ok(1_000_000));
        assert_eq!(parse_count("1,000"), Ok(1_000));
        assert_eq!(parse_count(""), Err(FieldProblem::Missing));
        assert_eq!(parse_count("-3"), Err(FieldProblem::TooLow));
        for typed in ["1000001", "99999999999999999999"] {
            assert_eq!(parse_count(typed), Err(FieldProblem::TooHigh), "{typed}");
        }
        for typed in ["many", "1.5", "1,00", "1e3", "٣", "-", "0x10"] {
            assert_eq!(parse_count(typed), Err(FieldProblem::NotWhole), "{typed}");
        }
    }

    #[test]
    fn a_change_is_a_whole_number_of_pieces_in_or_out() {
        assert_eq!(parse_change("10"), Ok(10));
        assert_eq!(parse_change(" +10 "), Ok(10));
        assert_eq!(parse_change("-2"), Ok(-2));
        assert_eq!(parse_change("-1,200"), Ok(-1_200));
        assert_eq!(parse_change("−2"), Ok(-2));
        assert_eq!(parse_change(""), Err(FieldProblem::Missing));
        assert_eq!(parse_change("100001"), Err(FieldProblem::TooHigh));
        for typed in ["0", "1.5", "ten", "--2", "+", "1e9", "99999999999"] {
            assert_eq!(parse_change(typed), Err(FieldProblem::NotAWholeNumber), "{typed}");
        }
    }
}

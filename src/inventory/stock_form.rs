//! A change of stock as a merchant types it; the browser checks with the same lines as the server.

use crate::error::AppError;
use crate::kernel::field_errors::{FieldErrors, FieldProblem, optional_text};
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

/// Reads `10`, `+10`, `-2` or `−2`: whole pieces, not none.
pub fn parse_change(typed: &str) -> Result<i32, FieldProblem> {
    let text = typed.trim().replace('\u{2212}', "-");
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldProblem::NotAWholeNumber);
    }
    match text.parse::<i32>() {
        Ok(0) | Err(_) => Err(FieldProblem::NotAWholeNumber),
        Ok(change) if change.abs() > MOST => Err(FieldProblem::TooHigh),
        Ok(change) => Ok(change),
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
    fn a_change_is_a_whole_number_of_pieces_in_or_out() {
        assert_eq!(parse_change("10"), Ok(10));
        assert_eq!(parse_change(" +10 "), Ok(10));
        assert_eq!(parse_change("-2"), Ok(-2));
        assert_eq!(parse_change("−2"), Ok(-2));
        assert_eq!(parse_change(""), Err(FieldProblem::Missing));
        assert_eq!(parse_change("100001"), Err(FieldProblem::TooHigh));
        for typed in ["0", "1.5", "ten", "--2", "+", "1e9", "99999999999"] {
            assert_eq!(parse_change(typed), Err(FieldProblem::NotAWholeNumber), "{typed}");
        }
    }
}

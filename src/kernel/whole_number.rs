//! Whole numbers as people type them into forms: pieces, grams, days, shillings without cents.

use super::field_errors::FieldProblem;
use std::str::FromStr;

/// More digits than any field has use for: a slip of the finger.
const MOST_DIGITS: usize = 12;

/// Reads `1250`, `1,250` or `1 250`, up to `most`; none when nothing was typed.
///
/// A sign, a point, a word or a comma that parts no thousands is [`FieldProblem::NotWhole`], more than `most` is [`FieldProblem::TooHigh`].
pub fn parse_whole<N: FromStr + PartialOrd>(typed: &str, most: N) -> Result<Option<N>, FieldProblem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let digits = ungrouped(typed).filter(|digits| digits.len() <= MOST_DIGITS).ok_or(FieldProblem::NotWhole)?;
    digits.parse::<N>().ok().filter(|number| *number <= most).map(Some).ok_or(FieldProblem::TooHigh)
}

/// The same where nought says nothing: it is [`FieldProblem::TooLow`].
pub fn parse_positive<N: FromStr + PartialOrd + Default>(typed: &str, most: N) -> Result<Option<N>, FieldProblem> {
    match parse_whole(typed, most)? {
        Some(number) if number == N::default() => Err(FieldProblem::TooLow),
        number => Ok(number),
    }
}

/// The digits of `1250`, `1,250` or `1 250`; none where a mark parts something else than thousands, or a sign is no digit.
pub fn ungrouped(typed: &str) -> Option<String> {
    let mut groups = typed.trim().split([',', ' ', '\u{a0}']).filter(|group| !group.is_empty());
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if first.len() > 3 || group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|digit| digit.is_ascii_digit()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_number_is_one_number() {
        for typed in ["1250", "1,250", " 1 250 ", "1\u{a0}250", "001250"] {
            assert_eq!(parse_whole(typed, 2_000_i32), Ok(Some(1_250)), "{typed}");
        }
        for typed in ["", "  "] {
            assert_eq!(parse_whole::<i64>(typed, 10), Ok(None), "{typed}");
        }
        assert_eq!(parse_whole("0", 10_u32), Ok(Some(0)));
    }

    #[test]
    fn what_is_no_whole_number_says_why() {
        for typed in ["-5", "+5", "1.5", "1,5", "1250,00", ",", "1e3", "two", "٣", "1234567890123"] {
            assert_eq!(parse_whole(typed, i64::MAX), Err(FieldProblem::NotWhole), "{typed}");
        }
        assert_eq!(parse_whole("11", 10_i64), Err(FieldProblem::TooHigh));
        // More than the type holds is too much as well.
        assert_eq!(parse_whole("999999999999", i32::MAX), Err(FieldProblem::TooHigh));
    }

    #[test]
    fn where_nought_says_nothing_it_is_too_low() {
        assert_eq!(parse_positive("0", 10_i64), Err(FieldProblem::TooLow));
        assert_eq!(parse_positive("10", 10_u32), Ok(Some(10)));
        assert_eq!(parse_positive::<i32>("", 10), Ok(None));
    }
}

//! What an order is called: its number, with what its shop puts in front of it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters that a prefix has at most.
pub const LONGEST_PREFIX: usize = 6;

/// Letters, digits and dashes, upper case; no digit at the end, so that where the number begins is never in doubt.
/// Empty for a bare number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderPrefix {
    letters: [u8; LONGEST_PREFIX],
    length: usize,
}

impl OrderPrefix {
    /// Reads it in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let upper = text.trim().to_ascii_uppercase();
        let ends_well = upper.bytes().last().is_none_or(|last| !last.is_ascii_digit());
        let is_known = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'-';
        let mut letters = [0; LONGEST_PREFIX];
        letters.get_mut(..upper.len())?.copy_from_slice(upper.as_bytes());
        (ends_well && upper.bytes().all(is_known)).then_some(Self { letters, length: upper.len() })
    }

    pub fn as_str(&self) -> &str {
        self.letters.get(..self.length).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or_default()
    }
}

/// Shown as people read it: `MN-1042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct OrderNumber {
    prefix: OrderPrefix,
    number: i64,
}

impl OrderNumber {
    /// `prefix` as it stands on the order; what is none is left out.
    pub fn of(prefix: &str, number: i64) -> Self {
        Self { prefix: OrderPrefix::parse(prefix).unwrap_or_default(), number }
    }

    /// Of an order that may not be there.
    pub fn maybe(prefix: Option<&str>, number: Option<i64>) -> Option<Self> {
        number.map(|number| Self::of(prefix.unwrap_or_default(), number))
    }

    /// Without what stands in front: what it is counted and found by.
    pub const fn number(self) -> i64 {
        self.number
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.prefix.as_str(), self.number)
    }
}

/// A bare one.
impl From<i64> for OrderNumber {
    fn from(number: i64) -> Self {
        Self { prefix: OrderPrefix::default(), number }
    }
}

impl PartialEq<i64> for OrderNumber {
    fn eq(&self, other: &i64) -> bool {
        self.number == *other
    }
}

impl From<OrderNumber> for String {
    fn from(number: OrderNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for OrderNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let at = text.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        let read = text.split_at_checked(at).and_then(|(prefix, digits)| {
            Some(Self { prefix: OrderPrefix::parse(prefix)?, number: digits.parse().ok()? })
        });
        read.ok_or("this is no order's number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_short_plain_and_told_from_the_number() {
        for (typed, read) in [
            ("", Some("")),
            ("mn-", Some("MN-")),
            (" NJERI ", Some("NJERI")),
            ("2026-", Some("2026-")),
            ("A1", None),
            ("7", None),
            ("MN/", None),
            ("SABA-SABA", None),
            ("ñ", None),
        ] {
            let found = OrderPrefix::parse(typed);
            assert_eq!(found.as_ref().map(OrderPrefix::as_str), read, "{typed}");
        }
    }

    #[test]
    fn a_number_is_read_as_it_is_shown() {
        for (prefix, shown) in [("", "1042"), ("MN-", "MN-1042"), ("2026-", "2026-1042")] {
            let number = OrderNumber::of(prefix, 1_042);
            assert_eq!(number.to_string(), shown);
            assert_eq!(OrderNumber::try_from(shown.to_owned()), Ok(number));
        }
        assert!(OrderNumber::try_from("MN-".to_owned()).is_err());
    }
}

//! An order's number as a payer types it: the digits and one letter that gives mistakes away.

use crate::kernel::order_number::OrderPrefix;
use std::fmt;

/// No letter that is read as a digit or heard as another one: no O, Q, D, I, L, S, B, Z, G, A, nor N beside M, U or V.
/// Thirteen, because a prime catches every wrong and every swapped digit.
const LETTERS: &[u8; 13] = b"CEFHJKMPRTWXY";

/// What an order is called where money is paid in: `1042W`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reference(i64);

impl Reference {
    pub const fn of(order_number: i64) -> Self {
        Self(order_number)
    }

    /// Reads a number with its letter or without, as a person looks an order up by it; a wrong letter is no reference.
    pub fn parse(text: &str) -> Option<Self> {
        let bare: String = text.trim().trim_start_matches('#').to_uppercase();
        let digits = bare.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let reference = Self(digits.parse().ok().filter(|number| *number > 0)?);
        (digits == bare || reference.to_string() == bare).then_some(reference)
    }

    /// The same with a shop's prefix in front of it or without: the prefix's letters and digits, and the reference.
    pub fn parse_prefixed(text: &str) -> Option<(String, Self)> {
        let bare = text.trim().trim_start_matches('#').to_uppercase();
        let before_letter = bare.trim_end_matches(|letter: char| letter.is_ascii_uppercase());
        let at = before_letter.trim_end_matches(|digit: char| digit.is_ascii_digit()).len();
        let (prefix, reference) = bare.split_at_checked(at)?;
        let letters = OrderPrefix::parse(prefix)?.as_str().replace('-', "");
        Some((letters, Self::parse(reference)?))
    }

    pub const fn number(self) -> i64 {
        self.0
    }

    /// Digit times a power of two by its place, from the right, modulo thirteen.
    pub fn letter(self) -> char {
        let (mut left, mut weight, mut sum) = (self.0.unsigned_abs(), 2, 0);
        while left > 0 {
            sum += (left % 10) * weight;
            weight = weight * 2 % 13;
            left /= 10;
        }
        let at = usize::try_from(sum % 13).unwrap_or(0);
        char::from(LETTERS.get(at).copied().unwrap_or(b'C'))
    }

    /// Whether a letter is one that references end in.
    pub(super) const fn is_letter(letter: u8) -> bool {
        let mut at = 0;
        while at < LETTERS.len() {
            if LETTERS[at] == letter {
                return true;
            }
            at += 1;
        }
        false
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, self.letter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swap(number: i64, at: usize) -> Option<i64> {
        let mut digits = number.to_string().into_bytes();
        digits.swap(at, at + 1);
        String::from_utf8(digits).ok()?.parse().ok()
    }

    #[test]
    fn a_wrong_digit_and_two_swapped_ones_always_change_the_letter() {
        for number in 1_001..9_999 {
            let reference = Reference::of(number);
            for place in [1, 10, 100, 1_000] {
                let digit = number / place % 10;
                for other in (0..10).filter(|other| *other != digit) {
                    let wrong = Reference::of(number + (other - digit) * place);
                    assert_ne!(wrong.letter(), reference.letter(), "{number} {}", wrong.number());
                }
            }
            for at in 0..3 {
                if let Some(swapped) = swap(number, at).filter(|swapped| *swapped != number) {
                    assert_ne!(Reference::of(swapped).letter(), reference.letter(), "{number} {swapped}");
                }
            }
        }
    }

    #[test]
    fn an_order_is_looked_up_by_its_number_with_its_letter_or_without() {
        for (typed, expected) in [
            ("1042", Some(1_042)),
            (" #1042w ", Some(1_042)),
            ("1042W", Some(1_042)),
            ("1042K", None),
            ("W", None),
            ("-7", None),
            ("1042WW", None),
            ("", None),
        ] {
            assert_eq!(Reference::parse(typed).map(Reference::number), expected, "{typed}");
        }
    }

    #[test]
    fn a_shops_prefix_may_stand_in_front() {
        for (typed, expected) in [
            ("1042", Some(("", 1_042))),
            ("MN-1042", Some(("MN", 1_042))),
            ("mn 1042w", Some(("MN", 1_042))),
            ("2026-1042W", Some(("2026", 1_042))),
            ("MN-1042K", None),
            ("MN-", None),
            ("0711 223 344", None),
        ] {
            let found = Reference::parse_prefixed(typed);
            let found = found.as_ref().map(|(prefix, reference)| (prefix.as_str(), reference.number()));
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn a_reference_is_short_and_stays_what_it_is() {
        let all: Vec<String> = [1, 42, 1_001, 1_042, 123_456_789].map(|n| Reference::of(n).to_string()).into();
        assert_eq!(all, ["1F", "42P", "1001K", "1042W", "123456789X"]);
    }
}

//! The spelling of a code: capital letters and digits, however somebody types it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A code in its one spelling: `karibu-10` and `KARIBU 10` are the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

/// Letters and digits that nobody takes for another.
#[cfg(feature = "ssr")]
const CLEAR: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// 32 signs on twelve places: nobody guesses one of a thousand.
#[cfg(feature = "ssr")]
const RANDOM_LENGTH: usize = 12;

impl Code {
    pub const SHORTEST: usize = 3;
    pub const LONGEST: usize = 24;
    /// What a field takes: dashes and blanks are dropped.
    pub const LONGEST_TYPED: u16 = 40;

    /// None when it cannot be one.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.chars().count() > usize::from(Self::LONGEST_TYPED) {
            return None;
        }
        let bare: String = typed
            .chars()
            .filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–' | '_'))
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        let is_one = (Self::SHORTEST..=Self::LONGEST).contains(&bare.len())
            && bare.bytes().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit());
        is_one.then_some(Self(bare))
    }

    /// One that nobody can guess.
    #[cfg(feature = "ssr")]
    pub fn random() -> Self {
        Self((0..RANDOM_LENGTH).map(|_| char::from(CLEAR[rand::random_range(0..CLEAR.len())])).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_it_is_typed_it_is_the_same_code() {
        for typed in ["KARIBU10", "karibu10", " Karibu-10 ", "kari bu 10"] {
            assert_eq!(Code::parse(typed).as_ref().map(Code::as_str), Some("KARIBU10"), "{typed}");
        }
        for typed in ["", "ab", "karibu!", "a'; drop table", "ÄPFEL10", "a\0bc", &"A".repeat(25), &" ".repeat(60)] {
            assert_eq!(Code::parse(typed), None, "{typed}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn random_codes_are_codes_and_differ() {
        let codes: std::collections::BTreeSet<Code> = (0..1_000).map(|_| Code::random()).collect();
        assert_eq!(codes.len(), 1_000);
        assert!(codes.iter().all(|code| Code::parse(code.as_str()).as_ref() == Some(code)));
    }
}

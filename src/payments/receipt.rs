//! The number of an M-Pesa receipt as people type it, and the day that its first characters stand for.

use crate::kernel::{field_errors::FieldProblem, kenya};
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Ten letters and digits, as in the message that M-Pesa sends to who paid.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Receipt(String);

const LENGTH: usize = 10;
/// Older than this, and a payment for an open order is unlikely.
const RECENT: TimeDelta = TimeDelta::days(4);

impl Receipt {
    /// Spaces are dropped wherever they stand, and small letters are as good as large ones.
    ///
    /// # Errors
    /// When nothing is left, or something else than ten letters and digits.
    pub fn parse(typed: &str) -> Result<Self, FieldProblem> {
        let text: String = typed.chars().filter(|c| !c.is_whitespace()).take(LENGTH + 1).collect();
        if text.is_empty() {
            return Err(FieldProblem::Missing);
        }
        if text.len() != LENGTH || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(FieldProblem::Unreadable);
        }
        Ok(Self(text.to_ascii_uppercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day in Nairobi on which it was given out, as far as its first three characters tell. What they mean was
    /// learnt from samples and is documented nowhere: enough for a hint, never for a refusal.
    pub fn day(&self) -> Option<NaiveDate> {
        let mut characters = self.0.bytes();
        let (year, month, day) = (characters.next()?, characters.next()?, characters.next()?);
        let year = 2017 + i32::from(year.checked_sub(b'L')?);
        let month = 1 + u32::from(month.checked_sub(b'A')?);
        let day = match day {
            b'1'..=b'9' => u32::from(day - b'0'),
            b'A'..=b'V' => 10 + u32::from(day - b'A'),
            _ => return None,
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }

    /// False when it does not look like one of the last days.
    pub fn looks_recent(&self, now: DateTime<Utc>) -> bool {
        let today = kenya::date(now);
        self.day().is_some_and(|day| {
            let age = i64::from(today.num_days_from_ce()) - i64::from(day.num_days_from_ce());
            (-1..=RECENT.num_days()).contains(&age)
        })
    }
}

/// How far a typed receipt is, as its shopper is told. Who else has one is never said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// The provider is being asked.
    Asking,
    /// It is this order's money.
    Landed,
    /// There is no such payment, or it is not for this order: one answer for both.
    Miss,
    /// Its money went to somebody else's number.
    OtherAccount,
    /// It was taken back, or never went through.
    Cancelled,
    /// A person of the shop has to look: the provider cannot be asked, or never answered.
    ForThePerson,
}

impl ReceiptState {
    pub const ALL: [Self; 6] =
        [Self::Asking, Self::Landed, Self::Miss, Self::OtherAccount, Self::Cancelled, Self::ForThePerson];

    /// From `provider_questions.outcome`; none while it is open.
    pub fn of_outcome(outcome: Option<&str>) -> Self {
        match outcome {
            None => Self::Asking,
            Some("landed") => Self::Landed,
            Some("not_found" | "used") => Self::Miss,
            Some("other_account") => Self::OtherAccount,
            Some("cancelled") => Self::Cancelled,
            Some(_) => Self::ForThePerson,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    #[test]
    fn a_receipt_is_forgiven_its_spaces_and_small_letters_and_nothing_else() {
        for typed in ["UD25M0RR7C", "  ud25 m0rr 7c ", "uD25M0RR7C\n"] {
            assert_eq!(Receipt::parse(typed).unwrap().as_str(), "UD25M0RR7C", "{typed:?}");
        }
        assert_eq!(Receipt::parse(" \t "), Err(FieldProblem::Missing));
        for typed in ["UD25M0RR7", "UD25M0RR7CC", "UD25-M0RR7C", "UD25M0RR7Ü", "UD25M0RR7'", "Ü25M0RR7C"] {
            assert_eq!(Receipt::parse(typed), Err(FieldProblem::Unreadable), "{typed:?}");
        }
    }

    #[test]
    fn the_first_characters_are_a_day() {
        let day = |text: &str| Receipt::parse(text).unwrap().day();
        assert_eq!(day("UD25M0RR7C"), NaiveDate::from_ymd_opt(2026, 4, 2));
        assert_eq!(day("UKS5M0RR7C"), NaiveDate::from_ymd_opt(2026, 11, 28));
        assert_eq!(day("LAV5M0RR7C"), NaiveDate::from_ymd_opt(2017, 1, 31));
        for none in ["1D25M0RR7C", "UZ25M0RR7C", "UD05M0RR7C", "UBV5M0RR7C", "UDZ5M0RR7C"] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn an_old_a_future_and_an_unreadable_day_do_not_look_recent() {
        // One in the morning of 2 April in Nairobi.
        let now = Utc.with_ymd_and_hms(2026, 4, 1, 22, 0, 0).unwrap();
        let recent = |text: &str| Receipt::parse(text).unwrap().looks_recent(now);
        assert!(recent("UD25M0RR7C") && recent("UCT5M0RR7C") && recent("UD35M0RR7C"));
        assert!(!recent("UCS5M0RR7C") && !recent("UD45M0RR7C") && !recent("TD25M0RR7C") && !recent("AAAAAAAAAA"));
    }

    #[test]
    fn used_by_others_and_unknown_are_the_same_answer() {
        assert_eq!(ReceiptState::of_outcome(Some("used")), ReceiptState::of_outcome(Some("not_found")));
        assert_eq!(ReceiptState::of_outcome(None), ReceiptState::Asking);
        assert_eq!(ReceiptState::of_outcome(Some("no_operator")), ReceiptState::ForThePerson);
    }
}

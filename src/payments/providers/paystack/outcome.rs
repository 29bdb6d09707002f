//! How a payment by card ends, in words of our own; decided on the provider's status, never on its prose.

use serde::{Deserialize, Serialize};

/// The closed set of ends, and the two ways of not having ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardOutcome {
    Paid,
    /// The bank or the provider said no. The page may still be tried again, so late money is possible.
    Declined,
    /// Nobody finished it while the provider kept the page.
    Abandoned,
    /// The provider could not be reached when its page was asked for: there was nowhere to pay.
    NotReached,
    /// The merchant's keys are not taken.
    BadSettings,
    /// The provider does not take such a payment, an amount below its least for one.
    NotTaken,
    /// Given back or charged back after it was paid.
    Reversed,
}

impl CardOutcome {
    pub const ALL: [Self; 7] = [
        Self::Paid,
        Self::Declined,
        Self::Abandoned,
        Self::NotReached,
        Self::BadSettings,
        Self::NotTaken,
        Self::Reversed,
    ];

    /// The key stored in `payments.failure_reason`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "card_paid",
            Self::Declined => "card_declined",
            Self::Abandoned => "card_abandoned",
            Self::NotReached => "card_not_reached",
            Self::BadSettings => "card_bad_settings",
            Self::NotTaken => "card_not_taken",
            Self::Reversed => "card_reversed",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == key)
    }

    /// True when nobody was ever given a page to pay on, or the bank refused: no money left the card.
    pub const fn is_money_safe(self) -> bool {
        matches!(self, Self::Declined | Self::NotReached | Self::BadSettings | Self::NotTaken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_back() {
        for outcome in CardOutcome::ALL {
            assert_eq!(CardOutcome::parse(outcome.as_str()), Some(outcome));
        }
        assert_eq!(CardOutcome::parse("cancelled"), None);
    }
}

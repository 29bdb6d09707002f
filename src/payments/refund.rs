//! A refund's words: what it is for, how it travels, where it stands.

use serde::{Deserialize, Serialize};

/// The words of `refunds.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    Pending,
    /// The money has left, or is a customer's credit.
    Processed,
    /// Nothing was sent; it can be tried again or given up.
    Failed,
}

impl RefundStatus {
    pub const ALL: [Self; 3] = [Self::Pending, Self::Processed, Self::Failed];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processed => "processed",
            Self::Failed => "failed",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// The words of `refunds.way`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundWay {
    /// M-Pesa takes the whole payment back to the payer.
    Reversal,
    /// Back to the card.
    Card,
    /// A person sends it and notes the receipt.
    Manual,
    /// Out of the till, into a hand.
    Cash,
    /// It stays, as the customer's credit.
    Credit,
}

impl RefundWay {
    pub const ALL: [Self; 5] = [Self::Reversal, Self::Card, Self::Manual, Self::Cash, Self::Credit];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reversal => "reversal",
            Self::Card => "card",
            Self::Manual => "manual",
            Self::Cash => "cash",
            Self::Credit => "credit",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }
    /// Sent by the program, not by a person.
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::Reversal | Self::Card)
    }
}

/// The words of `refunds.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundKind {
    Goods,
    Goodwill,
    /// More came than was asked for.
    Excess,
}

impl RefundKind {
    pub const ALL: [Self; 3] = [Self::Goods, Self::Goodwill, Self::Excess];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Goodwill => "goodwill",
            Self::Excess => "excess",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Why a refund failed; the words of `refunds.failure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundFailure {
    /// Less lies in the merchant's account than is to be sent back.
    LowBalance,
    /// Outside the provider's limits.
    Limits,
    /// The API operator's name, password or rights, or the account itself.
    Settings,
    /// The operator's password is locked: nothing more is asked with it.
    Locked,
    /// The provider does not know the payment.
    UnknownPayment,
    /// The provider declined and gave no reason that we know.
    Declined,
    /// No answer came, and none could be asked for.
    NoAnswer,
    /// The card's bank did not take it.
    CardFailed,
    /// The card provider wants the buyer's bank details, which only its own pages take.
    CardNeedsAttention,
    /// The card provider gave back another sum.
    CardOtherSum,
    /// It was given up here, and the provider sent it after all: a person has to look.
    SentAfterAll,
    /// The money came to an account that is not in use any more, and its keys or its operator are gone.
    AccountGone,
}

impl RefundFailure {
    pub const ALL: [Self; 12] = [
        Self::LowBalance,
        Self::Limits,
        Self::Settings,
        Self::Locked,
        Self::UnknownPayment,
        Self::Declined,
        Self::NoAnswer,
        Self::CardFailed,
        Self::CardNeedsAttention,
        Self::CardOtherSum,
        Self::SentAfterAll,
        Self::AccountGone,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LowBalance => "low_balance",
            Self::Limits => "limits",
            Self::Settings => "settings",
            Self::Locked => "locked",
            Self::UnknownPayment => "unknown_payment",
            Self::Declined => "declined",
            Self::NoAnswer => "no_answer",
            Self::CardFailed => "card_failed",
            Self::CardNeedsAttention => "card_needs_attention",
            Self::CardOtherSum => "card_other_sum",
            Self::SentAfterAll => "sent_after_all",
            Self::AccountGone => "account_gone",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        assert!(RefundStatus::ALL.iter().all(|one| RefundStatus::parse(one.as_str()) == Some(*one)));
        assert!(RefundWay::ALL.iter().all(|one| RefundWay::parse(one.as_str()) == Some(*one)));
        assert!(RefundKind::ALL.iter().all(|one| RefundKind::parse(one.as_str()) == Some(*one)));
        assert!(RefundFailure::ALL.iter().all(|one| RefundFailure::parse(one.as_str()) == Some(*one)));
    }
}

//! The closed set of things a page can react to, and the only errors that cross to a browser.

use crate::kernel::field_errors::FieldErrors;
use serde::{Deserialize, Serialize};

/// What went wrong, as far as a person needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Not there, or not yours: the same answer, so that nobody learns what another tenant has.
    #[error("not found")]
    NotFound,
    #[error("the form has mistakes")]
    Invalid(FieldErrors),
    /// A rule says no; the facts are in the refusal.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Somebody else changed it first.
    #[error("changed meanwhile")]
    ChangedMeanwhile,
    #[error("sign in first")]
    SignedOut,
    #[error("not permitted")]
    NotPermitted,
    #[error("too many tries; wait {retry_after_seconds} seconds")]
    TooMany { retry_after_seconds: u32 },
    /// A passing fault: nothing was done, the same request may work later.
    #[error("try again in {retry_after_seconds} seconds")]
    TryAgain { retry_after_seconds: u32 },
    /// Ours to mend; the reference is in the log.
    #[error("broken, reference {reference}")]
    Broken { reference: String },
}

/// Why a rule said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Fewer are left than were asked for.
    ShortStock { left: u32 },
    /// The order's process does not have that move.
    NoSuchMove { from: String, to: String },
    /// A prompt is already waiting on the phone.
    PromptStillOpen,
    /// The provider asks for a pause between prompts.
    PauseBetweenPrompts { seconds: u32 },
    /// The order is paid already, or closed.
    NothingToPay,
    /// A cart holds at most this many different things.
    CartFull { limit: u32 },
    /// The count was applied or put away.
    CountEnded,
    /// A shop needs an owner.
    LastOwner,
    /// Not everything that a shop needs is there yet.
    NotReady,
    /// The shop's M-Pesa account could not be tried: what the provider said decides the words.
    AccountTestOpen,
    /// Nobody has accepted the cash order yet.
    NotAccepted,
    /// The money has been put elsewhere meanwhile, or was never that much.
    MoneyIsNotThere,
    /// Somebody closed the gap meanwhile, with another note.
    GapClosed,
    /// The receipt has paid for something already.
    ReceiptUsed,
    /// The provider has the refund and has not said what became of it.
    RefundOnItsWay,
    /// The refund was sent, credited or given up.
    RefundEnded,
    /// What was too much is the payer's: it goes back, or becomes their credit.
    NotOursToKeep,
    /// No customer is known who could have a credit.
    NobodyToCredit,
    /// The provider cannot send this; a person can.
    OnlyByHand,
    /// A product has at most this many variants.
    TooManyVariants { limit: u32 },
    /// A merchant has at most this many categories.
    TooManyCategories { limit: u32 },
}

impl AppError {
    /// A fault with a fresh reference, logged once here with its chain.
    #[cfg(feature = "ssr")]
    pub fn broken(fault: impl std::fmt::Display) -> Self {
        let reference = crate::kernel::token::Token::random().hex()[..10].to_owned();
        tracing::error!(error.reference = %reference, error.message = %fault, "something broke");
        Self::Broken { reference }
    }
}

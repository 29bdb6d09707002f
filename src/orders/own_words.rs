//! Why the program itself moved an order or owes money back: an English sentence in the rows, told in the reader's language.

/// A closed list; what a person wrote is none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnWords {
    NobodyPaid,
    NobodyAccepted,
    RestNotPaid,
    DepositCame,
    /// The goods were still there.
    PaidLate,
    PaidTooLate,
    PaidTwice,
    PaidAfterRefund,
    PaidAfterCallingOff,
    PaidTooMuch,
    GivenUpInPart,
    AllSentBack,
    ForNoOrder,
}

impl OwnWords {
    pub const ALL: [Self; 13] = [
        Self::NobodyPaid,
        Self::NobodyAccepted,
        Self::RestNotPaid,
        Self::DepositCame,
        Self::PaidLate,
        Self::PaidTooLate,
        Self::PaidTwice,
        Self::PaidAfterRefund,
        Self::PaidAfterCallingOff,
        Self::PaidTooMuch,
        Self::GivenUpInPart,
        Self::AllSentBack,
        Self::ForNoOrder,
    ];

    /// The words of `order_status_history.note` and `refunds.reason`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NobodyPaid => "nobody paid in time",
            Self::NobodyAccepted => "nobody accepted it in time",
            Self::RestNotPaid => "the rest was not paid in time",
            Self::DepositCame => "the deposit has come",
            Self::PaidLate => "paid after it had been cancelled; the goods were still there",
            Self::PaidTooLate => "paid after the goods were gone",
            Self::PaidTwice => "paid twice",
            Self::PaidAfterRefund => "paid after it had been refunded",
            Self::PaidAfterCallingOff => "paid after it had been called off",
            Self::PaidTooMuch => "paid more than the order came to",
            Self::GivenUpInPart => "given up before it was paid in full",
            Self::AllSentBack => "all of it was sent back",
            Self::ForNoOrder => "came for no order",
        }
    }
    pub fn parse(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.as_str() == words)
    }
}

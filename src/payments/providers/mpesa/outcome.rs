//! What M-Pesa's result codes mean to a buyer; decided on the code, never on the prose.

use serde::{Deserialize, Serialize};

/// The closed set of ends that a prompt can come to, and the ways of not having ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StkOutcome {
    Paid,
    LowBalance,
    TooSmall,
    TooLarge,
    DailyLimit,
    /// The merchant's account cannot take more.
    MerchantFull,
    /// The same amount to the same customer within two minutes.
    TooSoon,
    /// The provider is busy; nothing is decided.
    Busy,
    /// Another M-Pesa session is open on the phone.
    PhoneBusy,
    Expired,
    PromptFailed,
    Cancelled,
    /// Off, unreachable or unanswered. Late money is possible.
    NoAnswer,
    WrongPin,
    /// The merchant's numbers do not fit each other.
    BadSettings,
    PinLocked,
    StillOpen,
    /// A code that nobody has documented: open until the provider says more.
    Unknown,
}

impl StkOutcome {
    pub const ALL: [Self; 18] = [
        Self::Paid,
        Self::LowBalance,
        Self::TooSmall,
        Self::TooLarge,
        Self::DailyLimit,
        Self::MerchantFull,
        Self::TooSoon,
        Self::Busy,
        Self::PhoneBusy,
        Self::Expired,
        Self::PromptFailed,
        Self::Cancelled,
        Self::NoAnswer,
        Self::WrongPin,
        Self::BadSettings,
        Self::PinLocked,
        Self::StillOpen,
        Self::Unknown,
    ];

    /// From `ResultCode` of a callback (a number there) or of the status query (text there).
    pub fn from_code(code: &str) -> Self {
        match code.trim() {
            "0" => Self::Paid,
            "1" => Self::LowBalance,
            "2" => Self::TooSmall,
            "3" => Self::TooLarge,
            "4" => Self::DailyLimit,
            "8" => Self::MerchantFull,
            "17" => Self::TooSoon,
            "26" => Self::Busy,
            "1001" => Self::PhoneBusy,
            "1019" => Self::Expired,
            "1025" | "9999" => Self::PromptFailed,
            "1032" => Self::Cancelled,
            "1037" => Self::NoAnswer,
            "2001" => Self::WrongPin,
            "2028" | "SFC_IC0003" => Self::BadSettings,
            "8006" => Self::PinLocked,
            "4999" | "2029" => Self::StillOpen,
            _ => Self::Unknown,
        }
    }

    /// True when this prompt will not bring money any more, as far as the provider knows.
    pub const fn is_final_failure(self) -> bool {
        !matches!(self, Self::Paid | Self::Busy | Self::StillOpen | Self::Unknown)
    }

    /// The key stored in `payments.failure_reason`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::LowBalance => "low_balance",
            Self::TooSmall => "too_small",
            Self::TooLarge => "too_large",
            Self::DailyLimit => "daily_limit",
            Self::MerchantFull => "merchant_full",
            Self::TooSoon => "too_soon",
            Self::Busy => "busy",
            Self::PhoneBusy => "phone_busy",
            Self::Expired => "expired",
            Self::PromptFailed => "prompt_failed",
            Self::Cancelled => "cancelled",
            Self::NoAnswer => "no_answer",
            Self::WrongPin => "wrong_pin",
            Self::BadSettings => "bad_settings",
            Self::PinLocked => "pin_locked",
            Self::StillOpen => "still_open",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_code_has_its_meaning() {
        let table = [
            ("0", "paid"),
            ("1", "low_balance"),
            ("2", "too_small"),
            ("3", "too_large"),
            ("4", "daily_limit"),
            ("8", "merchant_full"),
            ("17", "too_soon"),
            ("26", "busy"),
            ("1001", "phone_busy"),
            ("1019", "expired"),
            ("1025", "prompt_failed"),
            ("9999", "prompt_failed"),
            ("1032", "cancelled"),
            ("1037", "no_answer"),
            ("2001", "wrong_pin"),
            ("2028", "bad_settings"),
            ("SFC_IC0003", "bad_settings"),
            ("8006", "pin_locked"),
            ("4999", "still_open"),
            ("2029", "still_open"),
            ("31337", "unknown"),
            ("", "unknown"),
        ];
        for (code, key) in table {
            assert_eq!(StkOutcome::from_code(code).as_str(), key, "code {code}");
        }
    }

    #[test]
    fn a_code_that_nobody_knows_closes_nothing() {
        assert!(!StkOutcome::from_code("31337").is_final_failure());
    }

    #[test]
    fn every_key_is_read_back() {
        for outcome in StkOutcome::ALL {
            assert_eq!(StkOutcome::parse(outcome.as_str()), Some(outcome));
        }
    }
}

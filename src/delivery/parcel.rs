//! A parcel on its way: where it stands, why it was not handed over, and the code that proves that it was.

use serde::{Deserialize, Serialize};

/// Codes that may be wrong before only the team can go on.
pub const MOST_GUESSES: u32 = 5;
/// Digits of the code.
pub const CODE_LENGTH: usize = 4;

/// The words of `delivery_orders.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelStatus {
    Pending,
    Accepted,
    InTransit,
    Delivered,
    Failed,
}

impl ParcelStatus {
    pub const ALL: [Self; 5] = [Self::Pending, Self::Accepted, Self::InTransit, Self::Delivered, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::InTransit => "in_transit",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
    /// Whether somebody has it and has not said how it ended.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Accepted | Self::InTransit)
    }
}

/// Why it was not handed over; the words of `delivery_orders.failure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    NobodyThere,
    Unreachable,
    WrongPlace,
    Refused,
    NoMoney,
    Damaged,
    /// The team took it back without another word.
    BroughtBack,
}

impl Failure {
    pub const ALL: [Self; 7] = [
        Self::NobodyThere,
        Self::Unreachable,
        Self::WrongPlace,
        Self::Refused,
        Self::NoMoney,
        Self::Damaged,
        Self::BroughtBack,
    ];
    /// What a rider can choose from.
    pub const OFFERED: [Self; 6] =
        [Self::NobodyThere, Self::Unreachable, Self::WrongPlace, Self::Refused, Self::NoMoney, Self::Damaged];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NobodyThere => "nobody_there",
            Self::Unreachable => "unreachable",
            Self::WrongPlace => "wrong_place",
            Self::Refused => "refused",
            Self::NoMoney => "no_money",
            Self::Damaged => "damaged",
            Self::BroughtBack => "brought_back",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.as_str() == text)
    }
}

/// The code of a parcel: derived from its token, so that it stands nowhere.
#[cfg(feature = "ssr")]
pub fn code_of(token: &crate::kernel::token::Token) -> String {
    let number = token.hex().get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    format!("{:04}", number % 10_000)
}

/// The digits of a typed code, however they are parted; none when it is no code at all.
pub fn read_code(typed: &str) -> Option<String> {
    let bare: String = typed.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '.')).collect();
    (bare.len() == CODE_LENGTH && bare.bytes().all(|digit| digit.is_ascii_digit())).then_some(bare)
}

/// As much of a rider's name as a buyer is told.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for status in ParcelStatus::ALL {
            assert_eq!(ParcelStatus::parse(status.as_str()), Some(status));
        }
        for failure in Failure::ALL {
            assert_eq!(Failure::parse(failure.as_str()), Some(failure));
        }
        assert_eq!((ParcelStatus::parse("lost"), Failure::parse("rain")), (None, None));
    }

    #[test]
    fn a_code_is_four_digits_however_it_is_typed() {
        for typed in ["0482", " 0482 ", "04 82", "04-82"] {
            assert_eq!(read_code(typed).as_deref(), Some("0482"), "{typed}");
        }
        for typed in ["", "482", "04821", "o482", "٠٤٨٢"] {
            assert_eq!(read_code(typed), None, "{typed}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_code_of_a_token_is_always_the_same_four_digits() {
        let token = |byte| crate::kernel::token::Token::from_bytes([byte; 32]);
        assert_eq!(code_of(&token(0)), "0000");
        assert_eq!(code_of(&token(7)), format!("{:04}", 0x0707_0707 % 10_000));
        assert_eq!(code_of(&token(7)), code_of(&token(7)));
    }

    #[test]
    fn a_buyer_learns_a_first_name() {
        assert_eq!((first_name(" Otieno  Okoth"), first_name("")), ("Otieno", ""));
    }
}

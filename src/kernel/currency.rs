//! The currencies Duka trades in, and what their minor unit is worth.

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency. Duka starts in Kenya; a second currency is a new line here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub enum Currency {
    #[default]
    #[serde(rename = "KES")]
    Kes,
    #[serde(rename = "USD")]
    Usd,
}

impl Currency {
    /// The three letters stored beside an amount.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kes => "KES",
            Self::Usd => "USD",
        }
    }

    /// What people write before an amount.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Kes => "KSh",
            Self::Usd => "US$",
        }
    }

    /// Minor units in one whole unit (100 cents in a shilling).
    pub const fn minor_per_whole(self) -> i64 {
        match self {
            Self::Kes | Self::Usd => 100,
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Kes, Self::Usd].into_iter().find(|currency| currency.code() == code)
    }
}

//! The ways a shopper can pay, as forms spell them.

use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

/// The card provider takes nothing below.
pub const LEAST_BY_CARD: Money = Money::shillings(3);

/// What `payment_method` may say in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// A prompt on the shopper's phone.
    MpesaStk,
    MpesaPaybill,
    MpesaTill,
    /// Cash when it is delivered.
    Cod,
    Card,
}

impl PaymentMethod {
    pub const ALL: [Self; 5] = [Self::MpesaStk, Self::MpesaPaybill, Self::MpesaTill, Self::Cod, Self::Card];
    /// What a shop takes today; the rest comes with its own providers.
    pub const OFFERED: [Self; 3] = [Self::MpesaStk, Self::Cod, Self::Card];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MpesaStk => "mpesa_stk",
            Self::MpesaPaybill => "mpesa_paybill",
            Self::MpesaTill => "mpesa_till",
            Self::Cod => "cod",
            Self::Card => "card",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == text)
    }
    /// The word of `orders.payment_method`.
    pub const fn of_order(self) -> &'static str {
        match self {
            Self::MpesaStk | Self::MpesaPaybill | Self::MpesaTill => "mpesa",
            Self::Cod => "cod",
            Self::Card => "card",
        }
    }
}

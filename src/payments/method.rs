//! The ways a shopper can pay, as forms spell them.

use serde::{Deserialize, Serialize};

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
    /// A way of the merchant's own, such as a bank: staff say when the money has come.
    Manual,
}

impl PaymentMethod {
    pub const ALL: [Self; 6] =
        [Self::MpesaStk, Self::MpesaPaybill, Self::MpesaTill, Self::Cod, Self::Card, Self::Manual];
    /// What a shop takes today; the rest comes with its own providers.
    pub const OFFERED: [Self; 3] = [Self::MpesaStk, Self::Cod, Self::Manual];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MpesaStk => "mpesa_stk",
            Self::MpesaPaybill => "mpesa_paybill",
            Self::MpesaTill => "mpesa_till",
            Self::Cod => "cod",
            Self::Card => "card",
            Self::Manual => "manual",
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
            Self::Manual => "manual",
        }
    }
}

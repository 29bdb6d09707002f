//! The receipt of a paid order, for its page and for paper.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::load;

use crate::kernel::{local_time::LocalTime, money::Money, order_number::OrderNumber};
use serde::{Deserialize, Serialize};

/// Times are by the shop's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub number: i64,
    pub order_number: OrderNumber,
    pub issued_on: LocalTime,
    pub seller: Seller,
    pub buyer: String,
    pub lines: Vec<ReceiptLine>,
    /// The goods before discounts.
    pub subtotal: Money,
    pub discount: Money,
    pub delivery: Money,
    pub total: Money,
    /// None for a seller who was not registered.
    pub vat: Option<VatBand>,
    pub payments: Vec<Paid>,
    pub refunds: Vec<Returned>,
    pub etims: Etims,
}

/// The shop as it was called when the order was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    pub name: String,
    pub address: Option<String>,
    /// As people read it.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub tax_number: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// The product, with the variant where it has a name.
    pub name: String,
    pub quantity: u32,
    pub unit_price: Money,
    /// Off this line.
    pub discount: Money,
    pub total: Money,
}

/// What one rate of VAT applies to; it stands inside the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatBand {
    pub basis_points: u32,
    pub before: Money,
    pub tax: Money,
}

/// How money came, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidBy {
    Mpesa,
    Cash,
    Card,
    Manual,
}

impl PaidBy {
    /// From the word of `payments.method`.
    pub fn of_method(word: &str) -> Self {
        match word {
            "cod" => Self::Cash,
            "card" => Self::Card,
            "manual" => Self::Manual,
            _ => Self::Mpesa,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    pub by: PaidBy,
    pub amount: Money,
    /// The provider's.
    pub receipt: Option<String>,
    pub on: LocalTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub amount: Money,
    pub receipt: Option<String>,
    /// None while it is on its way.
    pub on: Option<LocalTime>,
}

/// What the tax authority's system adds; empty until it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Etims {
    pub control_unit: Option<String>,
    pub invoice_number: Option<String>,
    /// What the QR code says.
    pub link: Option<String>,
}

//! Delivery and payment on one page, with the total that will be charged.

use super::{cart::CartLine, parts::AreaFee};
use crate::kernel::{field_errors::FieldErrors, money::Money};
use crate::payments::method::PaymentMethod;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutPage {
    pub lines: Vec<CartLine>,
    /// Every area delivered to, in the merchant's order.
    pub areas: Vec<AreaFee>,
    /// Index in `areas`.
    pub chosen: usize,
    pub subtotal: Money,
    pub delivery: Money,
    pub total: Money,
    /// The VAT inside `total`; zero when the merchant is not registered.
    pub tax: Money,
    pub methods: Vec<PaymentMethod>,
    /// Made when the form was first drawn.
    pub idempotency_key: String,
    pub values: CheckoutValues,
    pub errors: FieldErrors,
    /// What is different from what was seen; empty on the first visit.
    pub changes: Vec<Change>,
}

/// What was typed, kept when the form comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutValues {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub instructions: String,
    pub payment_method: Option<PaymentMethod>,
    pub mpesa_phone: String,
    pub whatsapp_opt_in: bool,
}

/// One thing that is not as it was when the shopper saw the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Total { seen: Money, now: Money },
    Price { product_name: String, seen: Money, now: Money },
    Stock { product_name: String, wanted: u32, left: u32 },
    /// The order is below what the area asks for.
    BelowMinimum { area: String, minimum: Money },
}

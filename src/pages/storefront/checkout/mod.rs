//! Delivery and payment on one page, with the total that will be charged.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::{LoadedCheckout, load};

pub use crate::checkout::{changed::Change, forms::CheckoutValues};
pub use crate::delivery::cash_rules::NoCash;

use super::{cart::CartLine, parts::AreaFee, savings::Savings};
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
    pub savings: Savings,
    /// Before discounts.
    pub delivery: Money,
    pub total: Money,
    /// The VAT inside `total`; zero when the merchant is not registered.
    pub tax: Money,
    pub methods: Vec<PaymentMethod>,
    /// Why cash is not among them, where the area, the sum or the buyer decides.
    pub no_cash: Option<NoCash>,
    /// What the merchant's own way of paying is called.
    pub manual_name: Option<String>,
    /// Made when the form was first drawn.
    pub idempotency_key: String,
    pub values: CheckoutValues,
    /// The values are those of the last order from this browser.
    pub is_known: bool,
    pub errors: FieldErrors,
    /// What is different from what was seen; empty on the first visit.
    pub changes: Vec<Change>,
}

//! Delivery and payment on one page, with the total that will be charged.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
mod terms;
#[cfg(feature = "ssr")]
pub use load::{LoadedCheckout, Wanted, load};

pub use crate::checkout::{changed::Change, forms::CheckoutValues};
pub use crate::delivery::{cash_rules::NoCash, offer::Arrival};

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
    /// When it comes there; none where nothing is delivered to.
    pub arrival: Option<Arrival>,
    /// The buyer comes to the shop.
    pub is_collection: bool,
    /// And it is an agent of a delivery partner that they go to.
    pub is_at_agent: bool,
    /// What was typed instead of choosing.
    pub place: String,
    pub answer: PlaceAnswer,
    /// What was told of delivery, to be carried by the form.
    pub quote: String,
    /// Until when that holds, `16:30` by the merchant's clock; empty when nothing was told.
    pub holds_until: String,
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
    /// The shop takes M-Pesa, which does not move this sum at once.
    pub no_mpesa: bool,
    /// What is paid by prompt before a cash order is accepted; until the buyer is known, as if they were new.
    pub deposit: Option<Money>,
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

/// What became of a place that was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceAnswer {
    /// None was.
    #[default]
    Nothing,
    /// It is in the chosen area; with its own name, where that is another.
    Found(Option<String>),
    /// One of these, with what each would cost.
    Several(Vec<(String, Money)>),
    /// A place that is not delivered to yet.
    NotThere(String),
    Unknown,
}

impl PlaceAnswer {
    /// Whether the buyer has to say more before anything can be placed.
    pub const fn is_question(&self) -> bool {
        matches!(self, Self::Several(_) | Self::NotThere(_) | Self::Unknown)
    }
}

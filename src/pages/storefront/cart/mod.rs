//! The cart, priced now.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub(super) use load::list_lines;
#[cfg(feature = "ssr")]
pub use load::load;

use super::{
    parts::{AreaFee, Picture},
    savings::Savings,
};
use crate::kernel::{
    id::{CartItemId, VariantId},
    money::Money,
};
use crate::pricing::priced::CodeRefusal;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartPage {
    pub lines: Vec<CartLine>,
    /// Before discounts.
    pub subtotal: Money,
    /// The goods after them.
    pub total: Money,
    pub savings: Savings,
    /// With the fee after discounts.
    pub delivery: Option<AreaFee>,
    /// This browser came back from the checkout and was not asked why yet.
    pub asks_why: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub item: CartItemId,
    pub variant: VariantId,
    pub product_name: String,
    pub product_slug: String,
    /// Empty for a product without a choice.
    pub variant_name: String,
    pub picture: Option<Picture>,
    pub quantity: u32,
    pub unit_price: Money,
    /// What one cost when it was put in, where that is not what it costs now.
    pub put_in_at: Option<Money>,
    pub total: Money,
    /// How many can be had now, at most 999.
    pub available: u32,
}

impl CartLine {
    pub const fn is_short(&self) -> bool {
        self.available < self.quantity
    }
}

/// A refusal shown on the cart or product page after a form was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CartNotice {
    /// Not a quantity from 1 to 999.
    BadQuantity,
    ShortStock {
        product_name: String,
        left: u32,
    },
    CartFull {
        limit: u32,
    },
    /// What was to be added is not sold here.
    UnknownVariant,
    /// A code that was not taken, and why.
    Code {
        code: String,
        why: CodeRefusal,
    },
    TooManyCodes {
        limit: usize,
    },
}

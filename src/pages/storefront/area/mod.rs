//! Where a shop delivers: the list of all areas, and the page of one.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::{load_area, load_areas};

use super::parts::ProductCard;
use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

/// What an area says of itself at checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaTerms {
    pub area: String,
    /// The last part of its address; none for an area without a page.
    pub slug: Option<String>,
    /// The least and the most of its own steps; the same where there are none.
    pub fee: Money,
    pub highest_fee: Money,
    /// Each further kilogram adds to it without an end.
    pub rises: bool,
    /// Goods of this sum and more are brought for nothing.
    pub free_from: Option<Money>,
    /// The least an order there must come to, before delivery.
    pub minimum: Money,
    pub eta_minutes: u32,
    /// Minutes after midnight; what is ordered from then on arrives a day later.
    pub cut_off: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreasPage {
    /// In the merchant's order.
    pub areas: Vec<AreaTerms>,
    /// Whether search engines may list it.
    pub is_listed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaPage {
    pub terms: AreaTerms,
    /// Other spellings and estates that mean it.
    pub also: Vec<String>,
    /// In stock, newest first.
    pub products: Vec<ProductCard>,
    /// What the merchant wrote for search engines.
    pub meta_title: Option<String>,
    pub meta_description: Option<String>,
    /// Whether search engines may list it.
    pub is_listed: bool,
}

//! One category, paged and sorted.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::load;

use super::parts::{CategoryLink, ProductCard};
use serde::{Deserialize, Serialize};

/// The order of a list, as the address spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    Newest,
    PriceUp,
    PriceDown,
    Name,
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::Newest, Self::PriceUp, Self::PriceDown, Self::Name];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::PriceUp => "price_up",
            Self::PriceDown => "price_down",
            Self::Name => "name",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
}

/// What the address asks for: `?page=&sort=&in_stock=&min=&max=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Listing {
    /// From 1.
    pub page: u32,
    pub sort: Sort,
    pub in_stock: bool,
    /// Whole shillings.
    pub min: Option<u32>,
    pub max: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryPage {
    pub category: CategoryLink,
    /// Those that it stands in, the outermost first.
    pub above: Vec<CategoryLink>,
    /// Those in it that have something to sell.
    pub inside: Vec<CategoryLink>,
    pub description: Option<String>,
    pub products: Vec<ProductCard>,
    pub listing: Listing,
    pub page_count: u32,
    pub product_count: u32,
}

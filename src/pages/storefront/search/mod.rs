//! What the shop has for some words.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::{LONGEST, load};

use super::{
    listing::{Facets, Listing},
    parts::ProductCard,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// What was typed, trimmed to 100 characters.
    pub words: String,
    pub products: Vec<ProductCard>,
    /// Its page is one that there is.
    pub listing: Listing,
    pub facets: Facets,
    pub page_count: u32,
    pub product_count: u32,
    /// Whether the words find anything, however it is narrowed.
    pub is_found: bool,
    /// When nothing was found: products whose names look most like it.
    pub nearest: Vec<Nearest>,
    /// When nothing was found: a few others.
    pub others: Vec<ProductCard>,
}

/// A product by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearest {
    pub name: String,
    pub slug: String,
}

//! What the shop has for some words.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::{LONGEST, load};

use super::parts::ProductCard;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// What was typed, trimmed to 100 characters.
    pub words: String,
    pub products: Vec<ProductCard>,
    pub product_count: u32,
    /// When nothing was found: products whose names look most like it.
    pub nearest: Vec<Nearest>,
}

/// A product by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearest {
    pub name: String,
    pub slug: String,
}

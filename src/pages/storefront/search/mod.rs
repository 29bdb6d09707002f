//! What the shop has for some words.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::{LONGEST, load};

use super::parts::ProductCard;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// What was typed, trimmed to 100 characters.
    pub words: String,
    pub products: Vec<ProductCard>,
    pub product_count: u32,
}

//! What the shop has for the beginning of a search, while it is typed.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::{asked, load};

use super::parts::{CategoryLink, ProductCard};
use serde::{Deserialize, Serialize};

/// How many there are at most, of both kinds together.
pub const MOST: usize = 6;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestions {
    /// At most two.
    pub categories: Vec<CategoryLink>,
    pub products: Vec<ProductCard>,
}

impl Suggestions {
    pub fn count(&self) -> usize {
        self.categories.len() + self.products.len()
    }
}

//! The shop's front page.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::load;

use super::parts::{AreaFee, FeeSpread, Picture, ProductCard};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    pub categories: Vec<CategoryTile>,
    /// In stock first, then newest.
    pub products: Vec<ProductCard>,
    /// The default area and its fee.
    pub delivery: Option<AreaFee>,
    pub spread: FeeSpread,
    /// How many areas are delivered to.
    pub area_count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryTile {
    pub name: String,
    pub slug: String,
    pub product_count: u32,
    pub picture: Option<Picture>,
}

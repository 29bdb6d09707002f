//! One category, narrowed, sorted and paged.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::load;

use super::{
    listing::{Facets, Listing},
    parts::{CategoryLink, ProductCard},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryPage {
    pub category: CategoryLink,
    /// Those that it stands in, the outermost first.
    pub above: Vec<CategoryLink>,
    /// Those in it that have something to sell.
    pub inside: Vec<CategoryLink>,
    pub description: Option<String>,
    pub products: Vec<ProductCard>,
    /// Its page is one that there is.
    pub listing: Listing,
    pub facets: Facets,
    pub page_count: u32,
    pub product_count: u32,
    /// True when there are more than a list looks at: counts are those of what it looks at.
    pub is_cut: bool,
}

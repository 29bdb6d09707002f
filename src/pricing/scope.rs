//! What a rule applies to: the whole shop, some categories with all below them, or some products.

use crate::kernel::id::{CategoryId, ProductId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Storewide,
    Categories(Vec<CategoryId>),
    Products(Vec<ProductId>),
}

impl Scope {
    /// More than anybody reads through.
    pub const MOST: usize = 200;

    /// The word of `price_rules.scope`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Storewide => "storewide",
            Self::Categories(_) => "category",
            Self::Products(_) => "product",
        }
    }

    /// `categories` are the product's own and all above it.
    pub fn holds(&self, product: ProductId, categories: &[CategoryId]) -> bool {
        match self {
            Self::Storewide => true,
            Self::Categories(wanted) => categories.iter().any(|category| wanted.contains(category)),
            Self::Products(wanted) => wanted.contains(&product),
        }
    }
}

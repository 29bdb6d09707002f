//! The list of products with every variant's price and stock.

use crate::kernel::{id::{ProductId, VariantId}, money::Money};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFilter {
    #[serde(default)]
    pub words: String,
    /// From 1.
    #[serde(default)]
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductsPage {
    pub filter: ProductFilter,
    pub rows: Vec<ProductRow>,
    pub product_count: u32,
    pub page_count: u32,
    /// False for a viewer: fields are then plain text.
    pub may_edit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    pub id: ProductId,
    pub name: String,
    pub slug: String,
    /// Address of the product in the shop.
    pub url: String,
    /// `draft`, `active`, `archived`.
    pub status: String,
    pub picture: Option<String>,
    pub variants: Vec<VariantRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantRow {
    pub id: VariantId,
    pub name: String,
    pub sku: Option<String>,
    pub price: Money,
    /// In the house.
    pub stock: i32,
    /// Promised to orders that are being paid.
    pub held: i32,
    pub is_low: bool,
    /// Changes with every write; a form sends it back.
    pub version: i32,
}

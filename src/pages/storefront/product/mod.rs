//! One product: pictures, price, choice, delivery.

#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
pub use load::load;

use super::parts::{AreaFee, CategoryLink, FeeSpread, Picture, ProductCard};
use crate::kernel::{
    id::{ProductId, VariantId},
    money::Money,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    pub id: ProductId,
    pub name: String,
    pub slug: String,
    pub brand: Option<String>,
    /// Cleaned on the server when it was written.
    pub description_html: String,
    pub meta_title: Option<String>,
    pub meta_description: Option<String>,
    /// Where it stands, from the outermost category to its own; empty when one of them is hidden.
    pub categories: Vec<CategoryLink>,
    pub pictures: Vec<Picture>,
    /// Names of the choices in order, with their values in order: Size → S, M, L. Empty when there is one variant.
    pub options: Vec<ProductOption>,
    pub variants: Vec<VariantChoice>,
    /// Index in `variants` of the one shown first: what `?variant=` asks for, else the first in stock.
    pub selected: usize,
    pub delivery: Option<AreaFee>,
    pub spread: FeeSpread,
    pub area_count: u32,
    /// The first areas, the usual one before all, each with whether its fee rises with what is in the cart.
    pub areas: Vec<(AreaFee, bool)>,
    /// At most four others of the same category, those in stock first.
    pub more: Vec<ProductCard>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    pub name: String,
    pub values: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantChoice {
    pub id: VariantId,
    /// `M / Blue`; empty for a product without a choice.
    pub name: String,
    pub sku: Option<String>,
    pub price: Money,
    pub was: Option<Money>,
    pub stock: Availability,
    /// One value per option, in the order of the options.
    pub values: Vec<String>,
    /// Which of the product's pictures shows it.
    pub picture: Option<usize>,
}

/// How many there are, as far as a shopper is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    InStock,
    /// Five or fewer.
    Few(u32),
    SoldOut,
}

impl Availability {
    pub const FEW: u32 = 5;
    pub const fn from_count(available: u32) -> Self {
        match available {
            0 => Self::SoldOut,
            1..=Self::FEW => Self::Few(available),
            _ => Self::InStock,
        }
    }
}

//! Pieces that several shop pages show.

use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

/// A product's picture in the widths it is stored in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Path without width and ending: `/media/…/3f9a` is served as `/media/…/3f9a-360.webp`.
    pub base: String,
    /// Stored widths in pixels, rising.
    pub widths: Vec<u16>,
    /// Width and height of the original, for the space it takes before it has loaded.
    pub width: u16,
    pub height: u16,
    pub alt: String,
    /// A few pixels as a data address, shown until the picture is there.
    pub placeholder: Option<String>,
}

impl Picture {
    /// The address in the width that is nearest to `wanted` and not smaller, else the widest.
    pub fn src(&self, wanted: u16) -> String {
        let width = self.widths.iter().copied().find(|w| *w >= wanted).or(self.widths.last().copied());
        width.map_or_else(|| self.base.clone(), |w| format!("{}-{w}.webp", self.base))
    }
    /// All widths, for `srcset`.
    pub fn srcset(&self) -> String {
        let each: Vec<String> = self.widths.iter().map(|w| format!("{}-{w}.webp {w}w", self.base)).collect();
        each.join(", ")
    }
}

/// A product in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    pub name: String,
    pub slug: String,
    /// The lowest price among its variants.
    pub price: Money,
    /// What the same variant cost before, when that was more.
    pub was: Option<Money>,
    /// True when other variants cost more than `price`.
    pub has_dearer: bool,
    pub picture: Option<Picture>,
    pub is_sold_out: bool,
}

/// A link to a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryLink {
    pub name: String,
    pub slug: String,
}

/// What a fee that is shown to everybody leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeSpread {
    /// The fee of the area that is shown rises with what is in the cart.
    pub has_steps: bool,
    /// The least that any area costs, where they are not all alike.
    pub least: Option<Money>,
}

/// What delivery to one area costs and how long it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaFee {
    pub area: String,
    /// The group of areas it belongs to, for the headings of a long list.
    pub group: String,
    pub fee: Money,
    pub eta_minutes: u32,
    /// The least an order there must come to, before delivery.
    pub minimum: Money,
}

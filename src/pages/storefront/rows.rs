//! What several shop pages read from their rows in the same way.

use super::parts::{AreaFee, FeeSpread, Picture};
pub(super) use crate::pages::{count, currency};
use crate::{
    catalog::was_price::{PriceStep, honest_usual, honest_was},
    kernel::{
        currency::Currency,
        id::{CategoryId, ProductId, VariantId},
        money::Money,
        quantity::Quantity,
    },
    pricing::{rule::Rule, shop_price::shop_price},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// What the store's own columns do not say of an area's time.
const USUAL_MINUTES: i32 = 24 * 60;
/// The shape of a picture that nobody measured.
const SQUARE: i32 = 800;

/// How many of a variant a shopper can have: at most what a cart takes.
pub(super) fn available(stock: i32, held: i64) -> u32 {
    count(i64::from(stock) - held).min(u32::from(Quantity::MAX))
}

/// A variant whose price is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a> {
    pub rules: &'a [Rule],
    pub product: ProductId,
    /// Its own and all above it.
    pub categories: &'a [CategoryId],
    pub variant: VariantId,
    pub price: Money,
    pub now: DateTime<Utc>,
}

impl Shown<'_> {
    /// What one piece costs now, and the price before if that is honest: the usual price beside a sale's, else what the
    /// merchant says it cost. `history` has the newest first.
    pub(super) fn price(self, said_cents: Option<i64>, history: &[PriceStep]) -> (Money, Option<Money>) {
        match shop_price(self.rules, self.variant, self.product, self.categories, self.price, self.now) {
            Some(sale) => (sale.now, honest_usual(self.price, sale.began, history, self.now)),
            None => (self.price, honest_was(self.price, said_cents, history, self.now)),
        }
    }
}

/// A picture as its row has it, whether selected as columns or collected as JSON.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct PictureRow {
    pub url: Option<String>,
    pub widths: Option<Vec<i32>>,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub placeholder: Option<String>,
    pub alt_text: Option<String>,
}

impl PictureRow {
    /// Only pictures of our own are shown: the pages' policy lets a browser load no others.
    pub(super) fn picture(self, name: &str) -> Option<Picture> {
        let small = |pixels: i32| u16::try_from(pixels).unwrap_or(0);
        let base = self.url.filter(|url| url.starts_with('/'))?;
        Some(Picture {
            base,
            widths: self.widths.unwrap_or_default().into_iter().map(small).collect(),
            width: small(self.width.unwrap_or(SQUARE)),
            height: small(self.height.unwrap_or(SQUARE)),
            alt: self.alt_text.filter(|alt| !alt.trim().is_empty()).unwrap_or_else(|| name.to_owned()),
            placeholder: self.placeholder,
        })
    }
}

/// An area as its row has it, collected as JSON.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct AreaRow {
    pub area: String,
    pub group: String,
    /// The least of its own steps.
    pub fee_cents: i64,
    pub min_order_cents: i64,
    pub eta_minutes: Option<i32>,
    pub has_steps: bool,
    /// Of all areas, where they are not all alike.
    pub least_cents: Option<i64>,
}

impl AreaRow {
    pub(super) fn spread(&self, currency: Currency) -> FeeSpread {
        FeeSpread { has_steps: self.has_steps, least: self.least_cents.map(|cents| Money::new(cents, currency)) }
    }
    pub(super) fn fee(self, currency: Currency) -> AreaFee {
        AreaFee {
            area: self.area,
            group: self.group,
            fee: Money::new(self.fee_cents, currency),
            eta_minutes: u32::try_from(self.eta_minutes.unwrap_or(USUAL_MINUTES)).unwrap_or(0),
            minimum: Money::new(self.min_order_cents, currency),
        }
    }
}

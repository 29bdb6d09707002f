//! What a batch of products will change, before any of it is written.

use super::{
    match_variants::Match,
    stored::StoredVariant,
    variants::{FormerPrice, VariantDraft},
    write_rows::{ImageRow, ProductRow, StockMove, VariantRow},
};
use crate::kernel::{
    id::{ProductId, VariantId},
    money::Money,
};
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub new_products: Vec<ProductRow>,
    pub products: Vec<ProductRow>,
    pub new_variants: Vec<VariantRow>,
    pub variants: Vec<VariantRow>,
    pub moves: Vec<StockMove>,
    pub images: Vec<ImageRow>,
    /// Variant and the picture it shows.
    pub shown: Vec<(Uuid, Uuid)>,
    /// Picture and what it is said to show.
    pub described: Vec<(Uuid, String)>,
    /// Variants whose price is new or another, or that are sold now and were not, or the reverse.
    pub priced: Vec<Uuid>,
    /// Products that went into the shop or out of it.
    pub moved: Vec<Uuid>,
}

impl Plan {
    pub(super) fn is_any(&self) -> bool {
        !(self.new_products.is_empty()
            && self.products.is_empty()
            && self.new_variants.is_empty()
            && self.variants.is_empty()
            && self.moves.is_empty()
            && self.images.is_empty()
            && self.shown.is_empty()
            && self.described.is_empty())
    }

    /// Whose words, codes or choices are new.
    pub(super) fn products(&self) -> Vec<ProductId> {
        let whole = self.new_products.iter().chain(&self.products).map(|product| product.id);
        let parts = self.new_variants.iter().chain(&self.variants).map(|variant| variant.product);
        whole.chain(parts).collect::<BTreeSet<Uuid>>().into_iter().map(ProductId::from).collect()
    }

    /// A new variant with its pieces, or the one that is there as it shall be. Says whether anything is other than before.
    pub(super) fn put_variant(
        &mut self,
        row: VariantRow,
        existing: Option<&StoredVariant>,
        stock: Option<i32>,
    ) -> bool {
        let id = row.id;
        let Some(stored) = existing else {
            self.priced.push(id);
            self.new_variants.push(row);
            return true;
        };
        let mut changed = false;
        if !is_same(stored, &row) {
            if stored.price_cents != row.price
                || stored.compare_at_price_cents != row.was
                || stored.is_active != row.active
            {
                self.priced.push(id);
            }
            self.variants.push(row);
            changed = true;
        }
        let change = stock.map_or(0, |stock| stock - stored.stock);
        if change != 0 {
            self.moves.push(StockMove { variant: id, change });
            changed = true;
        }
        changed
    }
}

/// A variant as it shall be: the file's word where it has one, else what is there. It is the `nth` of the file.
pub(super) fn wanted_variant(product: Uuid, variant: &VariantDraft, found: &Match<'_>, nth: usize) -> VariantRow {
    let (existing, attributes) = (found.existing, found.choices.clone());
    let price = variant.price.minor();
    let name = variant.name.clone();
    let name = name.or_else(|| existing.filter(|one| one.attributes == attributes).map(|one| one.name.clone()));
    let position = variant.position.or_else(|| existing.map(|stored| stored.position));
    VariantRow {
        id: existing.map_or_else(|| VariantId::mint().uuid(), |stored| stored.id),
        product,
        name: name.unwrap_or_else(|| variant.values.join(" / ")),
        sku: variant.sku.clone().or_else(|| existing.and_then(|stored| stored.sku.clone())),
        barcode: variant.barcode.clone().or_else(|| existing.and_then(|stored| stored.barcode.clone())),
        price,
        was: match variant.was {
            FormerPrice::Was(money) => Some(money.minor()),
            FormerPrice::Nothing => None,
            FormerPrice::Unsaid => {
                existing.and_then(|stored| stored.compare_at_price_cents).filter(|cents| *cents > price)
            }
        },
        cost: variant.cost.map(Money::minor).or_else(|| existing.and_then(|stored| stored.cost_cents)),
        stock: found.stock.unwrap_or(0),
        limit: variant.limit.or_else(|| existing.map(|stored| stored.limit)).unwrap_or(0),
        attributes,
        active: variant.is_active.or_else(|| existing.map(|stored| stored.is_active)).unwrap_or(true),
        position: position.unwrap_or_else(|| i32::try_from(nth).unwrap_or(i32::MAX)),
    }
}

fn is_same(stored: &StoredVariant, wanted: &VariantRow) -> bool {
    stored.name == wanted.name
        && stored.sku == wanted.sku
        && stored.barcode == wanted.barcode
        && stored.price_cents == wanted.price
        && stored.compare_at_price_cents == wanted.was
        && stored.cost_cents == wanted.cost
        && stored.limit == wanted.limit
        && stored.attributes == wanted.attributes
        && stored.is_active == wanted.active
        && stored.position == wanted.position
}

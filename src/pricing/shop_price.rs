//! What one piece costs everybody now: the price a card and a product page show, with the rules that need nothing else.

use super::{
    price_lines::{Cart, Line, price_lines},
    rule::{Rule, Season},
};
use crate::kernel::{
    id::{CategoryId, ProductId, VariantId},
    money::Money,
};
use chrono::{DateTime, Utc};

/// A price lowered by a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SalePrice {
    pub now: Money,
    /// When the youngest of the rules behind it came into force.
    pub began: DateTime<Utc>,
}

/// Of one piece; none when no sale lowers it. Rules with codes, minimums, caps or memories of people are not for a page
/// that everybody sees.
pub fn shop_price(
    rules: &[Rule],
    variant: VariantId,
    product: ProductId,
    categories: &[CategoryId],
    price: Money,
    now: DateTime<Utc>,
) -> Option<SalePrice> {
    let sales: Vec<Rule> = rules.iter().filter(|rule| rule.is_sale()).cloned().collect();
    if sales.is_empty() {
        return None;
    }
    let line = Line { variant, product, categories: categories.to_vec(), unit_price: price, quantity: 1 };
    let cart = Cart {
        currency: price.currency(),
        lines: std::slice::from_ref(&line),
        delivery: Money::zero(price.currency()),
        rules: &sales,
        codes: &[],
        had: &[],
        now,
    };
    let priced = price_lines(&cart).ok()?;
    let began = sales
        .iter()
        .filter(|rule| priced.discounts.iter().any(|discount| discount.rule == rule.id))
        .map(Rule::began)
        .max()?;
    Some(SalePrice { now: priced.goods().ok()?, began })
}

/// The next moment at which a rule begins or ends by itself: no page drawn now is right beyond it.
pub fn next_boundary(rules: &[Rule], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    rules
        .iter()
        .filter(|rule| rule.is_active && rule.season(now) != Season::Over)
        .flat_map(|rule| [rule.starts_at, rule.ends_at])
        .flatten()
        .filter(|moment| *moment > now)
        .min()
}

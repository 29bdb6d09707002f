//! What a made-up customer puts into one order.

use super::{
    chance::Chance,
    goods::{Area, Goods},
};
use crate::{
    checkout::totals::{Totals, sum_up},
    error::AppError,
    kernel::{
        currency::Currency,
        id::{ProductId, VariantId},
        money::{BasisPoints, Money},
    },
    pricing::price_lines::{self, Cart, price_lines},
};
use chrono::{DateTime, Utc};

/// What M-Pesa moves at once, in cents.
const MOST_CENTS: i64 = 25_000_000;

pub(super) struct Line<'a> {
    pub goods: &'a Goods,
    pub quantity: i32,
    /// What one cost on the day.
    pub unit_cents: i64,
}

/// One to three different products, some of them twice; enough for the area's minimum, not too much for M-Pesa.
pub(super) fn choose_lines<'a>(
    sellable: &[&'a Goods],
    area: &Area,
    price: impl Fn(&Goods) -> i64,
    chance: &mut Chance,
) -> Vec<Line<'a>> {
    let wanted = *chance.pick(&[1, 1, 1, 2, 2, 3]);
    let mut lines: Vec<Line<'a>> = Vec::new();
    for _ in 0..200 {
        let sum: i64 = lines.iter().map(|line| line.unit_cents * i64::from(line.quantity)).sum();
        if lines.len() >= wanted && sum >= area.min_order_cents {
            break;
        }
        let goods = sellable[chance.front_index(sellable.len())];
        let unit_cents = price(goods);
        let quantity = if chance.percent(15) && unit_cents < 300_000 { 2 } else { 1 };
        let is_new = lines.iter().all(|line| line.goods.product != goods.product);
        if is_new && sum + unit_cents * i64::from(quantity) + area.fee_cents < MOST_CENTS {
            lines.push(Line { goods, quantity, unit_cents });
        }
    }
    lines
}

const VAT: BasisPoints = BasisPoints(1_600);

/// What a basket came to on the day, before there were discounts.
pub(super) fn sum(lines: &[Line<'_>], area: &Area, at: DateTime<Utc>) -> Result<Totals, AppError> {
    let lines: Vec<price_lines::Line> = lines
        .iter()
        .map(|line| price_lines::Line {
            variant: VariantId::from(line.goods.variant),
            product: ProductId::from(line.goods.product),
            categories: Vec::new(),
            unit_price: Money::kes(line.unit_cents),
            quantity: line.quantity.unsigned_abs(),
        })
        .collect();
    let priced = price_lines(&Cart {
        currency: Currency::Kes,
        lines: &lines,
        delivery: Money::kes(area.fee_cents),
        rules: &[],
        codes: &[],
        had: &[],
        now: at,
    });
    priced.and_then(|priced| sum_up(&priced, Some(VAT))).map_err(AppError::broken)
}

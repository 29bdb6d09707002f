//! What a made-up customer puts into one order.

use super::{
    chance::Chance,
    goods::{Area, Goods},
};

/// What M-Pesa moves at once, in cents.
const MOST_CENTS: i64 = 25_000_000;

pub(super) struct Line<'a> {
    pub goods: &'a Goods,
    pub quantity: i32,
}

/// One to three different products, some of them twice; enough for the area's minimum, not too much for M-Pesa.
pub(super) fn choose_lines<'a>(sellable: &[&'a Goods], area: &Area, chance: &mut Chance) -> Vec<Line<'a>> {
    let wanted = *chance.pick(&[1, 1, 1, 2, 2, 3]);
    let mut lines: Vec<Line<'a>> = Vec::new();
    for _ in 0..200 {
        let sum: i64 = lines.iter().map(|line| line.goods.price_cents * i64::from(line.quantity)).sum();
        if lines.len() >= wanted && sum >= area.min_order_cents {
            break;
        }
        let goods = sellable[chance.front_index(sellable.len())];
        let quantity = if chance.percent(15) && goods.price_cents < 300_000 { 2 } else { 1 };
        let is_new = lines.iter().all(|line| line.goods.product != goods.product);
        if is_new && sum + goods.price_cents * i64::from(quantity) + area.fee_cents < MOST_CENTS {
            lines.push(Line { goods, quantity });
        }
    }
    lines
}

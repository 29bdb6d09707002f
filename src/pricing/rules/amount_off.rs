//! A fixed amount off each piece, or once off the order.

use super::{Pieces, pieces::spread};
use crate::kernel::money::Money;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountOff {
    pub amount_cents: i64,
    /// Off every piece; otherwise once, spread over the goods it applies to.
    #[serde(default)]
    pub is_each: bool,
}

impl AmountOff {
    /// An amount above zero, in minor units.
    pub fn parse(amount_cents: i64, is_each: bool) -> Option<Self> {
        (amount_cents > 0).then_some(Self { amount_cents, is_each })
    }

    pub(crate) fn take(self, lines: &[Pieces]) -> Vec<Money> {
        let Some(first) = lines.first() else { return Vec::new() };
        let amount = Money::new(self.amount_cents, first.unit.currency());
        if !self.is_each {
            return spread(amount, lines);
        }
        lines
            .iter()
            .map(|pieces| {
                let each = Money::new(self.amount_cents.min(pieces.unit.minor()), amount.currency());
                pieces.at_most(each.times(pieces.count).unwrap_or(pieces.left))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(count: u32, unit: i64) -> Pieces {
        let unit = Money::shillings(unit);
        Pieces { line: 0, count, unit, left: unit.times(count).expect("a small sum") }
    }

    #[test]
    fn an_amount_is_above_zero() {
        assert_eq!(AmountOff::parse(0, true), None);
        assert_eq!(AmountOff::parse(-100, false), None);
    }

    #[test]
    fn off_each_piece_it_never_takes_more_than_the_piece_costs() {
        let off = AmountOff { amount_cents: 20_000, is_each: true }.take(&[pieces(3, 500), pieces(2, 150)]);
        assert_eq!(off, [Money::shillings(600), Money::shillings(300)]);
    }

    #[test]
    fn off_the_order_it_is_spread_in_whole_shillings() {
        let off = AmountOff { amount_cents: 10_000, is_each: false };
        let lines = [pieces(1, 100), pieces(1, 100), pieces(1, 100)];
        assert_eq!(off.take(&lines), [Money::shillings(34), Money::shillings(33), Money::shillings(33)]);
        assert_eq!(off.take(&[pieces(1, 60)]), [Money::shillings(60)]);
        assert_eq!(off.take(&[]), []);
    }
}

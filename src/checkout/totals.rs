//! What a cart comes to with delivery; pure. The page shows it and the order is written from it.

use crate::{
    kernel::money::{BasisPoints, Money, MoneyError},
    pricing::priced::Priced,
};

/// The sums of an order; `total = subtotal - discount + delivery`, with the VAT inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// The goods before discounts.
    pub subtotal: Money,
    /// Off the goods.
    pub discount: Money,
    /// What is paid for it, after discounts.
    pub delivery: Money,
    pub total: Money,
    /// Inside `total`.
    pub tax: Money,
    /// Each line's part of `tax`, in the order of the lines; delivery has the rest.
    pub line_taxes: Vec<Money>,
}

/// Sums up a priced cart. `vat` is none for a merchant who is not registered.
pub fn sum_up(priced: &Priced, vat: Option<BasisPoints>) -> Result<Totals, MoneyError> {
    let total = priced.goods()?.plus(priced.delivery)?;
    let tax = vat.map_or(Ok(Money::zero(priced.currency)), |rate| total.tax_inside(rate))?;
    let mut weights: Vec<u64> = priced.lines.iter().map(|line| line.net.minor().unsigned_abs()).collect();
    weights.push(priced.delivery.minor().unsigned_abs());
    let mut line_taxes = tax.prorate(&weights);
    line_taxes.truncate(priced.lines.len());
    Ok(Totals { subtotal: priced.subtotal, discount: priced.off, delivery: priced.delivery, total, tax, line_taxes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kernel::currency::Currency, pricing::priced::PricedLine};

    fn priced(lines: &[(i64, i64)], delivery: i64) -> Priced {
        let sum = |part: fn(&(i64, i64)) -> i64| Money::shillings(lines.iter().map(part).sum());
        let net = sum(|(_, net)| *net);
        let subtotal = sum(|(gross, _)| *gross);
        Priced {
            currency: Currency::Kes,
            lines: lines
                .iter()
                .map(|(gross, net)| PricedLine {
                    gross: Money::shillings(*gross),
                    net: Money::shillings(*net),
                    shares: Vec::new(),
                })
                .collect(),
            discounts: Vec::new(),
            subtotal,
            off: subtotal.minus(net).expect("one currency"),
            full_delivery: Money::shillings(delivery),
            delivery: Money::shillings(delivery),
            codes: Vec::new(),
            almost: Vec::new(),
            tried: Vec::new(),
        }
    }

    #[test]
    fn delivery_and_goods_share_the_vat_and_nothing_is_lost() {
        let totals = sum_up(&priced(&[(1_000, 1_000), (333, 333)], 150), Some(BasisPoints(1_600)));
        let totals = totals.expect("small sums add up");
        assert_eq!(totals.total, Money::shillings(1_483));
        assert_eq!(totals.tax, Money::kes(20_455));
        assert_eq!(totals.line_taxes, [Money::kes(13_793), Money::kes(4_593)]);
    }

    #[test]
    fn only_what_is_paid_has_vat_inside() {
        let totals = sum_up(&priced(&[(1_000, 0), (1_160, 580)], 0), Some(BasisPoints(1_600)));
        let totals = totals.expect("small sums add up");
        assert_eq!((totals.subtotal, totals.discount), (Money::shillings(2_160), Money::shillings(1_580)));
        assert_eq!((totals.total, totals.tax), (Money::shillings(580), Money::shillings(80)));
        assert_eq!(totals.line_taxes, [Money::kes(0), Money::shillings(80)]);
    }

    #[test]
    fn a_merchant_without_vat_shows_none() {
        assert_eq!(sum_up(&priced(&[(10, 10)], 0), None).map(|totals| totals.tax), Ok(Money::kes(0)));
    }
}

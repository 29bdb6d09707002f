//! What a cart comes to with delivery; pure. The page shows it and the order is written from it.

use crate::kernel::{
    currency::Currency,
    money::{BasisPoints, Money, MoneyError},
};

/// The sums of an order; `total = subtotal + delivery`, with the VAT inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub subtotal: Money,
    pub delivery: Money,
    pub total: Money,
    /// Inside `total`.
    pub tax: Money,
    /// Each line's part of `tax`, in the order of the lines; delivery has the rest.
    pub line_taxes: Vec<Money>,
}

/// Sums up lines that are already priced. `vat` is none for a merchant who is not registered.
pub fn sum_up(
    currency: Currency,
    line_totals: &[Money],
    delivery: Money,
    vat: Option<BasisPoints>,
) -> Result<Totals, MoneyError> {
    let subtotal = Money::sum(currency, line_totals.iter().copied())?;
    let total = subtotal.plus(delivery)?;
    let tax = vat.map_or(Ok(Money::zero(currency)), |rate| total.tax_inside(rate))?;
    let mut weights: Vec<u64> = line_totals.iter().map(|line| line.minor().unsigned_abs()).collect();
    weights.push(delivery.minor().unsigned_abs());
    let mut line_taxes = tax.prorate(&weights);
    line_taxes.truncate(line_totals.len());
    Ok(Totals { subtotal, delivery, total, tax, line_taxes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delivery_and_goods_share_the_vat_and_nothing_is_lost() {
        let lines = [Money::shillings(1_000), Money::shillings(333)];
        let totals = sum_up(Currency::Kes, &lines, Money::shillings(150), Some(BasisPoints(1_600)));
        let totals = totals.expect("small sums add up");
        assert_eq!(totals.total, Money::shillings(1_483));
        assert_eq!(totals.tax, Money::kes(20_455));
        assert_eq!(totals.line_taxes, [Money::kes(13_793), Money::kes(4_593)]);
    }

    #[test]
    fn a_merchant_without_vat_shows_none() {
        let totals = sum_up(Currency::Kes, &[Money::shillings(10)], Money::shillings(0), None);
        assert_eq!(totals.map(|t| t.tax), Ok(Money::kes(0)));
    }
}

//! Money: a whole number of minor units together with its currency; never a float.

use super::currency::Currency;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in minor units (cents) of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why two amounts do not combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("amounts of two currencies do not add up")]
    TwoCurrencies,
    #[error("the amount is too large to be real")]
    TooLarge,
}

/// Hundredths of a percent: 16 % VAT is 1600.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasisPoints(pub u32);

impl Money {
    /// An amount in minor units of its currency.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }
    /// Kenyan shillings given in cents.
    pub const fn kes(cents: i64) -> Self {
        Self::new(cents, Currency::Kes)
    }
    /// Whole Kenyan shillings.
    pub const fn shillings(whole: i64) -> Self {
        Self::kes(whole.saturating_mul(100))
    }
    /// None, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }
    /// Minor units (cents), as stored in `…_cents` columns.
    pub const fn minor(self) -> i64 {
        self.minor
    }
    pub const fn currency(self) -> Currency {
        self.currency
    }
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }
    /// True when nothing is left below the whole unit: the only amounts M-Pesa moves.
    pub const fn is_whole(self) -> bool {
        self.minor % self.currency.minor_per_whole() == 0
    }
    /// Whole units, cut towards zero.
    pub const fn whole(self) -> i64 {
        self.minor / self.currency.minor_per_whole()
    }

    /// For reading: the nearest whole unit, half up. What is stored stays exact.
    #[must_use]
    pub const fn to_nearest_whole(self) -> Self {
        let per = self.currency.minor_per_whole();
        Self { minor: (self.minor + per / 2).div_euclid(per) * per, ..self }
    }

    /// Both together; an error for two currencies, and for more than can be counted.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }
    /// What is left, which may be below zero; errors as in [`Self::plus`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }
    /// So many times as much; an error for more than can be counted.
    pub fn times(self, count: u32) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(i64::from(count)).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }
    fn combine(self, other: Self, op: impl Fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::TwoCurrencies);
        }
        let minor = op(self.minor, other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// The sum of amounts in one currency; zero for none.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// The tax that a price already contains, rounded half up to the minor unit.
    /// Kenyan consumer prices include VAT (VAT Act 2013), so it is taken out, never added.
    pub fn tax_inside(self, rate: BasisPoints) -> Result<Self, MoneyError> {
        let (amount, rate) = (i128::from(self.minor), i128::from(rate.0));
        let tax = (2 * amount * rate + (10_000 + rate)) / (2 * (10_000 + rate));
        let minor = i64::try_from(tax).map_err(|_| MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// A part of this amount in whole units, half up, and never more than the amount itself.
    #[must_use]
    pub fn part_to_nearest_whole(self, rate: BasisPoints) -> Self {
        let per = i128::from(self.currency.minor_per_whole());
        let scale = 10_000 * per;
        let whole = (2 * i128::from(self.minor.max(0)) * i128::from(rate.0) + scale) / (2 * scale);
        let minor = i64::try_from(whole * per).unwrap_or(i64::MAX).min(self.minor.max(0));
        Self { minor, ..self }
    }

    /// Splits this amount in proportion to `weights` by largest remainder: the parts sum to the
    /// whole, and none is more than one minor unit away from its exact share.
    /// Without any weight everything goes to the first part.
    pub fn prorate(self, weights: &[u64]) -> Vec<Self> {
        if weights.is_empty() {
            return Vec::new();
        }
        let total: u128 = weights.iter().map(|w| u128::from(*w)).sum();
        if total == 0 {
            return (0..weights.len()).map(|i| if i == 0 { self } else { Self::zero(self.currency) }).collect();
        }
        let (sign, whole) = (self.minor.signum(), u128::from(self.minor.unsigned_abs()));
        let mut parts: Vec<(u128, u128)> =
            weights.iter().map(|w| (whole * u128::from(*w) / total, whole * u128::from(*w) % total)).collect();
        let left = whole - parts.iter().map(|(share, _)| share).sum::<u128>();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(parts[*i].1), *i));
        for i in order.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            parts[i].0 += 1;
        }
        parts
            .into_iter()
            .map(|(share, _)| Self { minor: sign * i64::try_from(share).unwrap_or(i64::MAX), ..self })
            .collect()
    }
}

/// `KSh 1,250`, and cents only where there are any: `KSh 42.99`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per = self.currency.minor_per_whole().unsigned_abs();
        let amount = self.minor.unsigned_abs();
        let minus = if self.minor < 0 { "−" } else { "" };
        write!(f, "{minus}{} {}", self.currency.sign(), Grouped(amount / per))?;
        match amount % per {
            0 => Ok(()),
            cents => write!(f, ".{cents:02}"),
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

struct Grouped(u64);
impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_shillings_with_commas_and_without_empty_cents() {
        assert_eq!(Money::shillings(1_250).to_string(), "KSh 1,250");
        assert_eq!(Money::shillings(1_234_567).to_string(), "KSh 1,234,567");
        assert_eq!(Money::kes(4_299).to_string(), "KSh 42.99");
        assert_eq!(Money::kes(-500).to_string(), "−KSh 5");
    }

    #[test]
    fn two_currencies_never_add_up() {
        let dollars = Money::new(100, Currency::Usd);
        assert_eq!(Money::shillings(1).plus(dollars), Err(MoneyError::TwoCurrencies));
    }

    #[test]
    fn an_amount_past_the_limit_is_refused_and_not_wrapped() {
        assert_eq!(Money::kes(i64::MAX).plus(Money::kes(1)), Err(MoneyError::TooLarge));
        assert_eq!(Money::kes(i64::MAX).times(2), Err(MoneyError::TooLarge));
    }

    #[test]
    fn a_sum_for_reading_is_rounded_half_up() {
        assert_eq!(Money::kes(6_207).to_nearest_whole(), Money::shillings(62));
        assert_eq!(Money::kes(6_250).to_nearest_whole(), Money::shillings(63));
        assert_eq!(Money::kes(6_200).to_nearest_whole(), Money::shillings(62));
    }

    #[test]
    fn a_part_is_rounded_half_up_to_whole_units_and_never_exceeds_the_whole() {
        let part = |cents, rate| Money::kes(cents).part_to_nearest_whole(BasisPoints(rate)).minor();
        assert_eq!(part(99_900, 1_000), 10_000);
        assert_eq!(part(99_400, 1_000), 9_900);
        assert_eq!(part(500, 1_000), 100);
        assert_eq!(part(499, 1_000), 0);
        assert_eq!(part(4_299, 10_000), 4_299);
        assert_eq!(part(0, 5_000), 0);
    }

    #[test]
    fn vat_is_taken_out_of_the_price() {
        let vat = |shillings| Money::shillings(shillings).tax_inside(BasisPoints(1_600)).map(Money::minor);
        assert_eq!(vat(1_160), Ok(16_000));
        assert_eq!(vat(1_000), Ok(13_793));
        assert_eq!(vat(0), Ok(0));
    }

    proptest::proptest! {
        #[test]
        fn the_parts_of_a_split_sum_to_the_whole(minor in -1_000_000_000i64..1_000_000_000, weights in proptest::collection::vec(0u64..1_000_000, 1..20)) {
            let parts = Money::kes(minor).prorate(&weights);
            let sum: i64 = parts.iter().map(|part| part.minor()).sum();
            proptest::prop_assert_eq!(sum, minor);
            let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            if total > 0 {
                for (part, weight) in parts.iter().zip(&weights) {
                    let exact_times_total = i128::from(minor) * i128::from(*weight);
                    let off = (i128::from(part.minor()) * total - exact_times_total).abs();
                    proptest::prop_assert!(off < total);
                }
            }
        }
    }
}

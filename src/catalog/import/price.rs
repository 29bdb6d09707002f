//! Prices as a file spells them, turned into whole shillings without a float.

use crate::kernel::money::Money;
use std::fmt;

/// The dearest thing a file may hold, in shillings.
const DEAREST: i128 = 100_000_000;

/// A number of the form `1250` or `1250.50`: digits, and how many of them stand behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    /// At most 12 digits before the point and 6 behind it; no sign, no grouping, no exponent.
    fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let plain = |digits: &str, most: usize| digits.len() <= most && digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole, 12) || !plain(part, 6) || (part.is_empty() && text.contains('.')) {
            return None;
        }
        let part = part.trim_end_matches('0');
        Some(Self { digits: format!("{whole}{part}").parse().ok()?, places: u32::try_from(part.len()).ok()? })
    }

    const fn times(self, other: Self) -> Self {
        Self { digits: self.digits * other.digits, places: self.places + other.places }
    }

    /// This number in units of 1/`per`, half rounded up.
    fn rounded(self, per: i128) -> i128 {
        let unit = 10i128.pow(self.places);
        (2 * self.digits * per + unit) / (2 * unit)
    }

    fn is_exact(self, per: i128) -> bool {
        (self.digits * per) % 10i128.pow(self.places) == 0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10i128.pow(self.places);
        write!(f, "{}", self.digits / unit)?;
        let part = format!("{:0width$}", self.digits % unit, width = self.places as usize);
        match part.trim_end_matches('0') {
            "" => Ok(()),
            part => write!(f, ".{part}"),
        }
    }
}

/// How many shillings one unit of the file's currency is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(Decimal);

impl Rate {
    /// `129` or `129.50`; above zero and at most a million.
    pub fn parse(text: &str) -> Option<Self> {
        let rate = Decimal::parse(text.trim())?;
        (rate.digits > 0 && rate.rounded(1) <= 1_000_000).then_some(Self(rate))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A price in shillings, and what to tell about how it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Price {
    pub money: Money,
    pub note: Option<String>,
}

/// Reads a price in whole shillings. A rate multiplies it and rounds half up, and the note says so.
pub(super) fn read_price(typed: &str, rate: Option<Rate>) -> Result<Price, String> {
    let number = Decimal::parse(typed)
        .ok_or_else(|| format!("the price “{typed}” is not a plain number like 1250 or 1250.50"))?;
    let sum = rate.map_or(number, |rate| number.times(rate.0));
    let shillings = sum.rounded(1);
    if shillings > DEAREST {
        return Err(format!("the price “{typed}” is too large to be real"));
    }
    let money =
        Money::shillings(i64::try_from(shillings).map_err(|_| format!("the price “{typed}” is too large to be real"))?);
    let note = match rate {
        None if !sum.is_exact(1) => {
            return Err(format!("the price {typed} is no whole shilling; give --rate if it is in another currency"));
        }
        None => None,
        Some(rate) if sum.is_exact(1) => Some(format!("{typed} × {rate} = {money}")),
        Some(rate) => Some(format!("{typed} × {rate} = {sum}, rounded to {money}")),
    };
    Ok(Price { money, note })
}

/// Reads what something cost the merchant, to the cent; `None` when it is no number.
pub(super) fn read_cost(typed: &str, rate: Option<Rate>) -> Option<Money> {
    let number = Decimal::parse(typed)?;
    let cents = rate.map_or(number, |rate| number.times(rate.0)).rounded(100);
    (cents <= DEAREST * 100).then(|| i64::try_from(cents).ok().map(Money::kes)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(typed: &str, rate: &str) -> Result<(i64, Option<String>), String> {
        read_price(typed, Rate::parse(rate)).map(|price| (price.money.minor(), price.note))
    }

    #[test]
    fn a_rate_multiplies_exactly_and_rounds_half_up() {
        assert_eq!(price("50.00", "129.50"), Ok((647_500, Some("50.00 × 129.5 = KSh 6,475".into()))));
        assert_eq!(price("42.99", "129"), Ok((554_600, Some("42.99 × 129 = 5545.71, rounded to KSh 5,546".into()))));
        assert_eq!(price("0.5", "1"), Ok((100, Some("0.5 × 1 = 0.5, rounded to KSh 1".into()))));
        assert_eq!(price("0.49", "1").map(|p| p.0), Ok(0));
        assert_eq!(price("1.1", "1.000001").map(|p| p.0), Ok(100));
    }

    #[test]
    fn without_a_rate_only_whole_shillings_pass() {
        assert_eq!(price("1250", ""), Ok((125_000, None)));
        assert_eq!(price("1250.00", ""), Ok((125_000, None)));
        assert_eq!(
            price("42.99", ""),
            Err("the price 42.99 is no whole shilling; give --rate if it is in another currency".into())
        );
    }

    #[test]
    fn what_is_no_plain_number_is_refused() {
        for typed in ["", "-5", "+5", "1,250", "12.", ".5", "1e3", "KSh 5", "1.2.3", "1234567890123", "0.1234567", "٥"]
        {
            assert!(read_price(typed, None).is_err(), "{typed}");
        }
        assert!(read_price("100000001", None).is_err());
        assert!(read_price("999999999999", Rate::parse("1000000")).is_err());
    }

    #[test]
    fn a_rate_is_above_zero_and_sane() {
        assert_eq!(Rate::parse("0"), None);
        assert_eq!(Rate::parse("-1"), None);
        assert_eq!(Rate::parse("1000001"), None);
        assert_eq!(Rate::parse(" 129.50 ").map(|rate| rate.to_string()), Some("129.5".into()));
    }

    #[test]
    fn a_cost_keeps_its_cents() {
        assert_eq!(read_cost("9.99", None), Some(Money::kes(999)));
        assert_eq!(read_cost("9.99", Rate::parse("129")), Some(Money::kes(128_871)));
        assert_eq!(read_cost("cheap", None), None);
    }
}

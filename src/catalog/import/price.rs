//! Prices as a file spells them, turned into whole shillings without a float.

use super::remark::{PriceOf, Remark};
use crate::kernel::money::Money;
use std::fmt;

/// The dearest thing a file may hold, in shillings.
const DEAREST: i128 = 100_000_000;

/// A number of the form `1250` or `1250.50`: digits, and how many of them stand behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    /// At most 12 digits before the point and 6 behind it; no sign, no grouping, no exponent.
    pub(super) fn parse(text: &str) -> Option<Self> {
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
    pub(super) fn rounded(self, per: i128) -> i128 {
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
    pub note: Option<Remark>,
}

/// Why a sum cannot be read.
enum Unclear {
    NoNumber,
    /// `1.250` is a thousand and more to some and one and a quarter to others.
    Ambiguous,
}

/// A sum without the signs around it.
struct Bare<'t> {
    number: &'t str,
    /// The cell says that it is shillings.
    is_shillings: bool,
}

impl<'t> Bare<'t> {
    /// Of what was typed, in small letters.
    fn of(lower: &'t str) -> Self {
        let mut number = lower;
        for sign in ["kshs", "ksh", "kes", "shs", "sh"] {
            number = number.strip_prefix(sign).map_or(number, |rest| rest.trim_start_matches('.').trim_start());
        }
        for sign in ["/=", "/-", "kshs", "ksh", "kes"] {
            number = number.strip_suffix(sign).map_or(number, str::trim_end);
        }
        Self { number, is_shillings: number.len() < lower.len() }
    }
}

/// A rate is for prices in another currency: what says that it is shillings is.
fn rate_of(typed: &str, rate: Option<Rate>) -> Option<Rate> {
    rate.filter(|_| !Bare::of(&typed.trim().to_lowercase()).is_shillings)
}

/// Reads a sum as people and programs write it: `1250`, `1,250.00`, `1.250,00`, `KSh 1,250`, `1250/=`.
/// What can be read in two ways is not read at all.
fn read_sum(typed: &str) -> Result<Decimal, Unclear> {
    let lower = typed.trim().to_lowercase();
    let bare = Bare::of(&lower).number;
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let groups: Vec<&str> = bare.split(is_blank).collect();
    // Blanks may part thousands and nothing else.
    let digits = |text: &str| text.split([',', '.']).next().unwrap_or_default().len();
    if groups.len() > 1 && groups[1..].iter().any(|group| digits(group) != 3) {
        return Err(Unclear::NoNumber);
    }
    let number = groups.concat();
    let (commas, points) = (number.matches(',').count(), number.matches('.').count());
    let plain = match (commas, points) {
        (0, 0) => number,
        // The one that comes last parts the cents, the other the thousands.
        (_, 1) if commas > 0 && number.rfind(',') < number.find('.') => ungrouped(&number, ',', '.')?,
        (1, _) if points > 0 && number.rfind('.') < number.find(',') => ungrouped(&number, '.', ',')?,
        (0, 1) => {
            let (whole, part) = number.split_once('.').ok_or(Unclear::NoNumber)?;
            if part.len() == 3 && whole != "0" && (1..=3).contains(&whole.len()) {
                return Err(Unclear::Ambiguous);
            }
            number
        }
        // Three digits behind a comma are thousands; one or two are cents.
        (1, 0) if number.split_once(',').is_some_and(|(_, part)| part.len() <= 2) => number.replace(',', "."),
        (_, 0) => ungrouped(&number, ',', '.')?,
        (0, _) => ungrouped(&number, '.', ',')?,
        _ => return Err(Unclear::NoNumber),
    };
    Decimal::parse(&plain).ok_or(Unclear::NoNumber)
}

/// Without the marks between thousands, which must stand where they belong; with a point before the cents.
fn ungrouped(number: &str, thousands: char, cents: char) -> Result<String, Unclear> {
    let (whole, part) = number.split_once(cents).map_or((number, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default();
    if first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) {
        return Err(Unclear::NoNumber);
    }
    let whole = whole.replace(thousands, "");
    Ok(part.map_or(whole.clone(), |part| format!("{whole}.{part}")))
}

/// Reads a price in whole shillings. A rate multiplies it and rounds half up, and the note says so.
pub(super) fn read_price(typed: &str, rate: Option<Rate>, which: PriceOf) -> Result<Price, Remark> {
    let says = || typed.to_owned();
    let rate = rate_of(typed, rate);
    let number = read_sum(typed).map_err(|why| match why {
        Unclear::NoNumber => Remark::PriceNoNumber { which, says: says() },
        Unclear::Ambiguous => Remark::PriceAmbiguous { which, says: says() },
    })?;
    let sum = rate.map_or(number, |rate| number.times(rate.0));
    let shillings = sum.rounded(1);
    let too_large = || Remark::PriceTooLarge { which, says: says() };
    if shillings > DEAREST {
        return Err(too_large());
    }
    let money = Money::shillings(i64::try_from(shillings).map_err(|_| too_large())?);
    let note = match rate {
        None if !sum.is_exact(1) => return Err(Remark::PriceNotWhole { which, says: says() }),
        None => None,
        Some(rate) if sum.is_exact(1) => {
            Some(Remark::PriceConverted { which, says: says(), rate: rate.to_string(), money })
        }
        Some(rate) => {
            let (rate, exact) = (rate.to_string(), sum.to_string());
            Some(Remark::PriceRounded { which, says: says(), rate, exact, money })
        }
    };
    Ok(Price { money, note })
}

/// Reads what something cost the merchant, to the cent; `None` when it is no number.
pub(super) fn read_cost(typed: &str, rate: Option<Rate>) -> Option<Money> {
    let number = read_sum(typed).ok()?;
    let cents = rate_of(typed, rate).map_or(number, |rate| number.times(rate.0)).rounded(100);
    (cents <= DEAREST * 100).then(|| i64::try_from(cents).ok().map(Money::kes)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(typed: &str, rate: &str) -> Result<(i64, Option<String>), String> {
        read_price(typed, Rate::parse(rate), PriceOf::Now)
            .map(|price| (price.money.minor(), price.note.map(|note| note.to_string())))
            .map_err(|remark| remark.to_string())
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
    fn what_says_that_it_is_shillings_is_not_multiplied() {
        for typed in ["KSh 1,250", "KES 1250.00", "1,250/=", "1250 kes", "Sh. 1250"] {
            assert_eq!(price(typed, "129.50"), Ok((125_000, None)), "{typed}");
            assert_eq!(read_cost(typed, Rate::parse("129.50")), Some(Money::shillings(1_250)), "{typed}");
        }
        assert_eq!(price("1,250", "2").map(|price| price.0), Ok(250_000));
    }

    #[test]
    fn without_a_rate_only_whole_shillings_pass() {
        assert_eq!(price("1250", ""), Ok((125_000, None)));
        assert_eq!(price("1250.00", ""), Ok((125_000, None)));
        assert_eq!(
            price("42.99", ""),
            Err("the price 42.99 is no whole shilling; if it is in another currency, give a rate".into())
        );
    }

    #[test]
    fn every_way_of_writing_a_sum_is_one_price() {
        for typed in [
            "1250",
            "1,250",
            "1.250,00",
            "1,250.00",
            "KSh 1,250",
            "Ksh1250",
            "KES 1250.00",
            "1250/=",
            "1,250/-",
            "1 250",
            "1\u{a0}250,00",
            "Sh. 1250",
            "1250 KES",
            "Kshs. 1,250.0",
        ] {
            assert_eq!(price(typed, ""), Ok((125_000, None)), "{typed}");
        }
        for (typed, cents) in
            [("1,250,000", 125_000_000), ("1.250.000", 125_000_000), ("1.250.000,00", 125_000_000), ("12,00", 1_200)]
        {
            assert_eq!(price(typed, ""), Ok((cents, None)), "{typed}");
        }
        assert_eq!(price("12,50", "2").map(|price| price.0), Ok(2_500));
    }

    #[test]
    fn what_is_no_number_or_two_is_refused() {
        for typed in [
            "",
            "-5",
            "+5",
            "12.",
            ".5",
            "1e3",
            "KSh",
            "1.2.3",
            "1234567890123",
            "0.1234567",
            "٥",
            "1,25,000",
            "1,2",
            "12,5000",
            "1.250,00,0",
            "12 50",
            "=1+1",
            "5 or 6",
            "1250 USD",
            "$5",
            "1,250.00.0",
        ] {
            let is_cents = typed == "1,2";
            assert!(is_cents || read_price(typed, None, PriceOf::Now).is_err(), "{typed}");
        }
        assert_eq!(
            price("1,2", ""),
            Err("the price 1,2 is no whole shilling; if it is in another currency, give a rate".into())
        );
        assert_eq!(
            price("1.250", ""),
            Err("the price “1.250” may be a thousand or a fraction; write it without the point".into())
        );
        for (typed, rate) in [("100000001", ""), ("999999999999", "1000000")] {
            assert_eq!(price(typed, rate), Err(format!("the price “{typed}” is too large to be real")));
        }
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

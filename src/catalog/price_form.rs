//! A price as a merchant types it; the browser checks with the same lines as the server.

use crate::kernel::{currency::Currency, field_errors::FieldProblem, money::Money, whole_number::ungrouped};

/// The dearest thing a shop may sell, in whole units.
const MOST: i64 = 10_000_000;

/// Every way of writing the currency, in small letters; longer ones before those that they begin with.
const SIGNS: [&str; 9] = ["kshs.", "kshs", "ksh.", "ksh", "kes", "shs", "sh", "/=", "/-"];

/// Reads `1250`, `1,250`, `1 250`, `KSh 1,250` or `1,250/-`: whole units above zero. Commas and blanks part thousands
/// and nothing else: `1250,00` is a hundred times less to some, so it is no price.
pub fn parse_price(typed: &str, currency: Currency) -> Result<Money, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let small = text.to_ascii_lowercase().replace(&currency.sign().to_ascii_lowercase(), "ksh");
    let bare = SIGNS.iter().fold(small, |text, sign| text.replace(sign, ""));
    // Nothing below a shilling can be paid by phone; ".00" says nothing.
    let bare = bare.trim().trim_end_matches(".00");
    let digits = ungrouped(bare).filter(|digits| digits.len() <= 12).ok_or(FieldProblem::NotAPrice)?;
    match digits.parse::<i64>() {
        Ok(0) | Err(_) => Err(FieldProblem::NotAPrice),
        Ok(whole) if whole > MOST => Err(FieldProblem::TooHigh),
        Ok(whole) => Ok(Money::new(whole * currency.minor_per_whole(), currency)),
    }
}

/// An amount as a form has it, so that reading it again gives the same: `1250`, and `12.50` where an import left cents.
pub fn spelled(amount: Option<Money>) -> String {
    let Some(amount) = amount else { return String::new() };
    match amount.minor() % amount.currency().minor_per_whole() {
        0 => amount.whole().to_string(),
        cents => format!("{}.{cents:02}", amount.whole()),
    }
}

/// Reads an amount over the one that is stored: left as it was, it is the stored one to the cent; empty is none.
pub fn parse_over(typed: &str, stored: Option<Money>, currency: Currency) -> Result<Option<Money>, FieldProblem> {
    let text = typed.trim();
    if text == spelled(stored) {
        return Ok(stored);
    }
    if text.is_empty() { Ok(None) } else { parse_price(text, currency).map(Some) }
}

/// How many percent of the price are left after the cost, rounded down; none without a cost.
pub fn margin_percent(price: Money, cost: Option<Money>) -> Option<i64> {
    let left = price.minus(cost?).ok()?;
    left.minor().checked_mul(100)?.checked_div_euclid(price.minor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_shillings_is_one_price() {
        for typed in [
            "1250",
            "1,250",
            " 1 250 ",
            "KSh 1,250",
            "Ksh1250",
            "1,250.00",
            "1250/=",
            "KSH 1,250",
            "ksh. 1250",
            "1,250/-",
            "Kshs 1,250.00",
            "1250 sh",
        ] {
            assert_eq!(parse_price(typed, Currency::Kes), Ok(Money::shillings(1_250)), "{typed}");
        }
    }

    #[test]
    fn what_nobody_could_pay_is_no_price() {
        for typed in ["0", "-5", "12.50", "abc", "1e3", "KSh", "9999999999999999", "1.250,00", ".5", "ksh -5"] {
            assert_eq!(parse_price(typed, Currency::Kes), Err(FieldProblem::NotAPrice), "{typed}");
        }
        assert_eq!(parse_price("", Currency::Kes), Err(FieldProblem::Missing));
        assert_eq!(parse_price("10000001", Currency::Kes), Err(FieldProblem::TooHigh));
    }

    #[test]
    fn marks_that_may_part_cents_are_not_taken_for_thousands() {
        for typed in ["1250,00", "12,50", "1,25", "12 50", "1250,000", "1,25,000", "1,2500"] {
            assert_eq!(parse_price(typed, Currency::Kes), Err(FieldProblem::NotAPrice), "{typed}");
        }
        assert_eq!(parse_price("1,250,000", Currency::Kes), Ok(Money::shillings(1_250_000)));
        assert_eq!(parse_price("1, 250", Currency::Kes), Ok(Money::shillings(1_250)));
    }

    #[test]
    fn cents_of_an_import_survive_a_form_that_does_not_touch_them() {
        let stored = Some(Money::kes(4_299));
        assert_eq!(spelled(stored), "42.99");
        assert_eq!(parse_over("42.99", stored, Currency::Kes), Ok(stored));
        assert_eq!(parse_over("43.99", stored, Currency::Kes), Err(FieldProblem::NotAPrice));
        assert_eq!(parse_over(" ", stored, Currency::Kes), Ok(None));
        assert_eq!(parse_over("1,250", stored, Currency::Kes), Ok(Some(Money::shillings(1_250))));
    }

    #[test]
    fn the_margin_is_a_share_of_the_price() {
        let margin = |price, cost| margin_percent(Money::shillings(price), Some(Money::shillings(cost)));
        assert_eq!(margin(1_000, 600), Some(40));
        assert_eq!(margin(1_500, 1_000), Some(33));
        assert_eq!(margin(1_000, 1_200), Some(-20));
        assert_eq!(margin(0, 10), None);
        assert_eq!(margin_percent(Money::shillings(10), None), None);
    }
}

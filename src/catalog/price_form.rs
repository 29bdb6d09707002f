//! A price as a merchant types it; the browser checks with the same lines as the server.

use crate::kernel::{currency::Currency, field_errors::FieldProblem, money::Money};

/// The dearest thing a shop may sell, in whole units.
const MOST: i64 = 10_000_000;

/// Reads `1250`, `1,250`, `1 250` or `KSh 1,250`: whole units above zero.
pub fn parse_price(typed: &str, currency: Currency) -> Result<Money, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let bare = [currency.sign(), "Ksh", "KES", "/="].iter().fold(text.to_owned(), |text, sign| text.replace(sign, ""));
    // Nothing below a shilling can be paid by phone; ".00" says nothing.
    let bare = bare.trim().trim_end_matches(".00");
    let digits: String = bare.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}')).collect();
    if digits.is_empty() || digits.len() > 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldProblem::NotAPrice);
    }
    match digits.parse::<i64>() {
        Ok(0) | Err(_) => Err(FieldProblem::NotAPrice),
        Ok(whole) if whole > MOST => Err(FieldProblem::TooHigh),
        Ok(whole) => Ok(Money::new(whole * currency.minor_per_whole(), currency)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_shillings_is_one_price() {
        for typed in ["1250", "1,250", " 1 250 ", "KSh 1,250", "Ksh1250", "1,250.00", "1250/="] {
            assert_eq!(parse_price(typed, Currency::Kes), Ok(Money::shillings(1_250)), "{typed}");
        }
    }

    #[test]
    fn what_nobody_could_pay_is_no_price() {
        for typed in ["0", "-5", "12.50", "abc", "1e3", "KSh", "9999999999999999"] {
            assert_eq!(parse_price(typed, Currency::Kes), Err(FieldProblem::NotAPrice), "{typed}");
        }
        assert_eq!(parse_price("", Currency::Kes), Err(FieldProblem::Missing));
        assert_eq!(parse_price("10000001", Currency::Kes), Err(FieldProblem::TooHigh));
    }
}

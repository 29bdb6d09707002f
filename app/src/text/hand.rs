//! What shoppers read about paying without a provider: cash at the door, and the merchant's own way.

mod en;
mod sw;

use duka::delivery::cash_rules::NoCash;
use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};

/// The words of one language.
pub struct HandWords {
    /// Why cash is not offered; the area is the one chosen now.
    pub no_cash: fn(&NoCash, &str) -> String,
    /// Beside the choice of the merchant's own way.
    pub manual_text: &'static str,
    pub manual_heading: fn(&str, &Money) -> String,
    pub manual_reference: fn(OrderNumber) -> String,
    pub manual_wait: &'static str,
    pub or_by_prompt: &'static str,
    pub manual_progress: fn(&str, &Money) -> String,
    /// Beside the choice of cash, where something is paid before.
    pub deposit: fn(&Money) -> String,
    /// While the deposit of an order is asked for.
    pub deposit_first: fn(&Money) -> String,
}

pub const fn words(locale: Locale) -> &'static HandWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_against_cash_has_its_own_sentence_with_its_facts() {
        let whys = [
            NoCash::NotTaken,
            NoCash::NotThere,
            NoCash::TooMuch { most: Money::shillings(5_000) },
            NoCash::NotYet { least: 3 },
            NoCash::CameBack,
        ];
        for locale in Locale::ALL {
            let said: Vec<String> = whys.iter().map(|why| (words(locale).no_cash)(why, "Karen")).collect();
            let unlike: std::collections::BTreeSet<&String> = said.iter().collect();
            assert_eq!(unlike.len(), whys.len());
            assert!(said[1].contains("Karen") && said[2].contains("KSh 5,000") && said[3].contains('3'), "{said:?}");
        }
    }
}

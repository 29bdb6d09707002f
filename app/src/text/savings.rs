//! What shoppers read about discounts: what is taken off, what is missing, why a code does not count.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money};
use duka::pricing::priced::CodeRefusal;

/// The words of one language.
pub struct SavingWords {
    /// The line of an order with discounts.
    pub discount: &'static str,
    pub with_code: fn(&str, &str) -> String,
    pub you_save: fn(&Money) -> String,
    pub after_discounts: &'static str,
    /// A discount that is off the delivery, beneath what the goods come to.
    pub off_delivery: fn(&str) -> String,
    /// How discounts are taken together, where several can be.
    pub how_combined: &'static str,
    pub to_free_delivery: fn(&Money) -> String,
    pub typed_codes: &'static str,
    pub remove_code: fn(&str) -> String,
    pub not_counted: fn(&str, &CodeRefusal) -> String,
    pub not_taken: fn(&str, &CodeRefusal) -> String,
    pub too_many_codes: fn(usize) -> String,
}

pub const fn words(locale: Locale) -> &'static SavingWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn every_refusal_of_a_code_says_why_in_both_languages() {
        let whys = [
            CodeRefusal::Unknown,
            CodeRefusal::NotYet { from: DateTime::UNIX_EPOCH },
            CodeRefusal::Over,
            CodeRefusal::Paused,
            CodeRefusal::BelowMinimum { missing: Money::shillings(1_250) },
            CodeRefusal::UsedUp,
            CodeRefusal::AlreadyUsed,
            CodeRefusal::NothingFits,
            CodeRefusal::Beaten,
            CodeRefusal::NothingLeft,
        ];
        for locale in Locale::ALL {
            let said: std::collections::BTreeSet<String> =
                whys.iter().map(|why| (words(locale).not_taken)("KARIBU10", why)).collect();
            assert_eq!(said.len(), whys.len(), "each reason has its own sentence");
            assert!(said.iter().all(|sentence| sentence.contains("KARIBU10")));
            assert!((words(locale).not_taken)("KARIBU10", &whys[4]).contains("KSh 1,250"));
        }
    }
}

//! What people read about payments by card: the shopper on the order's page, the merchant beside an attempt.

mod en;
mod sw;

use super::shop::OutcomeWords;
use duka::kernel::{locale::Locale, money::Money};
use duka::payments::providers::paystack::outcome::CardOutcome;

/// The words of one language.
pub struct CardWords {
    pub pay_by_card: &'static str,
    pub pay_text: fn(&Money) -> String,
    pub another_way: &'static str,

    pub open: &'static str,
    pub open_text: fn(&Money) -> String,
    pub go_on: &'static str,
    pub check_now: &'static str,

    pub checking: &'static str,
    pub checking_text: &'static str,

    pub outcome: fn(CardOutcome) -> OutcomeWords,
    pub no_money_moved: &'static str,
    /// Brand and last four digits.
    pub paid_with: fn(&str, &str) -> String,

    /// Why an attempt failed, for the merchant.
    pub failure: fn(CardOutcome) -> &'static str,
}

pub const fn words(locale: Locale) -> &'static CardWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// `Visa` of `visa`.
fn brand(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_has_words_of_its_own_in_both_languages() {
        for locale in Locale::ALL {
            let words = words(locale);
            let ends = CardOutcome::ALL.into_iter().filter(|end| *end != CardOutcome::Paid);
            let mut headings: Vec<_> = ends.clone().map(|end| (words.outcome)(end).heading).collect();
            headings.sort_unstable();
            headings.dedup();
            assert_eq!(headings.len(), ends.clone().count());
            assert!(ends.clone().all(|end| (words.outcome)(end).is_money_safe == end.is_money_safe()));
        }
    }

    #[test]
    fn a_card_is_named_by_its_brand_and_last_digits() {
        assert_eq!((words(Locale::En).paid_with)("visa", "4081"), "Paid with Visa ending in 4081");
        assert_eq!((words(Locale::Sw).paid_with)("visa", "4081"), "Imelipwa kwa Visa inayoishia 4081");
    }
}

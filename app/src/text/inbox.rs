//! Words of the payments' tabs and of the inbox: money without a place, what it may be for, where it is put.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};
use duka::payments::matching::Why;

/// Every word and sentence, so that a language with a gap does not compile.
pub struct InboxWords {
    /// Payments, inbox, refunds, close.
    pub tabs: [&'static str; 4],
    pub tabs_of: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    /// So many payments, so much money.
    pub waiting: fn(u32, &Money) -> String,
    pub nothing: &'static str,
    pub nothing_text: &'static str,
    pub left_of: fn(&Money) -> String,
    pub from: &'static str,
    pub account: &'static str,
    pub no_account: &'static str,
    pub receipt: &'static str,
    pub suggestions: &'static str,
    pub no_suggestions: &'static str,
    /// Of the shilling with which the account was tried.
    pub own_trial: &'static str,
    pub order: fn(OrderNumber) -> String,
    pub due: fn(&Money) -> String,
    pub why: fn(Why) -> &'static str,
    /// The button: how much, and on which order.
    pub assign: fn(&Money, OrderNumber) -> String,
    pub other_ways: &'static str,
    pub back: &'static str,
    pub assigned: &'static str,
    pub owed: &'static str,
    pub credited: &'static str,
    pub refund_asked: &'static str,
    pub changed: &'static str,
    pub cannot_take: &'static str,
    pub search: &'static str,
    pub search_text: &'static str,
    pub search_hint: &'static str,
    pub found: &'static str,
    pub found_nothing: &'static str,
    pub amount: &'static str,
    pub amount_hint: &'static str,
    pub put_there: &'static str,
    pub credit: &'static str,
    pub credit_text: &'static str,
    pub phone: &'static str,
    pub credit_button: &'static str,
    pub refund: &'static str,
    pub refund_text: &'static str,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub refund_button: &'static str,
    pub went: &'static str,
    pub place: fn(&str) -> &'static str,
    pub only_owner: &'static str,
    pub use_credit_title: &'static str,
    pub has_credit: fn(&Money) -> String,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static InboxWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::payments::matching::Edit;

    #[test]
    fn every_reason_has_words_of_its_own_in_both_languages() {
        let reasons = [
            Why::SameAmount,
            Why::PartOfAmount,
            Why::MoreThanAmount,
            Why::SameReference,
            Why::SameNumber,
            Why::AlmostReference(Edit::Swapped),
            Why::AlmostReference(Edit::Missing),
            Why::AlmostReference(Edit::Extra),
            Why::AlmostReference(Edit::Wrong),
            Why::PhoneAsAccount,
            Why::SamePhone,
            Why::KnownPayer,
            Why::SameName,
            Why::JustOrdered,
        ];
        for locale in Locale::ALL {
            let mut said: Vec<_> = reasons.iter().map(|why| (words(locale).why)(*why)).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), reasons.len(), "{locale:?}");
        }
    }
}

//! Words of an order that staff enter for a buyer.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money};

/// Every word and sentence, so that a language with a gap does not compile.
pub struct EntryWords {
    pub title: &'static str,
    pub lead: &'static str,
    pub goods: &'static str,
    pub no_goods: &'static str,
    pub find: &'static str,
    pub find_hint: &'static str,
    pub search: &'static str,
    pub nothing_found: &'static str,
    pub add: fn(&str) -> String,
    pub quantity_of: fn(&str) -> String,
    pub remove_hint: &'static str,
    pub left: fn(i64) -> String,
    pub buyer: &'static str,
    pub channel: &'static str,
    pub name: &'static str,
    pub phone: &'static str,
    pub area: &'static str,
    pub street: &'static str,
    /// Beneath it, when the buyer comes for the goods.
    pub no_street: &'static str,
    pub instructions: &'static str,
    pub payment_method: &'static str,
    pub prompt: &'static str,
    pub cash: &'static str,
    pub language: &'static str,
    pub reckon: &'static str,
    pub sums: &'static str,
    pub subtotal: &'static str,
    pub savings: &'static str,
    pub delivery: &'static str,
    pub total: &'static str,
    pub place: fn(&Money) -> String,
    pub empty: &'static str,
    pub bad_quantity: &'static str,
    pub not_sold: &'static str,
    pub changed: &'static str,
    pub look_again: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static EntryWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

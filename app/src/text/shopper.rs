//! Words of a shopper's own pages: coming in by a code, orders, addresses, language, data.

mod en;
mod sw;

use duka::kernel::locale::Locale;

pub struct ShopperWords {
    /// The way to these pages, and the name of the first.
    pub title: &'static str,
    pub lead: &'static str,
    pub send_code: &'static str,
    /// How many seconds to wait.
    pub wait: fn(u32) -> String,
    /// The same for who looks for an order by its number.
    pub tried_often: fn(u32) -> String,

    pub code_title: &'static str,
    pub code_lead: &'static str,
    pub code: &'static str,
    pub enter: &'static str,
    pub not_a_code: &'static str,
    /// How many more may be tried.
    pub wrong: fn(u32) -> String,
    pub over: &'static str,
    pub ask_again: &'static str,
    pub nothing_came: &'static str,

    /// The menu of these pages.
    pub menu: &'static str,
    /// Of the name, which may be empty, and the phone with its middle hidden.
    pub signed_in: fn(&str, &str) -> String,
    pub sign_out: &'static str,
    /// Of what stands first and how many lines stand below it.
    pub goods: fn(&str, u32) -> String,
    pub no_orders: &'static str,

    pub places: &'static str,
    pub places_lead: &'static str,
    pub no_places: &'static str,
    pub label: &'static str,
    pub told: &'static str,
    pub told_hint: &'static str,
    pub usual: &'static str,
    pub is_usual: &'static str,
    pub change: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub forget: &'static str,
    pub changed_meanwhile: &'static str,

    pub own: &'static str,
    pub language: &'static str,
    pub language_lead: &'static str,
    pub copy: &'static str,
    pub copy_text: &'static str,
    pub copy_button: &'static str,
    pub erase: &'static str,
    pub erase_text: &'static str,
    pub erase_now: &'static str,
    /// Of the orders that are open and how many sums have not gone back.
    pub erase_later: fn(&[String], u32) -> String,
    pub erase_sure: &'static str,
    /// To whoever pressed without it.
    pub please_tick: &'static str,
    pub erase_button: &'static str,
    pub erase_waits: &'static str,
    pub keep_button: &'static str,
    pub not_sure: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static ShopperWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

//! What a rider reads at the door.

mod en;
mod sw;

use duka::delivery::parcel::Failure;
use duka::kernel::{locale::Locale, money::Money, order_number::OrderNumber};

/// The words of one language.
pub struct RiderWords {
    pub title: fn(OrderNumber) -> String,
    pub collect: fn(&Money) -> String,
    pub paid: &'static str,
    pub paid_text: &'static str,
    pub send_prompt: &'static str,
    pub send_again: &'static str,
    pub prompt_text: fn(&str) -> String,
    pub other_phone: &'static str,
    pub other_phone_hint: &'static str,
    pub waiting: fn(&str) -> String,
    pub failed: &'static str,
    pub look_again: &'static str,
    pub got_cash: &'static str,
    pub cash_text: &'static str,
    pub amount: &'static str,
    pub more_than_owed: &'static str,
    pub to_whom: &'static str,
    pub call: fn(&str) -> String,
    pub whatsapp: &'static str,
    /// Looks the place up on a map.
    pub on_map: &'static str,
    /// Whose parcel it is.
    pub from: fn(&str) -> String,
    /// Over the ways to the shop.
    pub ask_shop: &'static str,
    /// To the buyer: number, the shop's name; in the page's language.
    pub hello: fn(OrderNumber, &str) -> String,
    pub found: &'static str,
    pub told: &'static str,
    pub hand_over: &'static str,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub confirm: &'static str,
    pub wrong: fn(u32) -> String,
    pub locked: &'static str,
    pub money_first: fn(&Money) -> String,
    pub not_a_code: &'static str,
    pub cannot: &'static str,
    pub reason: &'static str,
    pub failure: fn(Failure) -> &'static str,
    pub failure_note: &'static str,
    pub bring_back: &'static str,
    pub way: &'static str,
    pub way_hint: &'static str,
    pub keep_way: &'static str,
    pub way_kept: &'static str,
    pub delivered: &'static str,
    pub delivered_text: &'static str,
    pub brought_back: &'static str,
    pub brought_back_text: &'static str,
    pub no_prompt: &'static str,
    /// M-Pesa does not move at once what is to be collected.
    pub too_much: &'static str,
    /// Leads from the page that waits for the prompt to everything else that a rider can do.
    pub something_else: &'static str,
    pub prompt_open: &'static str,
    pub pause: fn(u32) -> String,
    pub recorded: &'static str,
    /// One page for links that are over, made anew or made up.
    pub gone: &'static str,
    pub gone_text: &'static str,
}

pub const fn words(locale: Locale) -> &'static RiderWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

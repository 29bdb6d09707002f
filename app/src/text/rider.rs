//! What a rider reads at the door.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money};

/// The words of one language.
pub struct RiderWords {
    pub title: fn(i64) -> String,
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
    pub to_whom: &'static str,
    pub call: fn(&str) -> String,
    pub no_prompt: &'static str,
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

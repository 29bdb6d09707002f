//! What shoppers read about paying without a prompt: which numbers to type, what is still missing, what was too much.

mod en;
mod sw;

use duka::kernel::{locale::Locale, money::Money};

/// The words of one language.
pub struct ByHandWords {
    pub heading: &'static str,
    /// Where a prompt did not work: the other way.
    pub way_out: &'static str,
    pub waiting: fn(&Money) -> String,
    /// Opened, then chosen: up to where the numbers are typed.
    pub paybill_steps: [&'static str; 3],
    pub till_steps: [&'static str; 3],
    pub paybill: &'static str,
    pub till: &'static str,
    pub account: &'static str,
    pub amount: &'static str,
    /// Beside the values: one tap marks the whole.
    pub copy: &'static str,
    pub pin: &'static str,
    pub it_shows: &'static str,
    pub paid_already: &'static str,
    pub by_prompt: &'static str,
    pub partly_heading: &'static str,
    /// What is missing.
    pub partly: fn(&Money) -> String,
    pub partly_text: &'static str,
    pub pay_rest: fn(&Money) -> String,
    pub excess: fn(&Money) -> String,
}

pub const fn words(locale: Locale) -> &'static ByHandWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

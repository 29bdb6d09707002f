//! Words of text messages, and of the settings page for them.

mod en;
mod sw;

use super::settings::{Entry, Labels};
use duka::{kernel::locale::Locale, mail::letter::About};

pub struct SmsWords {
    /// Its row in the settings' table of contents.
    pub entry: Entry,
    pub lead: &'static str,
    pub is_on: &'static str,
    pub is_off: &'static str,
    pub labels: Labels,
    pub username_hint: &'static str,
    pub sender_hint: &'static str,
    pub switch: &'static str,
    /// Sent, arrived and failed.
    pub sent_lately: fn(u32, u32, u32) -> String,
    pub reports: &'static str,
    pub reports_text: &'static str,
    pub heard: &'static str,
    pub not_heard: &'static str,
    /// Why the last one did not leave, by the word that is stored.
    pub problem: fn(&str) -> &'static str,
}

pub const fn words(locale: Locale) -> &'static SmsWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// What a buyer is told on their phone; none for what is no buyer's.
pub fn notice(locale: Locale, about: &About) -> Option<String> {
    match locale {
        Locale::En => en::notice(about),
        Locale::Sw => sw::notice(about),
    }
}

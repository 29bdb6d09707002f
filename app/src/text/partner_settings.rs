//! Words of the settings page for delivery partners.

mod en;
mod sw;

use super::settings::{Entry, Labels};
use duka::kernel::locale::Locale;

pub struct PartnerSettingsWords {
    /// Its row in the settings' table of contents.
    pub entry: Entry,
    pub lead: &'static str,
    pub labels: Labels,
    pub business_hint: &'static str,
    pub sender_hint: &'static str,
    pub sender_later: &'static str,
    pub no_sender: &'static str,
    pub in_use: fn(usize, usize) -> String,
    pub without_sender: &'static str,
    pub none: &'static str,
    pub stopped: &'static str,
    /// Why the last call did not go through, by the word that is stored.
    pub problem: fn(&str) -> &'static str,
    pub check: &'static str,
    pub check_text: &'static str,
    pub listed: fn(&str) -> String,
    pub heard: fn(&str) -> String,
    pub not_heard: &'static str,
    pub by_hand: &'static str,
    pub stop: &'static str,
    pub stop_text: &'static str,
}

pub const fn words(locale: Locale) -> &'static PartnerSettingsWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

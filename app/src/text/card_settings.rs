//! Words of the settings page for cards.

mod en;
mod sw;

use super::settings::{Entry, Labels};
use duka::kernel::locale::Locale;

pub struct CardSettingsWords {
    /// Its row in the settings' table of contents.
    pub entry: Entry,
    pub lead: &'static str,
    pub labels: Labels,
    pub public_hint: &'static str,
    pub in_use: &'static str,
    pub in_use_for_trying: &'static str,
    pub none: &'static str,
    pub candidate: &'static str,
    /// Why the keys are not in use, by the word that is stored.
    pub problem: fn(&str) -> &'static str,
    pub check: &'static str,
    pub check_text: &'static str,
    pub events: &'static str,
    pub events_text: &'static str,
    pub heard: &'static str,
    pub not_heard: &'static str,
    pub stop: &'static str,
    pub stop_text: &'static str,
}

pub const fn words(locale: Locale) -> &'static CardSettingsWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

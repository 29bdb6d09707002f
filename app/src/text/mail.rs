//! The words of mails: one wording per thing that a mail can be about.

mod en;
mod sw;

use duka::{kernel::locale::Locale, mail::letter::About};

/// A mail in words; plain text, nothing is escaped yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub subject: String,
    pub greeting: String,
    /// What stands above the button.
    pub before: Vec<String>,
    pub button: Option<&'static str>,
    /// What stands beneath it.
    pub after: Vec<String>,
    pub footer: String,
}

/// What a letter says in that language.
pub fn wording(locale: Locale, about: &About) -> Wording {
    match locale {
        Locale::En => en::wording(about),
        Locale::Sw => sw::wording(about),
    }
}

/// What stands above the written-out link, for readers whose buttons do nothing.
pub const fn copy_this(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "If the button does nothing, copy this address into your browser:",
        Locale::Sw => "Kitufe kisipofanya kazi, nakili anwani hii kwenye kivinjari chako:",
    }
}

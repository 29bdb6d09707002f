//! Words of the shelf of what a phone looked at lately.

use duka::kernel::locale::Locale;

pub struct RecentWords {
    pub heading: &'static str,
}

const EN: RecentWords = RecentWords { heading: "Recently viewed" };

const SW: RecentWords = RecentWords { heading: "Ulizoangalia karibuni" };

/// The words of a language.
pub const fn words(locale: Locale) -> &'static RecentWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}

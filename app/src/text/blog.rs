//! Words around what a merchant has written for readers.

use super::dash;
use duka::kernel::{local_time::LocalDay, locale::Locale};

pub struct BlogWords {
    pub title: &'static str,
    /// What search engines show of the list.
    pub description: fn(&str) -> String,
    months: [&'static str; 12],
}

impl BlogWords {
    /// `28 November 2026`.
    pub fn day(&self, day: &LocalDay) -> String {
        let month = self.months.get(day.month().saturating_sub(1)).copied().unwrap_or_default();
        format!("{} {month} {}", day.day(), day.as_str().get(..4).unwrap_or_default())
    }
}

const EN: BlogWords = BlogWords {
    title: "Blog",
    description: |shop| format!("What {shop} writes."),
    months: dash::words(Locale::En).months,
};

const SW: BlogWords = BlogWords {
    title: "Makala",
    description: |shop| format!("Makala ya {shop}."),
    months: dash::words(Locale::Sw).months,
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static BlogWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}

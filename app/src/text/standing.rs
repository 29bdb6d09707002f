//! What every page says of a shop that is suspended or not open yet; apart, so that the bundle carries no more than it.

use duka::kernel::locale::Locale;

/// What happened, what did not, what to do.
pub const fn suspended(locale: Locale) -> &'static str {
    match locale {
        Locale::En => {
            "This account is suspended: the shop is closed to shoppers. Nothing is lost, and everything here is still yours to see. Please write to us to open it again."
        }
        Locale::Sw => {
            "Akaunti hii imesimamishwa: duka limefungwa kwa wateja. Hakuna kilichopotea, na bado unaweza kuona kila kitu hapa. Tafadhali tuandikie ili lifunguliwe tena."
        }
    }
}

/// A shop that shoppers cannot enter yet, and the words of the link that leads on.
pub const fn not_open(locale: Locale) -> (&'static str, &'static str) {
    match locale {
        Locale::En => ("Your shop is not open yet.", "First steps"),
        Locale::Sw => ("Duka lako bado halijafunguliwa.", "Hatua za kwanza"),
    }
}

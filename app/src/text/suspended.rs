//! The one sentence of a suspended merchant's dashboard, apart so that the bundle carries no more than it.

use duka::kernel::locale::Locale;

/// What happened, what did not, what to do.
pub const fn notice(locale: Locale) -> &'static str {
    match locale {
        Locale::En => {
            "This account is suspended: the shop is closed to shoppers. Nothing is lost, and everything here is still yours to see. Please write to us to open it again."
        }
        Locale::Sw => {
            "Akaunti hii imesimamishwa: duka limefungwa kwa wateja. Hakuna kilichopotea, na bado unaweza kuona kila kitu hapa. Tafadhali tuandikie ili lifunguliwe tena."
        }
    }
}

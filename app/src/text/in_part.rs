//! Below the total of an order that is paid in part: the words beside what has come, and beside what it lacks.

use duka::kernel::locale::Locale;

pub const fn labels(locale: Locale) -> (&'static str, &'static str) {
    match locale {
        Locale::En => ("Paid so far", "Still to pay"),
        Locale::Sw => ("Imelipwa hadi sasa", "Bado kulipwa"),
    }
}

//! Words to somebody whose browser has ordered here before.

use duka::kernel::locale::Locale;

pub struct KnownWords {
    pub filled_in: &'static str,
    pub not_me: &'static str,
}

const EN: KnownWords = KnownWords { filled_in: "Filled in from your last order.", not_me: "Not you? Start empty" };
const SW: KnownWords = KnownWords { filled_in: "Tumejaza kutoka oda yako ya mwisho.", not_me: "Si wewe? Anza upya" };

/// The words of a language.
pub const fn words(locale: Locale) -> &'static KnownWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}

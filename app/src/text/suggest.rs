//! Words of what is suggested while a search is typed.

use duka::kernel::locale::Locale;

pub struct SuggestWords {
    /// The list's name, which is also said aloud when it appears.
    pub found: fn(usize) -> String,
    /// Beside a shelf's name.
    pub category: &'static str,
}

const EN: SuggestWords = SuggestWords {
    found: |count| if count == 1 { "1 suggestion".to_owned() } else { format!("{count} suggestions") },
    category: "Category",
};

const SW: SuggestWords = SuggestWords {
    found: |count| if count == 1 { "Pendekezo 1".to_owned() } else { format!("Mapendekezo {count}") },
    category: "Aina ya bidhaa",
};

/// The words of a language.
pub const fn words(locale: Locale) -> &'static SuggestWords {
    match locale {
        Locale::En => &EN,
        Locale::Sw => &SW,
    }
}

//! Words of a product's pictures and of the shop's logo.

mod en;
mod sw;

use duka::{catalog::pictures::MOST, kernel::locale::Locale};

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    TooHeavy,
    TooManyPixels,
    NotAPicture,
    Damaged,
    /// A product has as many as it can.
    NoRoom,
    /// The same of a page.
    PageIsFull,
    /// Nothing says what it shows.
    NoWords,
    /// The page has it already, in other words.
    SaysElse,
}

impl NotTaken {
    pub const ALL: [Self; 8] = [
        Self::TooHeavy,
        Self::TooManyPixels,
        Self::NotAPicture,
        Self::Damaged,
        Self::NoRoom,
        Self::PageIsFull,
        Self::NoWords,
        Self::SaysElse,
    ];
}

pub struct PictureWords {
    pub title: &'static str,
    pub none_yet: &'static str,
    pub add_title: &'static str,
    pub choose: &'static str,
    /// Beneath the field, for everybody.
    pub choose_hint: &'static str,
    /// The same where pictures can be dragged and pasted.
    pub drop_hint: &'static str,
    pub upload: &'static str,
    pub none_chosen: &'static str,
    pub is_full: fn(usize) -> String,
    pub alt: &'static str,
    pub alt_hint: &'static str,
    pub stands_for: &'static str,
    pub whole_product: &'static str,
    pub first: &'static str,
    pub move_up: fn(usize) -> String,
    pub move_down: fn(usize) -> String,
    pub remove: &'static str,
    pub remove_nth: fn(usize) -> String,
    pub nth: fn(usize) -> String,
    /// Above the list that somebody else has put in another order.
    pub order_changed: &'static str,
    /// Beside a picture that stands elsewhere now.
    pub was_nth: fn(usize) -> String,
    /// Beside one that was not there.
    pub is_new: &'static str,
    /// Above the list of what was not taken; how many were.
    pub some_not_taken: fn(usize) -> String,
    pub not_taken: fn(NotTaken) -> &'static str,
    // What a script shows beside each file.
    pub waiting: &'static str,
    pub done: &'static str,
    pub not_sent: &'static str,
    pub signed_out: &'static str,
    pub list_is_old: &'static str,
    // The logo.
    pub logo: &'static str,
    pub logo_lead: &'static str,
    pub choose_logo: &'static str,
    pub logo_hint: &'static str,
    pub save_logo: &'static str,
    pub remove_logo: &'static str,
    pub no_logo_chosen: &'static str,
    /// Somebody was faster; the page shows the logo as it is now.
    pub logo_changed: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static PictureWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

/// How many there can be, for a sentence.
pub const fn most() -> usize {
    MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_sentence_of_its_own_in_both_languages() {
        for locale in Locale::ALL {
            let mut said = NotTaken::ALL.map(words(locale).not_taken).to_vec();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), NotTaken::ALL.len());
        }
    }
}

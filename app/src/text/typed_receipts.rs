//! What a shopper reads who types the receipt of what they paid, and what the shop's people read of it.

mod en;
mod sw;

use duka::kernel::locale::Locale;
use duka::payments::receipt::ReceiptState;

/// The words of one language.
pub struct TypedReceiptWords {
    pub have_paid: &'static str,
    pub have_paid_text: &'static str,
    /// From a page that draws itself anew to one on which a code can be typed.
    pub stand_still: &'static str,
    pub field: &'static str,
    pub hint: &'static str,
    pub send: &'static str,
    pub not_a_receipt: &'static str,
    pub too_many: &'static str,
    /// Said with a receipt whose first characters are not of the last days; it is looked into all the same.
    pub looks_old: &'static str,
    pub state: fn(ReceiptState, &str) -> StateWords,
}

/// What came of a receipt, and what to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateWords {
    pub heading: String,
    pub text: &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static TypedReceiptWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_names_the_receipt_and_says_what_to_do() {
        for locale in Locale::ALL {
            for state in ReceiptState::ALL {
                let told = (words(locale).state)(state, "UD25M0RR7C");
                assert!(told.heading.contains("UD25M0RR7C"), "{locale:?} {state:?}");
                assert!(told.text.len() > 30, "{locale:?} {state:?}");
            }
        }
    }
}

//! Words of the M-Pesa settings beyond numbers and keys: the API operator, addresses with their light, the balance.

mod en;
mod sw;

use super::settings::Labels;
use duka::kernel::locale::Locale;
use duka::payments::register_addresses::{AddressProblem, Light};

/// The words of one language.
pub struct MpesaWords {
    pub operator: &'static str,
    pub operator_text: &'static str,
    pub operator_labels: Labels,
    pub operator_set: fn(&str) -> String,
    pub operator_missing: &'static str,
    pub password_set: &'static str,
    pub password_until: fn(&str) -> String,
    pub password_ends_soon: fn(&str) -> String,
    pub password_over: fn(&str) -> String,

    pub addresses: &'static str,
    pub addresses_text: &'static str,
    pub register: &'static str,
    pub light: fn(Light) -> &'static str,
    pub registered_at: fn(&str) -> String,
    pub heard_at: fn(&str) -> String,
    pub heard_never: &'static str,
    /// What happened, and what to do next.
    pub problem: fn(AddressProblem) -> &'static str,
    pub next_wait: &'static str,
    pub list_registered: fn(&str) -> String,
    pub list_missing: &'static str,

    pub balance: &'static str,
    pub balance_text: &'static str,
    pub balance_needs_operator: &'static str,
    pub ask_balance: &'static str,
    pub balance_asking: &'static str,
    pub balance_at: fn(&str) -> String,
    pub balance_problem: fn(&str) -> &'static str,
}

/// The words of a language.
pub const fn words(locale: Locale) -> &'static MpesaWords {
    match locale {
        Locale::En => &en::WORDS,
        Locale::Sw => &sw::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_says_what_to_do_next() {
        for locale in Locale::ALL {
            let words = words(locale);
            for problem in AddressProblem::ALL {
                let told = (words.problem)(problem);
                assert!(told.matches('.').count() >= 2, "{locale:?} {problem:?}: {told}");
            }
            for word in ["bad_settings", "operator_locked", "operator_role", "operator_credential", "no_answer", "?"] {
                assert!((words.balance_problem)(word).len() > 20, "{locale:?} {word}");
            }
        }
    }
}

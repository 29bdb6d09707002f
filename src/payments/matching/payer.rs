//! By which a payer is known again, and when two names are one person's.

use crate::{kernel::phone::Phone, payments::providers::mpesa::PayerNumber};
use sha2::{Digest as _, Sha256};

/// The same for the same payer. A number with its middle hidden is many people's, so the name beside it counts too.
pub fn payer_key(number: &PayerNumber, name: &str) -> [u8; 32] {
    match number {
        PayerNumber::Whole(phone) => Sha256::digest(phone.msisdn()).into(),
        PayerNumber::Hashed(hash) => *hash,
        PayerNumber::Masked(text) => {
            let mut shown: String = text.chars().filter(|c| !c.is_whitespace() && *c != '+').collect();
            while shown.contains("**") {
                shown = shown.replace("**", "*");
            }
            Sha256::digest(format!("{shown} {}", name.trim().to_uppercase())).into()
        }
    }
}

/// Whether a key is this phone's: of the whole number, or of one with its middle hidden in the ways that are known,
/// beside the name that was told with it.
pub fn is_key_of(key: &[u8], phone: &Phone, name: &str) -> bool {
    if payer_key(&PayerNumber::Whole(phone.clone()), name).as_slice() == key {
        return true;
    }
    let digits = phone.msisdn();
    (3..=6).any(|shown| {
        (2..=4).any(|last| match (digits.get(..shown), digits.get(digits.len().saturating_sub(last)..)) {
            (Some(front), Some(back)) => {
                payer_key(&PayerNumber::Masked(format!("{front}*{back}")), name).as_slice() == key
            }
            _ => false,
        })
    })
}

/// Whether two names begin with the same word of three letters or more.
pub fn same_first_name(one: &str, other: &str) -> bool {
    let first = |name: &str| {
        name.split(|c: char| !c.is_alphabetic()).find(|word| word.chars().count() >= 3).map(str::to_uppercase)
    };
    first(one).is_some_and(|word| Some(word) == first(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: &str, name: &str) -> [u8; 32] {
        payer_key(&PayerNumber::read(number).expect("a form that is known"), name)
    }

    #[test]
    fn a_hash_and_the_number_are_one_payer_and_stars_need_a_name() {
        let hash = crate::kernel::token::hex(&Sha256::digest("254711223344"));
        assert_eq!(key("0711 223 344", "AMINA"), key(&hash, ""));
        assert_eq!(key("2547 ***** 344", "Amina "), key("2547****344", "AMINA"));
        assert_ne!(key("2547 ***** 344", "AMINA"), key("2547 ***** 344", "JANE"));
    }

    #[test]
    fn a_key_is_that_of_the_phone_it_was_made_of_in_every_form() {
        let (own, other) = (Phone::parse("0711223344"), Phone::parse("0722223345"));
        let (own, other) = (own.expect("a phone"), other.expect("a phone"));
        let hash = crate::kernel::token::hex(&Sha256::digest("254711223344"));
        for number in ["0711223344", hash.as_str(), "2547 ***** 344", "25471****344"] {
            let key = key(number, "AMINA");
            assert!(is_key_of(&key, &own, "Amina"), "{number}");
            assert!(!is_key_of(&key, &other, "Amina"), "{number}");
        }
        assert!(!is_key_of(&key("2547 ***** 344", "AMINA"), &own, "Jane"));
    }

    #[test]
    fn names_are_the_same_when_their_first_word_is() {
        assert!(same_first_name("AMINA WANJIRU", "Amina Otieno"));
        assert!(!same_first_name("JANE", "Amina Wanjiru"));
        assert!(!same_first_name("", ""));
    }
}

//! Who paid, as far as the provider tells: a hash of the number, the number with its middle hidden, or the number.

use crate::kernel::phone::Phone;
use sha2::{Digest as _, Sha256};

/// What is known of a payer's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayerMark {
    /// SHA-256 of the number as M-Pesa spells it.
    Hash([u8; 32]),
    /// The digits before and behind the stars.
    Masked {
        head: String,
        tail: String,
    },
    Number(Phone),
}

impl PayerMark {
    /// Reads the `MSISDN` of a notice; nothing when it says nothing.
    pub fn read(msisdn: &str) -> Option<Self> {
        let bare: String = msisdn.chars().filter(|c| !c.is_whitespace()).take(80).collect();
        if let Some(phone) = Phone::parse(&bare) {
            return Some(Self::Number(phone));
        }
        if bare.len() == 64 && bare.bytes().all(|b| b.is_ascii_hexdigit()) {
            return hash_from_hex(&bare).map(Self::Hash);
        }
        let head: String = bare.chars().take_while(char::is_ascii_digit).collect();
        let tail: String =
            bare.chars().rev().take_while(char::is_ascii_digit).collect::<String>().chars().rev().collect();
        let is_masked = bare.contains('*') && head.len() >= 3 && tail.len() >= 2 && head.len() + tail.len() <= 11;
        is_masked.then_some(Self::Masked { head, tail })
    }

    /// Whether this number could have paid.
    pub fn agrees(&self, phone: &Phone) -> bool {
        match self {
            Self::Hash(hash) => *hash == hash_of(phone),
            Self::Masked { head, tail } => {
                phone.msisdn().starts_with(head.as_str()) && phone.msisdn().ends_with(tail.as_str())
            }
            Self::Number(number) => number == phone,
        }
    }

    /// By which the same payer is known again. What is masked is told apart by the name beside it.
    pub fn key(&self, name: &str) -> [u8; 32] {
        match self {
            Self::Hash(hash) => *hash,
            Self::Number(phone) => hash_of(phone),
            Self::Masked { head, tail } => {
                Sha256::digest(format!("{head}*{tail} {}", name.trim().to_uppercase())).into()
            }
        }
    }
}

fn hash_of(phone: &Phone) -> [u8; 32] {
    Sha256::digest(phone.msisdn()).into()
}

fn hash_from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
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

    fn phone(typed: &str) -> Phone {
        Phone::parse(typed).expect("a number of this test")
    }

    #[test]
    fn every_form_of_a_number_agrees_with_its_owner_and_with_nobody_else() {
        let hash = crate::kernel::token::hex(&Sha256::digest("254711223344"));
        for told in ["254711223344", "2547 ***** 344", "25471****344", hash.as_str()] {
            let mark = PayerMark::read(told).expect("a form that is known");
            assert!(mark.agrees(&phone("0711223344")), "{told}");
            assert!(!mark.agrees(&phone("0711223345")), "{told}");
        }
    }

    #[test]
    fn what_tells_nothing_is_nobody() {
        for told in ["", "*", "***", "2547", "null", "254*", &"z".repeat(64)] {
            assert_eq!(PayerMark::read(told), None, "{told}");
        }
    }

    #[test]
    fn a_hash_and_the_number_are_one_payer() {
        let number = PayerMark::Number(phone("0711223344"));
        let hash = PayerMark::Hash(Sha256::digest("254711223344").into());
        assert_eq!(number.key("AMINA"), hash.key(""));
        let masked = |name| PayerMark::read("2547 ***** 344").map(|mark| mark.key(name));
        assert_eq!(masked("Amina "), masked("AMINA"));
        assert_ne!(masked("AMINA"), masked("JANE"));
    }

    #[test]
    fn names_are_the_same_when_their_first_word_is() {
        assert!(same_first_name("AMINA", "Amina Wanjiru"));
        assert!(!same_first_name("JANE", "Amina Wanjiru"));
        assert!(!same_first_name("", ""));
    }
}

//! Who paid, as far as M-Pesa tells: a whole number, a hash of it, or one with its middle hidden.

use crate::kernel::phone::Phone;
use sha2::{Digest, Sha256};

/// Who paid. Personal, so it has no `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PaidBy {
    pub number: Option<PayerNumber>,
    /// As M-Pesa has it, often the first name only.
    pub name: Option<String>,
}

/// The payer's number in one of the provider's three forms. Personal, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub enum PayerNumber {
    Whole(Phone),
    /// SHA-256 of `2547XXXXXXXX`.
    Hashed([u8; 32]),
    /// Such as `2547 ***** 344`.
    Masked(String),
}

impl PaidBy {
    /// None when the provider tells less than the whole number.
    pub fn phone(&self) -> Option<&Phone> {
        match &self.number {
            Some(PayerNumber::Whole(phone)) => Some(phone),
            _ => None,
        }
    }

    /// The same for the same payer in both forms that tell one person from all others.
    pub fn hash(&self) -> Option<[u8; 32]> {
        match self.number.as_ref()? {
            PayerNumber::Whole(phone) => Some(hash(phone)),
            PayerNumber::Hashed(hash) => Some(*hash),
            PayerNumber::Masked(_) => None,
        }
    }
}

impl PayerNumber {
    /// `None` for what is no form of a number.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(phone) = Phone::parse(text) {
            return Some(Self::Whole(phone));
        }
        if let Some(hash) = from_hex(text) {
            return Some(Self::Hashed(hash));
        }
        let is_masked = text.len() <= 40
            && text.contains('*')
            && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'*' | b' ' | b'+'))
            && text.bytes().any(|b| b.is_ascii_digit());
        is_masked.then(|| Self::Masked(text.to_owned()))
    }

    /// Whether it can be this phone; a masked number can be that of many people.
    pub fn may_be(&self, phone: &Phone) -> bool {
        match self {
            Self::Whole(own) => own == phone,
            Self::Hashed(own) => *own == hash(phone),
            Self::Masked(text) => {
                let shown: String = text.chars().filter(|c| !c.is_whitespace() && *c != '+').collect();
                let (Some((front, _)), Some((_, back))) = (shown.split_once('*'), shown.rsplit_once('*')) else {
                    return false;
                };
                phone.msisdn().starts_with(front) && phone.msisdn().ends_with(back)
            }
        }
    }
}

fn hash(phone: &Phone) -> [u8; 32] {
    Sha256::digest(phone.msisdn()).into()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::token::hex;

    fn phone(typed: &str) -> Phone {
        Phone::parse(typed).unwrap()
    }

    fn by(text: &str) -> PaidBy {
        PaidBy { number: PayerNumber::read(text), name: None }
    }

    #[test]
    fn the_same_payer_has_the_same_hash_in_every_form_that_has_one() {
        let hashed = by(&hex(&hash(&phone("0711223344"))).to_uppercase());
        assert_eq!(hashed.hash(), by("254711223344").hash());
        assert!(hashed.hash().is_some() && hashed.phone().is_none());
        assert_eq!(by("254711223344").phone(), Some(&phone("0711223344")));
        assert_eq!(by("2547 ***** 344").hash(), None);
    }

    #[test]
    fn a_masked_number_fits_whoever_it_could_be() {
        let (own, other) = (phone("0711223344"), phone("0711223345"));
        for text in ["2547 ***** 344", "25471****344", "254711223344", " 2547******** ", "+2547*****344"] {
            assert!(PayerNumber::read(text).unwrap().may_be(&own), "{text}");
        }
        for text in ["2547 ***** 344", "25472****345", "254711223344"] {
            assert!(!PayerNumber::read(text).unwrap().may_be(&other), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "*****", "JOHN", "N/A", "zz", &"g".repeat(64), &"*1".repeat(30)] {
            assert!(PayerNumber::read(text).is_none(), "{text}");
        }
    }
}

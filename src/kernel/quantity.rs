//! How many of one thing a shopper may ask for.

use serde::{Deserialize, Serialize};

/// 1 to 999: nobody buys none, and nobody buys a thousand by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(u16);

impl Quantity {
    /// The most of one thing in a cart.
    pub const MAX: u16 = 999;

    pub fn new(count: u32) -> Option<Self> {
        u16::try_from(count).ok().filter(|n| (1..=Self::MAX).contains(n)).map(Self)
    }
    /// What a form field carries: plain digits, nothing else.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let plain = !typed.is_empty() && typed.len() <= 6 && typed.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| typed.parse().ok()).flatten().and_then(Self::new)
    }
    pub const fn get(self) -> u32 {
        self.0 as u32
    }
    /// As stored in an `int` column.
    pub const fn as_i32(self) -> i32 {
        self.0 as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_to_999_in_plain_digits_is_a_quantity() {
        assert_eq!(Quantity::parse("1").map(Quantity::get), Some(1));
        assert_eq!(Quantity::parse(" 999 ").map(Quantity::get), Some(999));
        for typed in ["0", "-1", "1000", "1000000000", "1e9", "two", "", "1.5", "+1", "99999999999999999999"] {
            assert_eq!(Quantity::parse(typed), None, "{typed}");
        }
    }
}

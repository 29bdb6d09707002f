//! Secret tokens: what a person or provider holds, and the hash that we keep.

use sha2::{Digest, Sha256};
use std::fmt;

/// 32 random bytes, written as 64 hexadecimal digits; only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A new one that nobody can guess.
    pub fn random() -> Self {
        Self(rand::random())
    }
    /// One that was derived from another secret.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0u8; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
    /// The secret itself, to derive another from.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// As addresses and cookies carry it.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }
    /// What the database keeps.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
    /// The stored hash where the column is text.
    pub fn hash_hex(&self) -> String {
        hex(&self.hash())
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |of: u8| char::from(DIGITS[usize::from(of & 15)]);
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(*byte));
    }
    text
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(•••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_being_written_and_read() {
        let token = Token::random();
        assert_eq!(Token::parse(&token.hex()), Some(token));
        assert_eq!(Token::parse("zz"), None);
        assert_eq!(Token::parse(&"g".repeat(64)), None);
        assert_eq!(Token::parse(&format!("+{}", "1".repeat(63))), None);
    }
}

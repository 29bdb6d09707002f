//! The token of a link that opens a cart on another phone: short enough for a text message, and the key to what lies beside its hash.

use crate::kernel::token::Token;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// 16 random bytes, written as 22 letters, digits, `-` and `_`; only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken([u8; 16]);

impl LinkToken {
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// Reads the 22 letters; there is one spelling.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// As it stands in an address.
    pub fn spelled(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the database keeps to find it by.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest([b"hash of a cart's link".as_slice(), &self.0].concat()).to_vec()
    }

    /// Hides the cart's token: whoever reads the database cannot open the cart.
    pub fn seal(&self, cart: &Token) -> Vec<u8> {
        self.crossed(cart.bytes()).to_vec()
    }

    /// The cart's token out of what was sealed; nonsense when another token sealed it, so its hash is to be compared.
    pub fn open(&self, sealed: &[u8]) -> Option<Token> {
        Some(Token::from_bytes(self.crossed(sealed.try_into().ok()?)))
    }

    /// Every link has a pad of its own and seals one token with it, so crossing the two is enough.
    fn crossed(&self, text: &[u8; 32]) -> [u8; 32] {
        let mut out: [u8; 32] = Sha256::digest([b"what a cart's link opens".as_slice(), &self.0].concat()).into();
        for (byte, other) in out.iter_mut().zip(text) {
            *byte ^= other;
        }
        out
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(•••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_short_and_opens_what_it_sealed_and_nothing_else() {
        let (link, cart) = (LinkToken::random(), Token::random());
        let written = link.spelled();
        assert_eq!(written.len(), 22);
        assert_eq!(LinkToken::parse(&written), Some(link.clone()));
        let sealed = link.seal(&cart);
        assert_ne!(sealed.as_slice(), cart.bytes());
        assert_eq!(link.open(&sealed), Some(cart.clone()));
        assert_ne!(LinkToken::random().open(&sealed), Some(cart));
        assert_eq!(link.open(b"short"), None);
        assert_ne!(link.hash(), LinkToken::random().hash());
    }

    #[test]
    fn what_is_no_link_is_not_read() {
        for wrong in ["", "a", "items", &"a".repeat(64), "!!!!!!!!!!!!!!!!!!!!!!", "AAAAAAAAAAAAAAAAAAAAAB"] {
            assert_eq!(LinkToken::parse(wrong), None, "{wrong}");
        }
    }
}

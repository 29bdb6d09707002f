//! The key of a form, so that sending it again does nothing twice.

use crate::kernel::token::hex;
use sha2::{Digest as _, Sha256};

/// A key is the form's word and could be anybody's; bound to what the form is about, an order or a cart, it names one
/// thing only.
pub(super) fn scoped_key(about: &[u8], key: &str) -> String {
    hex(&Sha256::new().chain_update(about).chain_update(key).finalize())
}

#[cfg(test)]
mod tests {
    use super::scoped_key;

    #[test]
    fn one_form_has_one_key_and_nobody_elses() {
        assert_eq!(scoped_key(b"order", "k1"), scoped_key(b"order", "k1"));
        assert_ne!(scoped_key(b"order", "k1"), scoped_key(b"another", "k1"));
        assert_ne!(scoped_key(b"order", "k1"), scoped_key(b"order", "k2"));
    }
}

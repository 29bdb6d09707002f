//! Marks on what a form or a cookie carries for us and brings back: nobody else can make one, and they need no database.

use super::{MasterKey, Vault};
use crate::kernel::{id::TenantId, token::hex};
use hmac::{Hmac, KeyInit as _, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// What a marked text is for; a mark for one is none for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkFor {
    /// A delivery fee that was shown.
    Quote,
    /// The order by which a browser is known.
    KnownBuyer,
}

impl MarkFor {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Quote => b"mark of a delivery quote",
            Self::KnownBuyer => b"mark of a known buyer",
        }
    }
}

fn mark(master: &MasterKey, what: MarkFor, tenant: TenantId, text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(&master.0).expect("HMAC takes keys of any length");
    mac.update(what.label());
    mac.update(tenant.uuid().as_bytes());
    mac.update(text);
    mac.finalize().into_bytes().into()
}

impl Vault {
    /// 64 hexadecimal digits. While the master key is rotated, marks of the one before still count.
    pub fn mark(&self, what: MarkFor, tenant: TenantId, text: &[u8]) -> String {
        self.ring.now().first().map(|master| hex(&mark(master, what, tenant, text))).unwrap_or_default()
    }

    pub fn is_marked(&self, what: MarkFor, tenant: TenantId, text: &[u8], said: &str) -> bool {
        let fits = |master: &MasterKey| {
            let wanted = hex(&mark(master, what, tenant, text));
            wanted.as_bytes().ct_eq(said.as_bytes()).into()
        };
        self.ring.now().iter().any(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_one_tenants_and_one_texts_and_outlives_a_rotation() {
        let (old, new) = (MasterKey::new([1; 32]), MasterKey::new([2; 32]));
        let (ours, theirs) = (TenantId::mint(), TenantId::mint());
        let said = Vault::new(old.clone()).mark(MarkFor::Quote, ours, b"150");
        assert_eq!(said.len(), 64);
        let both = Vault::of(vec![new.clone(), old]);
        assert!(both.is_marked(MarkFor::Quote, ours, b"150", &said));
        assert!(!both.is_marked(MarkFor::Quote, ours, b"15", &said));
        assert!(!both.is_marked(MarkFor::KnownBuyer, ours, b"150", &said));
        assert!(!both.is_marked(MarkFor::Quote, theirs, b"150", &said));
        assert!(!both.is_marked(MarkFor::Quote, ours, b"150", ""));
        assert!(!Vault::new(new).is_marked(MarkFor::Quote, ours, b"150", &said));
    }
}

//! Chance that comes out the same every time, and the demo's fixed ids.

use crate::kernel::id::{StoreId, TenantId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The same label always gives the same id; that is how a second run finds what the first one made.
pub(super) fn fixed_id(label: &str) -> Uuid {
    let digest = Sha256::digest(format!("duka demo/{label}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

pub(super) fn tenant_id(slug: &str) -> TenantId {
    fixed_id(&format!("tenants/{slug}")).into()
}

pub(super) fn store_id(slug: &str) -> StoreId {
    fixed_id(&format!("stores/{slug}")).into()
}

/// A small generator (splitmix64): good enough to make up a shop's past.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(label: &str) -> Self {
        let digest = Sha256::digest(label);
        Self(digest.iter().take(8).fold(0, |seed, byte| (seed << 8) | u64::from(*byte)))
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True in so many cases of a hundred.
    pub(super) fn percent(&mut self, of_hundred: i64) -> bool {
        self.between(0, 99) < of_hundred
    }

    /// # Panics
    /// On an empty list.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }

    pub(super) fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(len.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// Like `index`, but the front of the list comes far more often: a few things sell best.
    pub(super) fn front_index(&mut self, len: usize) -> usize {
        self.index(len).min(self.index(len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_comes_out_the_same_every_time() {
        let throw = || {
            let mut chance = Chance::new("x");
            [chance.between(1, 6), chance.between(1, 6), chance.between(1, 6), chance.between(1, 6)]
        };
        assert_eq!(throw(), throw());
        assert!(throw().iter().all(|eyes| (1..=6).contains(eyes)));
        assert_eq!(fixed_id("a"), fixed_id("a"));
        assert_ne!(fixed_id("a"), fixed_id("b"));
    }
}

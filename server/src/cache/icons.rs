//! Icons as they were drawn: the next phone that puts a shop on its home screen costs no drawing and no question.

use axum::body::Bytes;
use duka::{catalog::media::IconForm, kernel::id::StoreId};
use moka::sync::Cache;

/// Memory for icons, in bytes.
const ROOM: u64 = 16 * 1024 * 1024;

/// All icons of all shops; bounded, least used first out. A clone shares them.
#[derive(Clone, Debug)]
pub struct Icons(Cache<(StoreId, String, IconForm), Bytes>);

impl Icons {
    pub fn new() -> Self {
        let weigh = |(_, address, _): &(StoreId, String, IconForm), icon: &Bytes| {
            u32::try_from(address.len() + icon.len() + 128).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(ROOM).weigher(weigh).build())
    }

    /// By the sign in its address.
    pub fn get(&self, store: StoreId, sign: &str, form: IconForm) -> Option<Bytes> {
        self.0.get(&(store, sign.to_owned(), form))
    }

    /// Only what is the shop's sign now.
    pub fn keep(&self, store: StoreId, sign: String, form: IconForm, icon: Bytes) {
        self.0.insert((store, sign, form), icon);
    }
}

impl Default for Icons {
    fn default() -> Self {
        Self::new()
    }
}

//! Orders and their process, and the receipt at its end. Knows nothing of carts, stock or providers.

pub mod channel;
pub mod own_words;
#[cfg(feature = "ssr")]
pub mod receipts;
pub mod refund_shares;
pub mod status;
pub mod tags;
#[cfg(feature = "ssr")]
pub mod write_note;

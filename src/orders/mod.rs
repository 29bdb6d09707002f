//! Orders and their process, and the receipt at its end. Knows nothing of carts, stock or providers.

#[cfg(feature = "ssr")]
pub mod receipts;
pub mod refund_shares;
pub mod status;

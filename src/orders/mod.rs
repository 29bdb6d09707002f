//! Orders and their process. Knows nothing of carts, stock or providers.

pub mod refund_shares;
pub mod status;

//! Mails to merchants and their people: what was asked for. The words and the sending are the server's.

pub mod kind;
#[cfg(feature = "ssr")]
pub mod letter;
#[cfg(feature = "ssr")]
pub mod low_stock;
#[cfg(feature = "ssr")]
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod refund;

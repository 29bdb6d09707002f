//! Mails to merchants, their people and their buyers: what was asked for. The words and the sending are the server's.

pub mod kind;
#[cfg(feature = "ssr")]
pub mod letter;
#[cfg(feature = "ssr")]
pub mod low_stock;
#[cfg(feature = "ssr")]
pub mod order;
#[cfg(feature = "ssr")]
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod providers;
#[cfg(feature = "ssr")]
pub mod sign_in_code;
#[cfg(feature = "ssr")]
pub mod sms_account;
#[cfg(feature = "ssr")]
pub mod sms_report;
#[cfg(feature = "ssr")]
pub mod text_message;

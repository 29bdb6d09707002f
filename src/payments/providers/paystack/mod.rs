//! Paystack: a hosted page on which shoppers pay by card, what became of it, money given back, and its events.

#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "ssr")]
mod client;
#[cfg(feature = "ssr")]
mod credentials;
#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod exchange;
pub mod outcome;
#[cfg(feature = "ssr")]
mod refunds;
#[cfg(feature = "ssr")]
mod signature;
#[cfg(feature = "ssr")]
mod wire;

#[cfg(feature = "ssr")]
pub use answers::{AskFailed, Expected, HostedPage, PageRefused, Transaction, TransactionStatus, Verified};
#[cfg(feature = "ssr")]
pub use client::{PageRequest, Paystack};
#[cfg(feature = "ssr")]
pub use credentials::{CardCredentials, CardEnvironment};
#[cfg(feature = "ssr")]
pub use events::{CardEvent, MalformedEvent, RefundEvent, read_event};
#[cfg(feature = "ssr")]
pub use refunds::{CardRefund, RefundRefused, RefundStatus};
#[cfg(feature = "ssr")]
pub use signature::{SIGNATURE_HEADER, is_signed, sign};

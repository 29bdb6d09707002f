//! Safaricom's Daraja: prompts on the shopper's phone, what became of them, and its callbacks.

#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "ssr")]
mod c2b;
#[cfg(feature = "ssr")]
mod client;
pub mod outcome;
#[cfg(feature = "ssr")]
mod token;
#[cfg(feature = "ssr")]
mod wire;

#[cfg(feature = "ssr")]
pub use answers::{PushAccepted, PushRefused, QueryAnswer, QueryFailed};
#[cfg(feature = "ssr")]
pub use c2b::{C2bKind, C2bNotice, C2bPayer, read_c2b};
#[cfg(feature = "ssr")]
pub use client::{AccountKind, Credentials, Daraja, PushRequest};
#[cfg(feature = "ssr")]
pub use wire::{MalformedCallback, StkCallback, read_stk_callback};

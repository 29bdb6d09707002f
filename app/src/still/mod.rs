//! Still pages: parts of the dashboard that are drawn once and posted as plain forms, which work with no bundle at all.
//!
//! Settings, people and secrets are changed rarely and must never be half there: a form that comes back holds what was
//! typed, whatever the browser can do, and no secret passes through a script. A page may be awake: then the bundle adds
//! what only a script can do to the forms that are there.

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(all(feature = "dash", target_arch = "wasm32"))]
pub mod awake;
#[cfg(feature = "ssr")]
pub mod catalogue;
#[cfg(feature = "ssr")]
pub mod content;
#[cfg(feature = "ssr")]
pub mod customers;
#[cfg(feature = "ssr")]
pub mod deliveries;
#[cfg(feature = "ssr")]
pub mod delivery;
#[cfg(feature = "ssr")]
pub mod discounts;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod order_discount;
#[cfg(feature = "ssr")]
pub mod order_money;
#[cfg(feature = "ssr")]
pub mod orders;
#[cfg(all(feature = "dash", any(test, target_arch = "wasm32")))]
mod pasted;
#[cfg(feature = "ssr")]
pub mod payments;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
pub mod refunds;
#[cfg(feature = "ssr")]
pub mod refusal;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod sign_up;
#[cfg(feature = "ssr")]
pub mod start;
#[cfg(feature = "ssr")]
pub mod stock;
#[cfg(feature = "ssr")]
mod time;

#[cfg(feature = "ssr")]
pub use frame::{Still, page, page_awake};

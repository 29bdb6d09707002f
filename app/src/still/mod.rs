//! Still pages: parts of the dashboard that are drawn once and posted as plain forms, with no bundle behind them.
//!
//! Settings, people and secrets are changed rarely and must never be half there: a form that comes back holds what was
//! typed, whatever the browser can do, and no secret passes through a script.

pub mod account;
pub mod discounts;
pub mod form;
mod frame;
pub mod order_discount;
pub mod refusal;
pub mod settings;
pub mod sign_up;
pub mod start;

pub use frame::{Still, page};

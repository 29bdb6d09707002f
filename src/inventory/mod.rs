//! A ledger of stock and its running total; holds while somebody pays; counts; what runs out.
//!
//! Invariants: movements sum to the stock; stock is never below zero; a hold ends once.

#[cfg(feature = "ssr")]
pub mod adjust_stock;
#[cfg(feature = "ssr")]
pub mod change_limit;
#[cfg(feature = "ssr")]
pub mod check_stock;
#[cfg(feature = "ssr")]
pub mod count;
#[cfg(feature = "ssr")]
pub(crate) mod holds;
#[cfg(feature = "ssr")]
pub(crate) mod locks;
#[cfg(feature = "ssr")]
pub mod low_stock;
pub mod stock_form;

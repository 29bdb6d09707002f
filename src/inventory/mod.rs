//! A ledger of stock and its running total; holds while somebody pays.
//!
//! Invariants: movements sum to the stock; stock is never below zero; a hold ends once.

#[cfg(feature = "ssr")]
pub mod adjust_stock;
#[cfg(feature = "ssr")]
pub(crate) mod holds;
#[cfg(feature = "ssr")]
pub(crate) mod locks;
pub mod stock_form;

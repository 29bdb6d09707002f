//! The only one that knows everyone: carts, stock, orders and payments move here, together.
//!
//! Invariants: an order exists before money moves; a cart becomes at most one order; callback,
//! status query and the shopper's return all settle through `settle_payment`; no transaction is
//! open while a provider is waited for.

pub mod changed;
pub mod forms;
pub mod totals;

#[cfg(feature = "ssr")]
pub mod ask_c2b;
#[cfg(feature = "ssr")]
pub mod ask_provider;
#[cfg(feature = "ssr")]
pub mod cancel_order;
#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
pub mod cart_link;
#[cfg(feature = "ssr")]
pub(crate) mod cash_history;
#[cfg(feature = "ssr")]
pub mod check_payment;
#[cfg(feature = "ssr")]
pub mod close;
#[cfg(feature = "ssr")]
mod delivered;
#[cfg(feature = "ssr")]
pub mod discount_order;
#[cfg(feature = "ssr")]
pub mod dispatch;
#[cfg(feature = "ssr")]
pub mod expire_order;
#[cfg(feature = "ssr")]
pub mod find_order;
#[cfg(feature = "ssr")]
mod form_key;
#[cfg(feature = "ssr")]
pub mod inbox;
#[cfg(feature = "ssr")]
pub mod known_buyer;
#[cfg(feature = "ssr")]
mod land_c2b;
#[cfg(feature = "ssr")]
pub mod land_money;
#[cfg(feature = "ssr")]
mod later_work;
#[cfg(feature = "ssr")]
mod locks;
#[cfg(feature = "ssr")]
pub mod move_order;
#[cfg(feature = "ssr")]
pub mod move_orders;
#[cfg(feature = "ssr")]
mod needless_prompt;
#[cfg(feature = "ssr")]
mod note_paid;
#[cfg(feature = "ssr")]
mod open_cart;
#[cfg(feature = "ssr")]
pub mod open_shop;
#[cfg(feature = "ssr")]
pub mod parcels;
#[cfg(feature = "ssr")]
mod payable;
#[cfg(feature = "ssr")]
pub(crate) mod payable_orders;
#[cfg(feature = "ssr")]
pub mod place_for;
#[cfg(feature = "ssr")]
pub mod place_order;
#[cfg(feature = "ssr")]
mod price_cart;
#[cfg(feature = "ssr")]
mod prompt_pause;
#[cfg(feature = "ssr")]
mod read_answer;
#[cfg(feature = "ssr")]
pub mod read_callback;
#[cfg(feature = "ssr")]
pub mod receive_callback;
#[cfg(feature = "ssr")]
mod record_step;
#[cfg(feature = "ssr")]
pub mod refunds;
#[cfg(feature = "ssr")]
pub mod release_goods;
#[cfg(feature = "ssr")]
pub mod request_prompt;
#[cfg(feature = "ssr")]
pub mod rider;
#[cfg(feature = "ssr")]
pub mod settle_payment;
#[cfg(feature = "ssr")]
pub mod sweep_payments;
#[cfg(feature = "ssr")]
pub mod take_by_hand;
#[cfg(feature = "ssr")]
mod take_money;
#[cfg(feature = "ssr")]
mod till_prompt;
#[cfg(feature = "ssr")]
mod told_twice;
#[cfg(feature = "ssr")]
pub mod type_receipt;
#[cfg(feature = "ssr")]
mod watched;
#[cfg(feature = "ssr")]
mod write_order;

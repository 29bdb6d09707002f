//! What comes alive in the shop after the first touch. Each island wraps a form that already works without it.
//!
//! Islands take no props and carry no words: they read `data-` attributes of the markup they wrap.

mod buy_box;
mod cart_quantity;
mod payment_wait;

#[cfg(target_arch = "wasm32")]
mod browser;

pub use buy_box::{BuyBox, BuyBoxProps};
pub use cart_quantity::{CartQuantity, CartQuantityProps};
pub use payment_wait::{PaymentWait, PaymentWaitProps};

/// Called by the browser's entry, so that the linker keeps the islands of this crate.
#[cfg(target_arch = "wasm32")]
pub fn keep() {
    let islands: (fn(BuyBoxProps) -> _, fn(CartQuantityProps) -> _, fn(PaymentWaitProps) -> _) =
        (BuyBox, CartQuantity, PaymentWait);
    std::hint::black_box(islands);
}

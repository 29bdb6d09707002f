//! What comes alive in the shop after the first touch. Each island wraps a form that already works without it.
//!
//! Islands take no props and carry no words: they read `data-` attributes of the markup they wrap.

mod address_check;
mod buy_box;
mod cart_quantity;
mod payment_wait;
mod search_box;

#[cfg(target_arch = "wasm32")]
mod browser;

pub use address_check::{AddressCheck, AddressCheckProps};
pub use buy_box::{BuyBox, BuyBoxProps};
pub use cart_quantity::{CartQuantity, CartQuantityProps};
pub use payment_wait::{PaymentWait, PaymentWaitProps};
pub use search_box::{SearchBox, SearchBoxProps};

/// Called by the browser's entry, so that the linker keeps the islands of this crate.
#[cfg(target_arch = "wasm32")]
pub fn keep() {
    std::hint::black_box(AddressCheck as fn(AddressCheckProps) -> _);
    std::hint::black_box(BuyBox as fn(BuyBoxProps) -> _);
    std::hint::black_box(CartQuantity as fn(CartQuantityProps) -> _);
    std::hint::black_box(PaymentWait as fn(PaymentWaitProps) -> _);
    std::hint::black_box(SearchBox as fn(SearchBoxProps) -> _);
}

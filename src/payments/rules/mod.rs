//! What a shop says of paying without a provider: cash at the door, and a way of the merchant's own.

#[cfg(feature = "ssr")]
mod change;
pub mod form;
#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
mod stored;

#[cfg(feature = "ssr")]
pub use change::change_rules;
#[cfg(feature = "ssr")]
pub use load::{PaymentRules, load};
#[cfg(feature = "ssr")]
pub(crate) use stored::StoredRules;

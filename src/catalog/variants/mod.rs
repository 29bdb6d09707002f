//! A product's variants, all of them at once: made from its options, and edited in a grid.
//!
//! Stock is not set here but moved, by the verbs of `inventory`. A variant that is not wanted any more is switched
//! off and stays, since orders point at it.

#[cfg(feature = "ssr")]
mod change_variants;
pub mod grid;
#[cfg(feature = "ssr")]
mod load;
#[cfg(feature = "ssr")]
mod make_variants;
pub mod options;
#[cfg(feature = "ssr")]
mod stored;

#[cfg(feature = "ssr")]
pub use change_variants::{NotSaved, Trouble, change_variants};
#[cfg(feature = "ssr")]
pub use load::{PictureChoice, StoredLine, VariantsPage, load};
#[cfg(feature = "ssr")]
pub use make_variants::make_variants;
#[cfg(feature = "ssr")]
pub(super) use stored::lock_variants;

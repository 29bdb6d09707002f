//! What a merchant sells: products, variants, categories, pictures.

#[cfg(feature = "ssr")]
pub mod add_product;
pub mod categories;
#[cfg(feature = "ssr")]
mod category_slugs;
#[cfg(feature = "ssr")]
pub mod change_price;
#[cfg(feature = "ssr")]
pub(crate) mod description;
#[cfg(feature = "ssr")]
pub mod duplicate_product;
#[cfg(feature = "ssr")]
pub mod edit_product;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod media;
#[cfg(feature = "ssr")]
pub mod pictures;
pub mod price_form;
#[cfg(feature = "ssr")]
pub mod price_history;
#[cfg(feature = "ssr")]
mod prices_moved;
pub mod product;
pub mod product_change;
pub mod product_form;
#[cfg(feature = "ssr")]
mod product_slugs;
#[cfg(feature = "ssr")]
pub mod product_standing;
#[cfg(feature = "ssr")]
pub mod search_text;
pub mod search_words;
#[cfg(feature = "ssr")]
pub(crate) mod slugs;
#[cfg(feature = "ssr")]
pub(crate) mod stock_ledger;
pub mod variant;
pub mod variants;
pub mod was_price;

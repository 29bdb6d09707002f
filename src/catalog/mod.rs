//! What a merchant sells: products, variants, categories, pictures.

#[cfg(feature = "ssr")]
pub mod add_product;
#[cfg(feature = "ssr")]
pub mod change_price;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod media;
pub mod price_form;
pub mod product;
pub mod product_form;
#[cfg(feature = "ssr")]
pub mod search_text;
pub mod search_words;
#[cfg(feature = "ssr")]
pub(crate) mod stock_ledger;
pub mod variant;

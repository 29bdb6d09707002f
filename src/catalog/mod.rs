//! What a merchant sells: products, variants, categories, pictures.

#[cfg(feature = "ssr")]
pub mod add_product;
#[cfg(feature = "ssr")]
pub mod change_price;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod media;
pub mod price_form;
pub mod product;
pub mod product_form;
pub mod variant;

//! What machines read about a shop: titles, descriptions, addresses in two languages, structured data, every page there
//! is. Knows no HTML; only the list of pages is kept in the database, the rest is pure.

pub mod area_page;
pub mod meta;
pub mod schema_org;
#[cfg(feature = "ssr")]
pub mod sitemap;
pub mod sitemap_entry;
pub mod store_seo;

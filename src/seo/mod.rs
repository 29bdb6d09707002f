//! What machines read about a shop: titles, descriptions, addresses in two languages, structured data. Pure; knows no HTML.

pub mod meta;
pub mod schema_org;

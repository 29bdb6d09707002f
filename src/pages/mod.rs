//! Reads, one file per page: the view that leaves, and on the server how it is loaded.

pub mod dashboard;
pub mod storefront;

/// A count out of the database, for a page.
#[cfg(feature = "ssr")]
fn count(rows: i64) -> u32 {
    u32::try_from(rows.max(0)).unwrap_or(u32::MAX)
}

/// A stored currency code.
#[cfg(feature = "ssr")]
fn currency(code: &str) -> Result<crate::kernel::currency::Currency, crate::db::DbError> {
    crate::kernel::currency::Currency::parse(code).ok_or_else(|| crate::db::DbError::corrupt("currency", &code))
}

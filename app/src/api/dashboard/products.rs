//! Products: found, priced, counted.

use crate::api::ApiError;
use duka::catalog::variant::VariantRow;
use duka::inventory::stock_form::AdjustReason;
use duka::kernel::{currency::Currency, id::VariantId};
use duka::pages::dashboard::products::ProductsPage;
use leptos::prelude::*;

/// One page of the list.
#[server(prefix = "/api/dash", endpoint = "products")]
pub async fn load_products(#[server(default)] words: String, #[server(default)] page: u32) -> Result<ProductsPage, ApiError> {
    let ctx = crate::api::ctx()?;
    let filter = duka::pages::dashboard::products::ProductFilter { words, page };
    Ok(duka::pages::dashboard::products::load(&ctx, filter).await?)
}

/// Prices a variant that is still at `version`; answers its row as it is then. `price` is as typed.
#[server(prefix = "/api/dash", endpoint = "product/price")]
pub async fn change_price(variant: VariantId, version: i32, currency: Currency, price: String) -> Result<VariantRow, ApiError> {
    use duka::kernel::field_errors::FieldErrors;
    let ctx = crate::api::ctx()?;
    let price = duka::catalog::price_form::parse_price(&price, currency)
        .map_err(|problem| duka::error::AppError::Invalid(FieldErrors::one("price", problem)))?;
    crate::api::to_the_end(async move { duka::catalog::change_price::change_price(&ctx, variant, version, price).await }).await
}

/// Moves the stock of a variant that is still at `version`; answers its row as it is then. `change` is as typed.
#[server(prefix = "/api/dash", endpoint = "product/stock")]
pub async fn adjust_stock(variant: VariantId, version: i32, change: String, reason: AdjustReason, #[server(default)] note: String) -> Result<VariantRow, ApiError> {
    use duka::kernel::field_errors::{FieldErrors, optional_text};
    let ctx = crate::api::ctx()?;
    let mut errors = FieldErrors::none();
    let change = errors.expect("change", duka::inventory::stock_form::parse_change(&change));
    let note = errors.expect("note", optional_text(&note, 200));
    let (Some(change), Some(note)) = (change, note) else { return Err(duka::error::AppError::Invalid(errors).into()) };
    crate::api::to_the_end(async move { duka::inventory::adjust_stock::adjust_stock(&ctx, variant, Some(version), change, reason, note.as_deref()).await }).await
}

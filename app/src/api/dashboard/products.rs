//! Products: found, priced, counted.

use crate::api::ApiError;
use duka::catalog::variant::VariantRow;
use duka::inventory::stock_form::AdjustReason;
use duka::kernel::{currency::Currency, id::VariantId};
use duka::pages::dashboard::products::ProductsPage;
use leptos::prelude::*;

/// One page of the list.
#[server(prefix = "/api/dash", endpoint = "products")]
pub async fn load_products(
    #[server(default)] words: String,
    #[server(default)] status: String,
    #[server(default)] page: u32,
) -> Result<ProductsPage, ApiError> {
    let door = crate::api::open()?;
    let filter = duka::pages::dashboard::products::ProductFilter { words, status, page };
    let page = duka::pages::dashboard::products::load(&door.ctx, filter).await;
    door.close(page)
}

/// Prices a variant that is still at `version`; answers its row as it is then. `price` is as typed.
#[server(prefix = "/api/dash", endpoint = "product/price")]
pub async fn change_price(
    variant: VariantId,
    version: i32,
    currency: Currency,
    price: String,
) -> Result<VariantRow, ApiError> {
    use duka::{catalog, error::AppError, kernel::field_errors::FieldErrors};
    let door = crate::api::open()?;
    let ctx = door.ctx.clone();
    let priced = crate::api::to_the_end(async move {
        let price = catalog::price_form::parse_price(&price, currency)
            .map_err(|problem| AppError::Invalid(FieldErrors::one("price", problem)))?;
        catalog::change_price::change_price(&ctx, variant, version, price).await
    });
    door.close(priced.await)
}

/// Moves the stock of a variant that is still at `version`; answers its row as it is then. `change` is as typed.
#[server(prefix = "/api/dash", endpoint = "product/stock")]
pub async fn adjust_stock(
    variant: VariantId,
    version: i32,
    change: String,
    reason: AdjustReason,
    #[server(default)] note: String,
) -> Result<VariantRow, ApiError> {
    use duka::inventory::{adjust_stock, stock_form::parse_adjustment};
    let door = crate::api::open()?;
    let ctx = door.ctx.clone();
    let counted = crate::api::to_the_end(async move {
        let (change, note) = parse_adjustment(&change, &note)?;
        adjust_stock::adjust_stock(&ctx, variant, Some(version), change, reason, note.as_deref()).await
    });
    door.close(counted.await)
}

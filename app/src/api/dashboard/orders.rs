//! Orders: found, opened, moved along.

use crate::api::ApiError;
use duka::kernel::id::OrderId;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::{order::OrderDetail, orders::OrdersPage};
use leptos::prelude::*;

/// One page of the list. `status` is a word of `orders.status`, `to_pack`, or empty.
#[server(prefix = "/api/dash", endpoint = "orders")]
pub async fn load_orders(#[server(default)] words: String, #[server(default)] status: String, #[server(default)] page: u32) -> Result<OrdersPage, ApiError> {
    let ctx = crate::api::ctx()?;
    let filter = duka::pages::dashboard::orders::OrderFilter { words, status, page };
    Ok(duka::pages::dashboard::orders::load(&ctx, filter).await?)
}

/// One order with everything on one screen.
#[server(prefix = "/api/dash", endpoint = "order")]
pub async fn load_order(order: OrderId) -> Result<OrderDetail, ApiError> {
    let ctx = crate::api::ctx()?;
    Ok(duka::pages::dashboard::order::load(&ctx, order).await?)
}

/// Moves an order that is still at `version`; answers the order as it is then.
#[server(prefix = "/api/dash", endpoint = "order/move")]
pub async fn move_order(order: OrderId, version: i32, to: OrderStatus, #[server(default)] note: String) -> Result<OrderDetail, ApiError> {
    use duka::kernel::field_errors::{FieldErrors, optional_text};
    let ctx = crate::api::ctx()?;
    let note = optional_text(&note, 500).map_err(|problem| duka::error::AppError::Invalid(FieldErrors::one("note", problem)))?;
    crate::api::to_the_end(async move {
        duka::checkout::move_order::move_order(&ctx, order, version, to, note.as_deref()).await?;
        duka::pages::dashboard::order::load(&ctx, order).await
    })
    .await
}

//! One order: opened, moved along.

use crate::api::ApiError;
use duka::kernel::id::OrderId;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::order::OrderDetail;
use leptos::prelude::*;

/// One order with everything on one screen.
#[server(prefix = "/api/dash", endpoint = "order")]
pub async fn load_order(order: OrderId) -> Result<OrderDetail, ApiError> {
    let door = crate::api::open()?;
    let locale = door.locale;
    let order = duka::pages::dashboard::order::load(&door.ctx, order).await;
    door.close(order.map(|order| told(locale, order)))
}

/// The program's own words in the story are told here, so that the bundle carries none of them.
#[cfg(feature = "ssr")]
fn told(locale: duka::kernel::locale::Locale, mut order: OrderDetail) -> OrderDetail {
    for note in order.timeline.iter_mut().filter_map(|entry| entry.note.as_mut()) {
        *note = crate::text::own_words::told(locale, note);
    }
    order
}

/// Moves an order that is still at `version`; answers the order as it is then.
#[server(prefix = "/api/dash", endpoint = "order/move")]
pub async fn move_order(
    order: OrderId,
    version: i32,
    to: OrderStatus,
    #[server(default)] note: String,
) -> Result<OrderDetail, ApiError> {
    use duka::{checkout, error::AppError, kernel::field_errors, pages::dashboard};
    let door = crate::api::open()?;
    let locale = door.locale;
    let ctx = door.ctx.clone();
    let moved = crate::api::to_the_end(async move {
        let note = field_errors::optional_text(&note, 500)
            .map_err(|problem| AppError::Invalid(field_errors::FieldErrors::one("note", problem)))?;
        checkout::move_order::move_order(&ctx, order, version, to, note.as_deref()).await?;
        dashboard::order::load(&ctx, order).await
    });
    door.close(moved.await.map(|order| told(locale, order)))
}

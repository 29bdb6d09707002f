//! The figures of today.

use crate::api::ApiError;
use duka::pages::dashboard::today::TodayPage;
use leptos::prelude::*;

/// Visits, carts, orders and money of today, yesterday and the week; what to pack; what runs out.
#[server(prefix = "/api/dash", endpoint = "today")]
pub async fn load_today() -> Result<TodayPage, ApiError> {
    let door = crate::api::open()?;
    let page = duka::pages::dashboard::today::load(&door.ctx).await;
    door.close(page)
}

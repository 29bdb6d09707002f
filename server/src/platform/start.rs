//! The checklist of the first day, and the shop's door: opened and closed again.

use crate::{
    doors::{Inside, Pressed},
    request::{private_page, see_other},
};
use app::still::start::checklist::{Checklist, checklist};
use axum::response::Response;
use duka::{
    checkout::open_shop::{self, NotOpened, Step},
    error::AppError,
    kernel::access::Permission,
    tenancy::{address::shop_url, standing},
};
use http::StatusCode;

const ADDRESS: &str = "/dashboard/start";

pub async fn page(inside: Inside) -> Response {
    draw(&inside, StatusCode::OK, &[]).await
}

async fn draw(inside: &Inside, status: StatusCode, missing: &[Step]) -> Response {
    match html(inside, missing).await {
        Ok(html) => private_page(status, html),
        Err(error) => inside.refuse(error),
    }
}

async fn html(inside: &Inside, missing: &[Step]) -> Result<String, AppError> {
    let (app, member) = (&inside.app, &inside.member);
    let readiness = open_shop::load(&inside.ctx, member.store).await?;
    let home = app.hosts.home_of(inside.ctx.tenant, member.store).await?;
    let shop = home.unwrap_or_else(|| shop_url(&app.platform.base_url, &member.store_slug));
    let token = standing::preview_token(&app.platform, inside.ctx.tenant, member.store).await?;
    let preview = format!("{shop}/preview/{}", token.hex());
    let title = app::text::start::words(inside.locale()).start_title;
    let can_open = inside.ctx.actor.may(Permission::EditStore);
    let list = Checklist { readiness: &readiness, can_open, shop: &shop, preview: &preview, missing };
    Ok(checklist(&inside.still("", title), &list))
}

pub async fn open(inside: Inside, _: Pressed) -> Response {
    match open_shop::open_shop(&inside.ctx, inside.member.store).await {
        Ok(()) => see_other(ADDRESS),
        Err(NotOpened::Missing(steps)) => draw(&inside, StatusCode::UNPROCESSABLE_ENTITY, &steps).await,
        Err(NotOpened::App(error)) => inside.refuse(error),
    }
}

pub async fn close(inside: Inside, _: Pressed) -> Response {
    inside.lead(open_shop::close_shop(&inside.ctx, inside.member.store).await, ADDRESS)
}

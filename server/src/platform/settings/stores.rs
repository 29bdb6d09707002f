//! The merchant's shops: the list, one more, and which one this browser is in.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{self, shown_again},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::SETTINGS,
    still::{form::Sheet, settings},
    text,
};
use axum::response::Response;
use duka::{
    error::AppError,
    kernel::{id::StoreId, typed::Typed},
    tenancy::stores::{self, add_store, choose_store, list_stores},
};
use http::StatusCode;

pub async fn page(inside: Inside) -> Response {
    draw(&inside, StatusCode::OK, &Sheet::default()).await
}

async fn draw(inside: &Inside, status: StatusCode, shown: &Sheet) -> Response {
    let (title, _) = text::settings::words(inside.locale()).stores;
    // A form that comes again keeps the id that it came with.
    let mut shown = shown.clone();
    if shown.typed.get("id").is_empty() {
        shown.typed.set("id", StoreId::mint().to_string());
    }
    match list_stores(&inside.ctx).await {
        Ok(list) => {
            let still = inside.still(SETTINGS, title);
            private_page(status, settings::stores::stores(&still, &list, inside.member.store, &shown))
        }
        Err(error) => inside.refuse(error),
    }
}

pub async fn add(inside: Inside, Posted(typed): Posted) -> Response {
    let (ctx, wanted) = (inside.ctx.clone(), typed.clone());
    let added = sheet::only(&typed, stores::FIELDS);
    let added = match added {
        Ok(()) => sheet::to_the_end(async move { add_store(&ctx, &wanted).await }).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(store) => see_other(&format!("/dashboard/settings/stores/{store}")),
        Err(error) => match shown_again(typed, error) {
            Ok((status, shown)) => draw(&inside, status, &shown).await,
            Err(other) => inside.refuse(other),
        },
    }
}

pub async fn choose(inside: Inside, Posted(typed): Posted) -> Response {
    inside.lead(chosen(&inside, &typed).await, "/dashboard")
}

async fn chosen(inside: &Inside, typed: &Typed) -> Result<(), AppError> {
    sheet::only(typed, &["store"])?;
    let store = StoreId::parse(typed.get("store")).ok_or(AppError::NotFound)?;
    choose_store(&inside.ctx, inside.member.session, store).await
}

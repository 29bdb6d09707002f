//! One shop's settings.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{self, Sheet},
};
use app::{
    dashboard::address::SETTINGS,
    still::{form, settings::store},
};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{id::StoreId, typed::Typed},
    tenancy::store_settings::{self, StoreSettings},
};

struct StoreSheet;

impl Sheet for StoreSheet {
    type Key = StoreId;
    type Page = StoreSettings;
    const FIELDS: &'static [&'static str] = store_settings::FIELDS;

    async fn load(ctx: &Ctx, store: &StoreId) -> Result<StoreSettings, AppError> {
        store_settings::load(ctx, *store).await
    }
    fn form(page: &StoreSettings) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, store: StoreId, version: i32, typed: Typed) -> Result<(), AppError> {
        store_settings::change_store(&ctx, store, version, &typed).await
    }
    fn draw(inside: &Inside, _: &StoreId, page: &StoreSettings, shown: &form::Sheet) -> String {
        let title = page.typed.get("name");
        store::store(&inside.still(SETTINGS, title), page, None, shown)
    }
    fn address(store: &StoreId) -> String {
        format!("/dashboard/settings/stores/{store}")
    }
}

pub async fn page(inside: Inside, Named(store): Named<StoreId>, RawQuery(query): RawQuery) -> Response {
    sheet::show::<StoreSheet>(&inside, &store, sheet::is_saved(query)).await
}

pub async fn save(inside: Inside, Named(store): Named<StoreId>, Posted(typed): Posted) -> Response {
    sheet::save::<StoreSheet>(&inside, store, typed).await
}

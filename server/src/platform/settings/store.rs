//! One shop's settings.

use crate::{
    doors::{Inside, Named, Posted},
    platform::sheet::{self, Sheet, only},
    request::private_page,
};
use app::{
    dashboard::address::SETTINGS,
    still::{form, settings::store},
    text::policies,
};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{id::StoreId, typed::Typed},
    tenancy::store_settings::{self, StoreSettings},
};
use http::StatusCode;

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
    if query.as_deref() == Some(store::BEGIN) {
        return begin(&inside, &store).await;
    }
    sheet::show::<StoreSheet>(&inside, &store, sheet::is_saved(query)).await
}

/// The form with a text to begin with wherever a policy is empty. Nothing is saved by it.
async fn begin(inside: &Inside, store: &StoreId) -> Response {
    let page = match StoreSheet::load(&inside.ctx, store).await {
        Ok(page) => page,
        Err(error) => return inside.refuse(error),
    };
    let (version, seen) = StoreSheet::form(&page);
    let typed = seen.clone();
    begun(inside, store, &page, form::Sheet { version, seen, typed, ..form::Sheet::default() })
}

/// The same in the middle of typing: what was typed stays.
async fn begin_with(inside: &Inside, store: &StoreId, mut typed: Typed) -> Response {
    let version = typed.take(form::VERSION).parse().unwrap_or(0);
    let seen = serde_json::from_str(&typed.take(form::SEEN)).unwrap_or_default();
    if let Err(error) = only(&typed, StoreSheet::FIELDS) {
        return inside.refuse(error);
    }
    match StoreSheet::load(&inside.ctx, store).await {
        Ok(page) => begun(inside, store, &page, form::Sheet { version, seen, typed, ..form::Sheet::default() }),
        Err(error) => inside.refuse(error),
    }
}

fn begun(inside: &Inside, store: &StoreId, page: &StoreSettings, mut shown: form::Sheet) -> Response {
    for (field, text) in policies::words(inside.locale()).texts(shown.typed.get("name")) {
        if shown.typed.get(field).is_empty() {
            shown.typed.set(field, text);
        }
    }
    private_page(StatusCode::OK, StoreSheet::draw(inside, store, page, &shown))
}

pub async fn save(
    inside: Inside,
    Named(store): Named<StoreId>,
    RawQuery(query): RawQuery,
    Posted(typed): Posted,
) -> Response {
    if query.as_deref() == Some(store::BEGIN) {
        return begin_with(&inside, &store, typed).await;
    }
    sheet::save::<StoreSheet>(&inside, store, typed).await
}

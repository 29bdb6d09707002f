//! Who may pay in cash, and the merchant's own way of paying; of the shop that is chosen now.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{self, Sheet},
};
use app::{
    dashboard::address::SETTINGS,
    still::{form, settings},
    text::cash::words,
};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{id::StoreId, typed::Typed},
    payments::rules::{self, PaymentRules, form::FIELDS},
};

struct Rules;

impl Sheet for Rules {
    type Key = StoreId;
    type Page = PaymentRules;
    const FIELDS: &'static [&'static str] = FIELDS;

    async fn load(ctx: &Ctx, store: &StoreId) -> Result<PaymentRules, AppError> {
        rules::load(ctx, *store).await
    }
    fn form(page: &PaymentRules) -> (i32, Typed) {
        (page.version, page.form.write())
    }
    async fn save(ctx: Ctx, store: StoreId, version: i32, typed: Typed) -> Result<(), AppError> {
        rules::change_rules(&ctx, store, version, &typed).await
    }
    fn draw(inside: &Inside, _: &StoreId, page: &PaymentRules, shown: &form::Sheet) -> String {
        let still = inside.still(SETTINGS, words(inside.locale()).rules_title);
        settings::cash::cash(&still, &page.zones, shown)
    }
    fn address(_: &StoreId) -> String {
        "/dashboard/settings/cash".to_owned()
    }
}

pub async fn page(inside: Inside, RawQuery(query): RawQuery) -> Response {
    sheet::show::<Rules>(&inside, &inside.member.store, sheet::is_saved(query)).await
}

pub async fn save(inside: Inside, Posted(typed): Posted) -> Response {
    let store = inside.member.store;
    sheet::save::<Rules>(&inside, store, typed).await
}

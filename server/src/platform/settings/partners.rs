//! The delivery partner: its key is saved, tried at once, and its agents are read when the partner answers to it.

use crate::{
    doors::{Inside, Pressed, to_the_end},
    platform::sheet::Sheet,
};
use app::{
    dashboard::address::SETTINGS,
    still::{form, settings},
    text,
};
use axum::response::Response;
use duka::{
    ctx::Ctx,
    delivery::partners::settings::{self as partner_settings, PartnerSettings},
    error::AppError,
    kernel::typed::Typed,
};

const ADDRESS: &str = "/dashboard/settings/partners";

pub struct PartnerSheet;

impl Sheet for PartnerSheet {
    type Key = ();
    type Page = PartnerSettings;
    const FIELDS: &'static [&'static str] = partner_settings::FIELDS;
    const SECRETS: &'static [&'static str] = partner_settings::SECRETS;

    async fn load(ctx: &Ctx, (): &()) -> Result<PartnerSettings, AppError> {
        partner_settings::load(ctx).await
    }
    fn form(page: &PartnerSettings) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, (): (), version: i32, typed: Typed) -> Result<(), AppError> {
        partner_settings::change_partner(&ctx, version, &typed).await?;
        // Saved is saved: what the try comes to stands on the page.
        partner_settings::prove(&ctx).await
    }
    fn draw(inside: &Inside, (): &(), page: &PartnerSettings, shown: &form::Sheet) -> String {
        let (title, _) = text::partner_settings::words(inside.locale()).entry;
        settings::partners::partners(&inside.still(SETTINGS, title), page, shown)
    }
    fn address((): &()) -> String {
        ADDRESS.to_owned()
    }
}

pub async fn check(inside: Inside, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    let tried = match to_the_end(async move { partner_settings::prove(&ctx).await }).await {
        // Somebody else changed it meanwhile: theirs was tried when they saved it.
        Err(AppError::ChangedMeanwhile) => Ok(()),
        tried => tried,
    };
    inside.lead(tried, ADDRESS)
}

pub async fn stop(inside: Inside, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    inside.lead(to_the_end(async move { partner_settings::stop_partner(&ctx).await }).await, ADDRESS)
}

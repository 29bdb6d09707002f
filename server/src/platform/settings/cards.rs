//! The card account: its keys are saved, tried at once, and put to use when the provider answers to them.

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
    error::AppError,
    kernel::typed::Typed,
    payments::card_settings::{self, CardSettings},
};

const ADDRESS: &str = "/dashboard/settings/cards";

pub struct CardSheet;

impl Sheet for CardSheet {
    type Key = ();
    type Page = CardSettings;
    const FIELDS: &'static [&'static str] = card_settings::FIELDS;
    const SECRETS: &'static [&'static str] = card_settings::SECRETS;

    async fn load(ctx: &Ctx, (): &()) -> Result<CardSettings, AppError> {
        card_settings::load(ctx).await
    }
    fn form(page: &CardSettings) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, (): (), version: i32, typed: Typed) -> Result<(), AppError> {
        card_settings::change_account(&ctx, version, &typed).await?;
        // Saved is saved: what the try comes to stands on the page.
        card_settings::prove(&ctx).await
    }
    fn draw(inside: &Inside, (): &(), page: &CardSettings, shown: &form::Sheet) -> String {
        let (title, _) = text::card_settings::words(inside.locale()).entry;
        settings::cards::cards(&inside.still(SETTINGS, title), page, shown)
    }
    fn address((): &()) -> String {
        ADDRESS.to_owned()
    }
}

pub async fn check(inside: Inside, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    let tried = match to_the_end(async move { card_settings::prove(&ctx).await }).await {
        // Somebody else changed the keys meanwhile: theirs were tried when they saved them.
        Err(AppError::ChangedMeanwhile) => Ok(()),
        tried => tried,
    };
    inside.lead(tried, ADDRESS)
}

pub async fn stop(inside: Inside, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    inside.lead(to_the_end(async move { card_settings::stop_cards(&ctx).await }).await, ADDRESS)
}

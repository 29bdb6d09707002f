//! The M-Pesa account: set up, tried with KSh 1, put to use by that.

use crate::{
    doors::{Inside, Posted},
    platform::sheet::{self, Sheet, shown_again},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::SETTINGS,
    still::{form, settings},
    text,
};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::typed::Typed,
    payments::{
        account_settings::{self, AccountSettings},
        account_test::try_account,
    },
};
use http::HeaderValue;

const ADDRESS: &str = "/dashboard/settings/mpesa";
/// How soon a page that waits for the phone looks again, in seconds.
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static("4");

struct AccountSheet;

impl Sheet for AccountSheet {
    type Key = ();
    type Page = AccountSettings;
    const FIELDS: &'static [&'static str] = account_settings::FIELDS;
    const SECRETS: &'static [&'static str] = account_settings::SECRETS;

    async fn load(ctx: &Ctx, (): &()) -> Result<AccountSettings, AppError> {
        account_settings::load(ctx).await
    }
    fn form(page: &AccountSettings) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, (): (), version: i32, typed: Typed) -> Result<(), AppError> {
        account_settings::change_account(&ctx, version, &typed).await
    }
    fn draw(inside: &Inside, (): &(), page: &AccountSettings, shown: &form::Sheet) -> String {
        draw(inside, page, shown, &form::Sheet::default())
    }
    fn address((): &()) -> String {
        ADDRESS.to_owned()
    }
}

fn draw(inside: &Inside, page: &AccountSettings, shown: &form::Sheet, trying: &form::Sheet) -> String {
    let (title, _) = text::settings::words(inside.locale()).mpesa;
    settings::mpesa::mpesa(&inside.still(SETTINGS, title), page, shown, trying)
}

pub async fn page(inside: Inside, RawQuery(query): RawQuery) -> Response {
    let mut answer = sheet::show::<AccountSheet>(&inside, &(), sheet::is_saved(query)).await;
    let waits =
        account_settings::load(&inside.ctx).await.is_ok_and(|page| page.last_test.is_some_and(|test| test.is_open()));
    if waits {
        answer.headers_mut().insert("refresh", LOOK_AGAIN);
    }
    answer
}

pub async fn save(inside: Inside, Posted(typed): Posted) -> Response {
    sheet::save::<AccountSheet>(&inside, (), typed).await
}

pub async fn try_it(inside: Inside, Posted(typed): Posted) -> Response {
    let (ctx, phone) = (inside.ctx.clone(), typed.get("phone").to_owned());
    let tried = match sheet::only(&typed, &["phone"]) {
        Ok(()) => sheet::to_the_end(async move { try_account(&ctx, &phone).await }).await,
        Err(error) => Err(error),
    };
    let Err(error) = tried else { return see_other(&format!("{ADDRESS}#test")) };
    let page = match account_settings::load(&inside.ctx).await {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    match shown_again(typed, error) {
        Ok((status, trying)) => {
            let (version, typed) = AccountSheet::form(&page);
            let shown = form::Sheet { version, seen: typed.clone(), typed, ..form::Sheet::default() };
            private_page(status, draw(&inside, &page, &shown, &trying))
        }
        Err(other) => inside.refuse(other),
    }
}

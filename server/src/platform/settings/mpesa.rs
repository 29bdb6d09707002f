//! The M-Pesa account: set up, tried with KSh 1, put to use by that.

use crate::{
    doors::{Inside, Posted, Pressed},
    platform::sheet::{self, Sheet, shown_again},
    request::{private_page, see_other},
};
use app::{
    dashboard::address::SETTINGS,
    still::{
        form,
        settings::{self, mpesa::Sheets},
    },
    text,
};
use axum::{extract::RawQuery, response::Response};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::typed::Typed,
    payments::{
        account_operator,
        account_settings::{self, AccountSettings},
        account_test::try_account,
        balance, register_addresses,
    },
};
use http::HeaderValue;

const ADDRESS: &str = "/dashboard/settings/mpesa";
/// How soon a page that waits for the phone looks again, in seconds.
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static("4");

pub struct AccountSheet;

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
        draw(inside, page, shown, &form::Sheet::default(), &operator_sheet(page))
    }
    fn address((): &()) -> String {
        ADDRESS.to_owned()
    }
}

fn draw(
    inside: &Inside,
    page: &AccountSettings,
    account: &form::Sheet,
    trying: &form::Sheet,
    operator: &form::Sheet,
) -> String {
    let (title, _) = text::settings::words(inside.locale()).mpesa;
    let sheets = Sheets { account, trying, operator };
    settings::mpesa::mpesa(&inside.still(SETTINGS, title), page, sheets, inside.ctx.now())
}

/// The account's form as it stands.
fn account_sheet(page: &AccountSettings) -> form::Sheet {
    let (version, typed) = AccountSheet::form(page);
    form::Sheet { version, seen: typed.clone(), typed, ..form::Sheet::default() }
}

/// The operator's form as it stands; the password is not in it.
fn operator_sheet(page: &AccountSettings) -> form::Sheet {
    let typed = Typed::default().with("initiator_name", page.operator.name.clone().unwrap_or_default());
    form::Sheet { version: page.version, typed, ..form::Sheet::default() }
}

pub async fn page(inside: Inside, RawQuery(query): RawQuery) -> Response {
    let mut answer = sheet::show::<AccountSheet>(&inside, &(), sheet::is_saved(query)).await;
    let waits = account_settings::load(&inside.ctx)
        .await
        .is_ok_and(|page| page.balance.is_asking || page.last_test.is_some_and(|test| test.is_open()));
    if waits {
        answer.headers_mut().insert("refresh", LOOK_AGAIN);
    }
    answer
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
            private_page(status, draw(&inside, &page, &account_sheet(&page), &trying, &operator_sheet(&page)))
        }
        Err(other) => inside.refuse(other),
    }
}

/// The password goes in and never comes out: a form that comes back has the name only.
pub async fn change_operator(inside: Inside, Posted(mut typed): Posted) -> Response {
    let version = typed.take(form::VERSION).parse().unwrap_or_default();
    typed.take(form::SEEN);
    let (ctx, sent) = (inside.ctx.clone(), typed.clone());
    let changed = match sheet::only(&typed, account_operator::FIELDS) {
        Ok(()) => sheet::to_the_end(async move { account_operator::change_operator(&ctx, version, &sent).await }).await,
        Err(error) => Err(error),
    };
    let Err(error) = changed else { return see_other(&format!("{ADDRESS}?saved")) };
    let page = match account_settings::load(&inside.ctx).await {
        Ok(page) => page,
        Err(missing) => return inside.refuse(missing),
    };
    typed.take("initiator_password");
    match shown_again(typed, error) {
        Ok((status, operator)) => {
            // A form that is wrong was read when it was read: what a colleague has done since is not seen yet.
            let version = if operator.problem.is_some() { page.version } else { version };
            let operator = form::Sheet { version, ..operator };
            private_page(status, draw(&inside, &page, &account_sheet(&page), &form::Sheet::default(), &operator))
        }
        Err(other) => inside.refuse(other),
    }
}

/// What M-Pesa said of the addresses stands on the page.
pub async fn register_addresses(inside: Inside, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    let said = sheet::to_the_end(async move { register_addresses::register(&ctx).await });
    inside.lead(said.await, &format!("{ADDRESS}#addresses"))
}

pub async fn ask_balance(inside: Inside, _: Pressed) -> Response {
    let ctx = inside.ctx.clone();
    let asked = sheet::to_the_end(async move { balance::ask(&ctx).await });
    inside.lead(asked.await, &format!("{ADDRESS}#balance"))
}

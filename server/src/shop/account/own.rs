//! A shopper's language, the copy of their data, and that they are erased.

use super::{refuse, session};
use crate::{
    doors::to_the_end,
    request::{asked::Asked, client::Caller, private_page, see_other},
    shop::faults,
    state::App,
};
use ::app::storefront;
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    response::{IntoResponse as _, Response},
};
use duka::{
    customers::shopper::own_copy::{choose_own_language, copy_own, erase_own, keep_own},
    kernel::locale::Locale,
    pages::storefront::account::{Account, load_own},
};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

const HOME: &str = "/account/own";

/// The field of `POST /account/language`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageForm {
    #[serde(default)]
    language: String,
}

/// The field of `POST /account/own/erase`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EraseForm {
    #[serde(default)]
    sure: String,
}

pub async fn page(State(app): State<App>, asked: Asked, headers: HeaderMap) -> Response {
    draw(&app, &asked, &headers, StatusCode::OK, false).await
}

async fn draw(app: &App, asked: &Asked, headers: &HeaderMap, status: StatusCode, is_unticked: bool) -> Response {
    match load_own(&asked.ctx, &asked.visit(app, HOME), session(app, headers).as_ref()).await {
        Ok(Account::Own(frame, own)) => private_page(status, storefront::own_copy(&frame, &own, is_unticked)),
        Ok(Account::Nobody(_)) => see_other(&asked.to("/account")),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

/// Leads on in the language that was chosen.
pub async fn language(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    form: Result<Form<LanguageForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(fault) => return faults::unreadable_form(&app, &asked, &fault).await,
    };
    let Some(token) = session(&app, &headers) else { return see_other(&asked.to("/account")) };
    let Some(locale) = Locale::parse(&form.language) else { return see_other(&asked.to(HOME)) };
    let ctx = asked.ctx.clone();
    match to_the_end(async move { choose_own_language(&ctx, &token, locale).await }).await {
        Ok(()) => see_other(&locale.path(HOME)),
        Err(error) => refuse(&app, &asked, error).await,
    }
}

pub async fn copy(State(app): State<App>, asked: Asked, caller: Caller, headers: HeaderMap) -> Response {
    let Some(token) = session(&app, &headers) else { return see_other(&asked.to("/account")) };
    let ctx = asked.ctx.clone().from(caller.origin());
    match to_the_end(async move { copy_own(&ctx, &token).await }).await {
        Ok(document) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\""),
                (header::CACHE_CONTROL, "private, no-store"),
            ];
            (headers, format!("{document:#}\n")).into_response()
        }
        Err(error) => refuse(&app, &asked, error).await,
    }
}

pub async fn erase(
    State(app): State<App>,
    asked: Asked,
    caller: Caller,
    headers: HeaderMap,
    form: Result<Form<EraseForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(fault) => return faults::unreadable_form(&app, &asked, &fault).await,
    };
    let Some(token) = session(&app, &headers) else { return see_other(&asked.to("/account")) };
    if form.sure != "on" {
        return draw(&app, &asked, &headers, StatusCode::UNPROCESSABLE_ENTITY, true).await;
    }
    let ctx = asked.ctx.clone().from(caller.origin());
    match to_the_end(async move { erase_own(&ctx, &token).await }).await {
        Ok(_) => see_other(&asked.to(HOME)),
        Err(error) => refuse(&app, &asked, error).await,
    }
}

pub async fn keep(State(app): State<App>, asked: Asked, caller: Caller, headers: HeaderMap) -> Response {
    let Some(token) = session(&app, &headers) else { return see_other(&asked.to("/account")) };
    let ctx = asked.ctx.clone().from(caller.origin());
    match to_the_end(async move { keep_own(&ctx, &token).await }).await {
        Ok(()) => see_other(&asked.to(HOME)),
        Err(error) => refuse(&app, &asked, error).await,
    }
}

//! A shopper's address book.

use super::{refuse, session};
use crate::{
    doors::to_the_end,
    request::{asked::Asked, private_page, see_other},
    shop::faults,
    state::App,
};
use ::app::storefront::{self, Told};
use axum::{
    Form,
    extract::{Path, RawQuery, State, rejection::FormRejection},
    response::Response,
};
use duka::{
    customers::shopper::own_places::{change_own_place, forget_own_place},
    error::AppError,
    kernel::{field_errors::FieldErrors, id::CustomerAddressId, typed::Typed},
    pages::storefront::account::{Account, load_places},
};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

const HOME: &str = "/account/addresses";

/// The fields of `POST /account/addresses/{place}`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceForm {
    #[serde(default)]
    version: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    instructions: String,
    #[serde(default)]
    is_default: String,
}

pub async fn page(State(app): State<App>, asked: Asked, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let told = Told { is_saved: query.as_deref() == Some("saved"), ..Told::default() };
    draw(&app, &asked, &headers, StatusCode::OK, &told).await
}

async fn draw(app: &App, asked: &Asked, headers: &HeaderMap, status: StatusCode, told: &Told) -> Response {
    match load_places(&asked.ctx, &asked.visit(app, HOME), session(app, headers).as_ref()).await {
        Ok(Account::Own(frame, places)) => private_page(status, storefront::own_places(&frame, &places, told)),
        Ok(Account::Nobody(_)) => see_other(&asked.to("/account")),
        Err(fault) => faults::page(app, asked, fault).await,
    }
}

pub async fn change(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Path(place): Path<String>,
    form: Result<Form<PlaceForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(fault) => return faults::unreadable_form(&app, &asked, &fault).await,
    };
    let Some(token) = session(&app, &headers) else { return see_other(&asked.to("/account")) };
    let Some(place) = CustomerAddressId::parse(&place) else { return faults::not_found(&app, &asked).await };
    let typed = Typed::default()
        .with("label", form.label)
        .with("instructions", form.instructions)
        .with("is_default", form.is_default);
    // A version that is none is older than all.
    let version = form.version.parse().unwrap_or(0);
    let (ctx, sent) = (asked.ctx.clone(), typed.clone());
    let changing = to_the_end(async move { change_own_place(&ctx, &token, place, version, &sent).await });
    match changing.await {
        Ok(()) => see_other(&asked.to(&format!("{HOME}?saved"))),
        Err(AppError::Invalid(errors)) => {
            let told = Told { refused: Some((place, typed, errors)), ..Told::default() };
            draw(&app, &asked, &headers, StatusCode::UNPROCESSABLE_ENTITY, &told).await
        }
        Err(AppError::ChangedMeanwhile) => {
            // What was typed stays in the form, below what stands there now.
            let told = Told { is_stale: true, refused: Some((place, typed, FieldErrors::none())), ..Told::default() };
            draw(&app, &asked, &headers, StatusCode::CONFLICT, &told).await
        }
        Err(error) => refuse(&app, &asked, error).await,
    }
}

pub async fn forget(State(app): State<App>, asked: Asked, headers: HeaderMap, Path(place): Path<String>) -> Response {
    let Some(token) = session(&app, &headers) else { return see_other(&asked.to("/account")) };
    let Some(place) = CustomerAddressId::parse(&place) else { return faults::not_found(&app, &asked).await };
    let ctx = asked.ctx.clone();
    match to_the_end(async move { forget_own_place(&ctx, &token, place).await }).await {
        Ok(()) => see_other(&asked.to(&format!("{HOME}?saved"))),
        Err(error) => refuse(&app, &asked, error).await,
    }
}

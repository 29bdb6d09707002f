//! The second factor's page and its forms.

use super::again;
use crate::{
    doors::{Inside, Posted, Pressed, only},
    request::{cookies::Cookie, private_page, see_other},
};
use app::{
    still::{
        account::{Picture, SECOND_FACTOR, codes_page, second_factor_page},
        form::Sheet,
    },
    text::account,
};
use axum::response::Response;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use duka::{
    error::AppError,
    kernel::typed::Typed,
    tenancy::second_factor::{self as verbs, SecondFactor},
};
use fast_qr::{convert::svg::SvgBuilder, qr::QRBuilder};
use http::StatusCode;

pub async fn page(inside: Inside) -> Response {
    match verbs::load(&inside.ctx).await {
        Ok(state) => private_page(StatusCode::OK, draw(&inside, &state, &Sheet::default(), None)),
        Err(error) => inside.refuse(error),
    }
}

pub async fn start(inside: Inside, _: Pressed) -> Response {
    match verbs::start(&inside.ctx).await {
        // Somebody switched it on meanwhile: the page says so.
        Ok(()) | Err(AppError::ChangedMeanwhile) => see_other(SECOND_FACTOR),
        Err(error) => inside.refuse(error),
    }
}

pub async fn switch_on(inside: Inside, Posted(typed): Posted) -> Response {
    let done = match only(&typed, &["code"]) {
        Ok(()) => verbs::switch_on(&inside.ctx, typed.get("code")).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(on) => {
            let mut answer = shown(&inside, &on.codes);
            Cookie::Session.set(&mut answer, &inside.app.config.base, &on.token.hex());
            answer
        }
        Err(error) => back(&inside, error, None).await,
    }
}

pub async fn renew_codes(inside: Inside, Posted(typed): Posted) -> Response {
    let done = match only(&typed, &["code"]) {
        Ok(()) => verbs::renew_codes(&inside.ctx, typed.get("code")).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(codes) => shown(&inside, &codes),
        Err(error) => back(&inside, error, Some("codes")).await,
    }
}

pub async fn switch_off(inside: Inside, Posted(typed): Posted) -> Response {
    let done = match only(&typed, &["code"]) {
        Ok(()) => verbs::switch_off(&inside.ctx, typed.get("code")).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(token) => {
            let mut answer = see_other(SECOND_FACTOR);
            Cookie::Session.set(&mut answer, &inside.app.config.base, &token.hex());
            answer
        }
        Err(error) => back(&inside, error, Some("off")).await,
    }
}

fn shown(inside: &Inside, codes: &[String]) -> Response {
    let title = account::words(inside.locale()).codes_title;
    private_page(StatusCode::OK, codes_page(&inside.still("", title), codes))
}

async fn back(inside: &Inside, error: AppError, which: Option<&'static str>) -> Response {
    match verbs::load(&inside.ctx).await {
        Ok(state) => again(inside, Typed::default(), error, |sheet| draw(inside, &state, sheet, which)),
        Err(missing) => inside.refuse(missing),
    }
}

fn draw(inside: &Inside, state: &SecondFactor, sheet: &Sheet, which: Option<&'static str>) -> String {
    let picture = match state {
        SecondFactor::Trying { uri, .. } => picture(uri),
        SecondFactor::Off | SecondFactor::On { .. } => None,
    };
    let title = account::words(inside.locale()).second_factor;
    second_factor_page(&inside.still("", title), state, picture, sheet, which)
}

/// Without a picture the secret can still be typed.
fn picture(uri: &str) -> Option<Picture> {
    let code = QRBuilder::new(uri).build().ok()?;
    let svg = SvgBuilder::default().to_str(&code);
    Some(Picture(format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(svg))))
}

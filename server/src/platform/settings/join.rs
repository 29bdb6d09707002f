//! The link of an invite: what it is to, and joining by it.

use crate::{
    doors::{Posted, to_the_end},
    platform::sheet::shown_again,
    request::{client::Caller, cookies::Cookie, private_page, see_other},
    shop::faults,
    state::App,
};
use app::still::{form::Sheet, settings::join};
use axum::{
    extract::{Path, State},
    response::Response,
};
use duka::{
    error::AppError,
    kernel::{locale::Locale, token::Token},
    tenancy::{
        invites::{self, find_invitation},
        session,
    },
};
use http::{HeaderMap, HeaderValue, StatusCode, header::REFERRER_POLICY};

/// The address holds the token, so no other site may hear of it. `no-referrer` would also keep a browser from saying
/// where the form comes from, and such forms are refused.
const WITHIN: HeaderValue = HeaderValue::from_static("same-origin");

pub async fn page(State(app): State<App>, caller: Caller, Path(token): Path<String>) -> Response {
    draw(&app, caller.locale, &token, StatusCode::OK, &Sheet::default()).await
}

async fn draw(app: &App, locale: Locale, token: &str, status: StatusCode, shown: &Sheet) -> Response {
    let found = match Token::parse(token) {
        Some(known) => find_invitation(&app.platform, &known).await,
        None => Ok(None),
    };
    let mut answer = match found {
        Ok(Some(invitation)) => private_page(status, join::join(locale, &app.site.assets, &invitation, token, shown)),
        Ok(None) => private_page(StatusCode::GONE, join::link_over(locale, &app.site.assets)),
        Err(fault) => faults::bare(app, locale, fault),
    };
    answer.headers_mut().insert(REFERRER_POLICY, WITHIN);
    answer
}

pub async fn accept(
    State(app): State<App>,
    caller: Caller,
    Path(token): Path<String>,
    headers: HeaderMap,
    Posted(mut typed): Posted,
) -> Response {
    let (locale, origin) = (caller.locale, caller.origin());
    let Some(known) = Token::parse(&token) else {
        return draw(&app, locale, &token, StatusCode::GONE, &Sheet::default()).await;
    };
    let (platform, wanted) = (app.platform.clone(), typed.clone());
    match to_the_end(async move { invites::accept(&platform, &known, &wanted, locale, origin).await }).await {
        Ok(joined) => {
            if let Some(before) = Cookie::Session.token(&headers, &app.config.base) {
                // A browser has one session; the one before is over even if this fails.
                let _ = session::end(&app.platform, &before).await;
            }
            let mut answer = see_other("/dashboard");
            Cookie::Session.set(&mut answer, &app.config.base, &joined.hex());
            answer
        }
        Err(AppError::NotFound) => draw(&app, locale, &token, StatusCode::GONE, &Sheet::default()).await,
        Err(error) => {
            typed.take("password");
            match shown_again(typed, error) {
                Ok((status, shown)) => draw(&app, locale, &token, status, &shown).await,
                Err(other) => faults::bare(&app, locale, other),
            }
        }
    }
}

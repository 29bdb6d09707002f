//! The link of an invite: what it is to, and joining by it.

use crate::{
    doors::Posted,
    platform::sheet::shown_again,
    request::{asked::preferred_locale, client, cookies::Cookie, private_page, see_other},
    shop::faults,
    state::App,
};
use app::still::{form::Sheet, settings::join};
use axum::{
    extract::{FromRequest as _, Path, Request, State},
    response::Response,
};
use duka::{
    ctx::Origin,
    error::AppError,
    kernel::{locale::Locale, token::Token},
    tenancy::invites::{self, find_invitation},
};
use http::{
    HeaderValue, StatusCode,
    header::{REFERRER_POLICY, USER_AGENT},
};

/// The address holds the token, so no page behind a link may hear of it.
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");

pub async fn page(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    let locale = preferred_locale(request.headers());
    draw(&app, locale, &token, StatusCode::OK, &Sheet::default()).await
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
    answer.headers_mut().insert(REFERRER_POLICY, NO_REFERRER);
    answer
}

pub async fn accept(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    let locale = preferred_locale(request.headers());
    let address = client::address(&app.config, request.extensions(), request.headers());
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let origin = Origin::new(address.map(|address| address.to_string()), agent, None);
    let typed = match Posted::from_request(request, &app).await {
        Ok(Posted(typed)) => typed,
        Err(refused) => return refused,
    };
    let Some(known) = Token::parse(&token) else {
        return draw(&app, locale, &token, StatusCode::GONE, &Sheet::default()).await;
    };
    let (platform, wanted) = (app.platform.clone(), typed.clone());
    let joining = tokio::spawn(async move { invites::accept(&platform, &known, &wanted, locale, origin).await });
    match joining.await.unwrap_or_else(|fault| Err(AppError::broken(fault))) {
        Ok(session) => {
            let mut answer = see_other("/dashboard");
            Cookie::Session.set(&mut answer, &app.config.base, &session.hex());
            answer
        }
        Err(AppError::NotFound) => draw(&app, locale, &token, StatusCode::GONE, &Sheet::default()).await,
        Err(error) => {
            let mut typed = typed;
            typed.take("password");
            match shown_again(typed, error) {
                Ok((status, shown)) => draw(&app, locale, &token, status, &shown).await,
                Err(other) => faults::bare(&app, locale, other),
            }
        }
    }
}

//! Signing in and out by plain forms.

use crate::{
    request::{client, cookies::Cookie, private_page, see_other},
    shop::faults,
    state::App,
};
use app::dashboard::{SignInPage, SignInProblem, sign_in_page};
use axum::{
    Form,
    extract::{FromRequest as _, Request, State},
    response::Response,
};
use duka::{
    error::AppError,
    kernel::locale::Locale,
    tenancy::{
        session,
        sign_in::{self, SignInOutcome, Visitor},
    },
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{RETRY_AFTER, USER_AGENT},
};
use serde::Deserialize;

/// The fields of `POST /sign-in`. `code`, the second factor, comes with its own work.
#[derive(Debug, Default, Deserialize)]
struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    store: String,
}

pub async fn page(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(token) = Cookie::Session.token(&headers, &app.config.base)
        && let Ok(Some(_)) = session::find(&app.platform, &token).await
    {
        return see_other("/dashboard");
    }
    draw(&app, StatusCode::OK, "", None)
}

fn draw(app: &App, status: StatusCode, email: &str, problem: Option<SignInProblem>) -> Response {
    private_page(status, sign_in_page(&SignInPage { locale: Locale::En, assets: &app.site.assets, email, problem }))
}

pub async fn sign_in(State(app): State<App>, request: Request) -> Response {
    let address = client::address(&app.config, request.extensions(), request.headers());
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default().to_owned();
    let before = Cookie::Session.token(request.headers(), &app.config.base);
    let form = match Form::<SignInForm>::from_request(request, &app).await {
        Ok(Form(form)) => form,
        Err(fault) => return faults::turned_away_bare(&app, Locale::En, faults::reason(&fault)),
    };
    let told = address.map(|address| address.to_string()).unwrap_or_default();
    let is_exempt = app.is_demo && address.is_some_and(|address| address.is_loopback());
    let visitor = Visitor { address: &told, user_agent: &agent, is_exempt };
    let store = Some(form.store.trim()).filter(|store| !store.is_empty());
    match sign_in::sign_in(&app.platform, &form.email, &form.password, store, visitor).await {
        Ok(SignInOutcome::SignedIn { token, .. }) => {
            if let Some(before) = before {
                // A browser has one session; the one before is over even if this fails.
                let _ = session::end(&app.platform, &before).await;
            }
            let mut answer = see_other("/dashboard");
            Cookie::Session.set(&mut answer, &app.config.base, &token.hex());
            answer
        }
        Ok(SignInOutcome::ChooseStore(stores)) => {
            draw(&app, StatusCode::OK, &form.email, Some(SignInProblem::ChooseStore(stores)))
        }
        Ok(SignInOutcome::Wrong) => {
            draw(&app, StatusCode::UNPROCESSABLE_ENTITY, &form.email, Some(SignInProblem::Wrong))
        }
        Ok(SignInOutcome::Throttled { retry_after_seconds }) => {
            let mut answer = draw(
                &app,
                StatusCode::TOO_MANY_REQUESTS,
                &form.email,
                Some(SignInProblem::Throttled { retry_after_seconds }),
            );
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_seconds));
            answer
        }
        Err(AppError::TryAgain { retry_after_seconds }) => {
            let mut answer = draw(&app, StatusCode::SERVICE_UNAVAILABLE, &form.email, Some(SignInProblem::TryAgain));
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_seconds));
            answer
        }
        Err(fault) => faults::bare(&app, Locale::En, fault),
    }
}

pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(token) = Cookie::Session.token(&headers, &app.config.base)
        && let Err(fault) = session::end(&app.platform, &token).await
    {
        return faults::bare(&app, Locale::En, fault);
    }
    let mut answer = see_other("/");
    Cookie::Session.end(&mut answer, &app.config.base);
    answer
}

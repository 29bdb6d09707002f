//! Signing up: a stranger's form, and what is said of the address in it.

use crate::{
    doors::{Posted, to_the_end},
    request::{asked::split_locale, client, cookies::Cookie, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    still::{
        form::Sheet,
        sign_up::{SignUpPage, Verdict, sign_up_page, verdict},
    },
    text::start,
};
use axum::{
    Json,
    extract::{FromRequest as _, Query, Request, State, rejection::QueryRejection},
    response::{IntoResponse as _, Response},
};
use duka::{
    ctx::Origin,
    db::directory::ShopHost,
    error::AppError,
    kernel::{field_errors::FieldProblem, locale::Locale, slug::Slug, token::Token, typed::Typed},
    tenancy::{
        session,
        sign_in::{self, SignInOutcome, Tried, Visitor},
        sign_up::{self, SignUp},
    },
};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, RETRY_AFTER, USER_AGENT},
};
use serde::Deserialize;
use serde_json::json;
use std::net::IpAddr;

/// The second button: only a look at the address.
const CHECK: &str = "check";

pub async fn page(State(app): State<App>, request: Request) -> Response {
    let (locale, _) = split_locale(request.uri().path());
    let mut answer = draw(&app, locale, StatusCode::OK, &Sheet::default(), None, None);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    answer
}

fn draw(
    app: &App,
    locale: Locale,
    status: StatusCode,
    sheet: &Sheet,
    verdict: Option<&Verdict>,
    problem: Option<String>,
) -> Response {
    let behind = behind(app);
    let page = SignUpPage { locale, assets: &app.site.assets, behind: &behind, sheet, verdict, problem };
    private_page(status, sign_up_page(&page))
}

/// What follows the label in a shop's address.
pub fn behind(app: &App) -> String {
    format!(".{}", app.config.base.host)
}

#[derive(Debug, Deserialize)]
pub struct Wish {
    #[serde(default)]
    slug: String,
}

/// `{slug, is_free, message}`, for the page that checks while somebody types.
pub async fn address(State(app): State<App>, uri: http::Uri, query: Result<Query<Wish>, QueryRejection>) -> Response {
    let (locale, _) = split_locale(uri.path());
    let slug = query.map(|query| query.0.slug).unwrap_or_default();
    match look_at(&app, locale, &slug).await {
        Ok((slug, verdict)) => {
            let body = json!({ "slug": slug, "is_free": verdict.is_free, "message": verdict.message });
            ([(CACHE_CONTROL, "no-store")], Json(body)).into_response()
        }
        Err(fault) => faults::bare(&app, locale, fault),
    }
}

async fn look_at(app: &App, locale: Locale, typed: &str) -> Result<(String, Verdict), AppError> {
    let judged = sign_up::judge_address(&app.platform, typed).await?;
    // What was typed comes back shortened: it stands in an answer of ours.
    let slug =
        judged.as_ref().map_or_else(|_| typed.trim().chars().take(80).collect(), |slug| slug.as_str().to_owned());
    let whole = format!("{slug}{}", behind(app));
    let proposal = Slug::from_name(&slug);
    Ok((slug, verdict(locale, &whole, proposal.as_ref(), judged.map(|_| ()))))
}

pub async fn sign_up(State(app): State<App>, request: Request) -> Response {
    let (locale, _) = split_locale(request.uri().path());
    let from = client::address(&app.config, request.extensions(), request.headers());
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default().to_owned();
    let before = Cookie::Session.token(request.headers(), &app.config.base);
    let Posted(mut typed) = match Posted::from_request(request, &app).await {
        Ok(posted) => posted,
        Err(refusal) => return refusal,
    };
    if !typed.take(CHECK).is_empty() {
        return only_look(&app, locale, typed).await;
    }
    let read = SignUp::read(&typed, locale);
    // Never sent back.
    let password = typed.take("password");
    let new = match read {
        Ok(new) => new,
        Err(errors) => {
            let sheet = Sheet { typed, errors, ..Sheet::default() };
            return draw(&app, locale, StatusCode::UNPROCESSABLE_ENTITY, &sheet, None, None);
        }
    };
    if let Err(seconds) = once_more(&app, from) {
        return too_many(&app, locale, typed, seconds);
    }
    let origin = Origin::new(from.map(|from| from.to_string()), &agent, None);
    let platform = app.platform.clone();
    match to_the_end(async move { sign_up::sign_up(&platform, new, origin).await }).await {
        Ok(made) => {
            // Somebody may have asked for the address before it led anywhere.
            app.hosts.forget_host(&ShopHost::Subdomain(made.slug.as_str().to_owned()));
            let_in(&app, before, &made.token).await
        }
        Err(AppError::Invalid(errors)) => {
            if errors.of("slug") == Some(FieldProblem::Taken)
                && let Some(token) = enter_own(&app, &typed, &password, from, &agent).await
            {
                return let_in(&app, before, &token).await;
            }
            let sheet = Sheet { typed, errors, ..Sheet::default() };
            draw(&app, locale, StatusCode::UNPROCESSABLE_ENTITY, &sheet, None, None)
        }
        Err(AppError::TooMany { retry_after_seconds }) => too_many(&app, locale, typed, retry_after_seconds),
        Err(fault) => faults::bare(&app, locale, fault),
    }
}

async fn let_in(app: &App, before: Option<Token>, token: &Token) -> Response {
    if let Some(before) = before {
        // A browser has one session; the one before is over even if this fails.
        let _ = session::end(&app.platform, &before).await;
    }
    let mut answer = see_other("/dashboard/start");
    Cookie::Session.set(&mut answer, &app.config.base, &token.hex());
    answer
}

/// Into the shop that the same form has made already: where the answer was lost on the way, or the button was pressed
/// twice, it is sent again. This is a sign-in like any other, with its brakes; whoever may not come in learns no more
/// than that the address is taken.
async fn enter_own(app: &App, typed: &Typed, password: &str, from: Option<IpAddr>, agent: &str) -> Option<Token> {
    let address = from.map(|from| from.to_string()).unwrap_or_default();
    let is_exempt = app.is_demo && from.is_some_and(|from| from.is_loopback());
    let visitor = Visitor { address: &address, user_agent: agent, is_exempt };
    let slug = typed.get("slug").trim().to_lowercase();
    let tried = Tried { email: typed.get("email"), password, code: "", store: &slug };
    match sign_in::sign_in(&app.platform, tried, visitor).await {
        Ok(SignInOutcome::SignedIn { token, .. }) => Some(token),
        _ => None,
    }
}

fn too_many(app: &App, locale: Locale, typed: Typed, seconds: u32) -> Response {
    let sheet = Sheet { typed, ..Sheet::default() };
    let sentence = (start::words(locale).too_many)(seconds.div_ceil(60));
    let mut answer = draw(app, locale, StatusCode::TOO_MANY_REQUESTS, &sheet, None, Some(sentence));
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

/// Whether this address may make one more shop; the demo lets the machine itself make any number.
fn once_more(app: &App, from: Option<IpAddr>) -> Result<(), u32> {
    match from {
        Some(from) if !(app.is_demo && from.is_loopback()) => app.sign_ups.again(from),
        _ => Ok(()),
    }
}

/// The page again with what was found about the address; without one, the shop's name makes a proposal.
async fn only_look(app: &App, locale: Locale, mut typed: Typed) -> Response {
    typed.take("password");
    if typed.get("slug").trim().is_empty()
        && let Some(slug) = Slug::from_name(typed.get("business"))
    {
        typed.set("slug", slug.as_str().chars().take(40).collect::<String>().trim_end_matches('-'));
    }
    match look_at(app, locale, typed.get("slug")).await {
        Ok((_, verdict)) => {
            let sheet = Sheet { typed, ..Sheet::default() };
            draw(app, locale, StatusCode::OK, &sheet, Some(&verdict), None)
        }
        Err(fault) => faults::bare(app, locale, fault),
    }
}

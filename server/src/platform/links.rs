//! Links that came by mail: a new password, a new e-mail; and the page that asks for the first.

use crate::{
    doors::{Doors, Posted, Who, to_the_end},
    request::{client::Caller, cookies::Cookie, private_page, see_other},
    shop::faults,
    state::App,
};
use app::{
    dashboard::{email_done_page, email_page, forgot_page, forgot_sent_page, gone_page, reset_page},
    still::form::Sheet,
};
use axum::{
    extract::{Extension, Path, RawQuery, State},
    response::Response,
};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        email::Email,
        field_errors::{FieldErrors, FieldProblem},
        token::Token,
        typed::Typed,
    },
    tenancy::{forgot, member::Member, new_email, new_password},
};
use http::{HeaderValue, StatusCode, header::REFERRER_POLICY};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// So many askings are worked on at a time; the others wait, and their people do not notice.
static TURNS: Semaphore = Semaphore::const_new(4);

/// Each page in both languages.
pub fn doors(doors: Doors) -> Doors {
    doors
        .page("/forgot", Who::Anybody, forgot)
        .form("/forgot", Who::Anybody, ask)
        .page("/sw/forgot", Who::Anybody, forgot)
        .form("/sw/forgot", Who::Anybody, ask)
        .page("/reset/{token}", Who::Anybody, reset)
        .form("/reset/{token}", Who::Anybody, set_password)
        .page("/sw/reset/{token}", Who::Anybody, reset)
        .form("/sw/reset/{token}", Who::Anybody, set_password)
        .page("/email/{token}", Who::Anybody, email)
        .form("/email/{token}", Who::Anybody, apply_email)
        .page("/sw/email/{token}", Who::Anybody, email)
        .form("/sw/email/{token}", Who::Anybody, apply_email)
}

async fn forgot(State(app): State<App>, caller: Caller, RawQuery(query): RawQuery) -> Response {
    let html = if query.as_deref() == Some("sent") {
        forgot_sent_page(caller.locale, &app.site.assets)
    } else {
        forgot_page(caller.locale, &app.site.assets, &Sheet::default())
    };
    private_page(StatusCode::OK, html)
}

/// Answers before anything is looked up, so that neither words nor time tell who has an account.
async fn ask(State(app): State<App>, caller: Caller, Posted(typed): Posted) -> Response {
    let mut errors = FieldErrors::none();
    typed.expect_only(&["email"], &mut errors);
    let wanted = match typed.get("email").trim() {
        "" => Err(FieldProblem::Missing),
        text => Email::parse(text).ok_or(FieldProblem::NotAnEmail),
    };
    let (Some(email), true) = (errors.expect("email", wanted), errors.is_empty()) else {
        let sheet = Sheet { typed, errors, ..Sheet::default() };
        return private_page(StatusCode::UNPROCESSABLE_ENTITY, forgot_page(caller.locale, &app.site.assets, &sheet));
    };
    let (platform, origin) = (Arc::clone(&app.platform), caller.origin());
    tokio::spawn(async move {
        let Ok(_turn) = TURNS.acquire().await else { return };
        if let Err(fault) = forgot::ask(&platform, &email, &origin).await {
            tracing::warn!(error.message = %fault, "a link for a new password was not sent");
        }
    });
    see_other(&format!("{}?sent", caller.locale.path("/forgot")))
}

async fn reset(State(app): State<App>, caller: Caller, Path(token): Path<String>) -> Response {
    let Some(link) = Token::parse(&token) else { return gone(&app, &caller) };
    match new_password::link_holds(&app.platform, &link).await {
        Ok(true) => {
            let html = reset_page(caller.locale, &app.site.assets, &own(&caller, "reset", &link), &Sheet::default());
            unreferred(private_page(StatusCode::OK, html))
        }
        Ok(false) => gone(&app, &caller),
        Err(fault) => unreferred(faults::bare(&app, caller.locale, fault)),
    }
}

async fn set_password(
    State(app): State<App>,
    caller: Caller,
    Path(token): Path<String>,
    Posted(typed): Posted,
) -> Response {
    let Some(link) = Token::parse(&token) else { return gone(&app, &caller) };
    let mut errors = FieldErrors::none();
    typed.expect_only(&["password"], &mut errors);
    let done = if errors.is_empty() {
        let (platform, link, origin) = (app.platform.clone(), link.clone(), caller.origin());
        let password = typed.get("password").to_owned();
        to_the_end(async move { new_password::reset(&platform, &link, &password, origin).await }).await
    } else {
        Err(AppError::Invalid(errors))
    };
    match done {
        Ok(()) => {
            let mut answer = see_other(&format!("{}?reset", caller.locale.path("/sign-in")));
            // Its session is over with all others.
            Cookie::Session.end(&mut answer, &app.config.base);
            unreferred(answer)
        }
        Err(AppError::Invalid(errors)) => {
            let sheet = Sheet { errors, ..Sheet::default() };
            let html = reset_page(caller.locale, &app.site.assets, &own(&caller, "reset", &link), &sheet);
            unreferred(private_page(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
        Err(AppError::NotFound) => gone(&app, &caller),
        Err(fault) => unreferred(faults::bare(&app, caller.locale, fault)),
    }
}

async fn email(State(app): State<App>, caller: Caller, Path(token): Path<String>) -> Response {
    let Some(link) = Token::parse(&token) else { return gone(&app, &caller) };
    match new_email::look(&app.platform, &link).await {
        Ok(Some(waiting)) => {
            let html = email_page(caller.locale, &app.site.assets, &own(&caller, "email", &link), &waiting);
            unreferred(private_page(StatusCode::OK, html))
        }
        Ok(None) => gone(&app, &caller),
        Err(fault) => unreferred(faults::bare(&app, caller.locale, fault)),
    }
}

async fn apply_email(
    State(app): State<App>,
    caller: Caller,
    Path(token): Path<String>,
    ctx: Option<Extension<Ctx>>,
    member: Option<Extension<Member>>,
    Posted(typed): Posted,
) -> Response {
    let (Some(link), true) = (Token::parse(&token), typed == Typed::default()) else { return gone(&app, &caller) };
    // The session that goes on; the verb ends only sessions of the link's own account.
    let here = ctx.zip(member).map(|(_, member)| member.session);
    match new_email::apply(&app.platform, &link, here, caller.origin()).await {
        Ok(applied) => {
            unreferred(private_page(StatusCode::OK, email_done_page(caller.locale, &app.site.assets, applied)))
        }
        Err(AppError::NotFound) => gone(&app, &caller),
        Err(fault) => unreferred(faults::bare(&app, caller.locale, fault)),
    }
}

/// The address of the page itself, from what was understood of it.
fn own(caller: &Caller, what: &str, link: &Token) -> String {
    caller.locale.path(&format!("/{what}/{}", link.hex()))
}

fn gone(app: &App, caller: &Caller) -> Response {
    unreferred(private_page(StatusCode::GONE, gone_page(caller.locale, &app.site.assets)))
}

/// The address is a secret: no other site hears of it.
fn unreferred(mut answer: Response) -> Response {
    answer.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    answer
}

//! Signing in and out by plain forms.

use crate::{
    doors::Posted,
    request::{client::Caller, cookies::Cookie, private_page, see_other},
    shop::faults,
    state::App,
};
use app::dashboard::{CodePage, SignInPage, SignInProblem, code_page, sign_in_page};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use duka::{
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        locale::Locale,
        typed::Typed,
    },
    tenancy::{
        session,
        sign_in::{self, SignInOutcome, Tried},
    },
};
use http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER};

const FIELDS: [&str; 4] = ["email", "password", "code", "store"];

pub async fn page(State(app): State<App>, caller: Caller, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    if let Some(token) = Cookie::Session.token(&headers, &app.config.base)
        && let Ok(Some(_)) = session::find(&app.platform, &token).await
    {
        return see_other("/dashboard");
    }
    let is_reset = query.as_deref() == Some("reset");
    let page = SignInPage { locale: caller.locale, assets: &app.site.assets, email: "", problem: None, is_reset };
    private_page(StatusCode::OK, sign_in_page(&page))
}

pub async fn sign_in(State(app): State<App>, caller: Caller, headers: HeaderMap, Posted(typed): Posted) -> Response {
    let step = Cookie::Step.token(&headers, &app.config.base);
    let has_password = !typed.get("email").is_empty() || !typed.get("password").is_empty();
    let mut errors = FieldErrors::none();
    typed.expect_only(&FIELDS, &mut errors);
    let outcome = match &step {
        Some(step) if errors.is_empty() && !has_password && !typed.get("code").is_empty() => {
            sign_in::give_code(&app.platform, step, typed.get("code"), caller.visitor()).await
        }
        // The page that waits for a code was sent without one.
        Some(_) if errors.is_empty() && !has_password => {
            return ask_code(&app, caller.locale, FieldErrors::one("code", FieldProblem::Missing), None);
        }
        _ => {
            for name in ["email", "password"] {
                if typed.get(name).is_empty() {
                    errors.add(name, FieldProblem::Missing);
                }
            }
            if !errors.is_empty() {
                let problem = SignInProblem::Invalid(errors);
                return draw(&app, StatusCode::UNPROCESSABLE_ENTITY, caller.locale, &typed, problem);
            }
            let tried = Tried {
                email: typed.get("email"),
                password: typed.get("password"),
                code: typed.get("code").trim(),
                store: typed.get("store").trim(),
            };
            sign_in::sign_in(&app.platform, tried, caller.visitor()).await
        }
    };
    let is_code_alone = !has_password;
    answer(&app, &caller, &headers, &typed, is_code_alone, outcome).await
}

async fn answer(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    typed: &Typed,
    is_code_alone: bool,
    outcome: Result<SignInOutcome, AppError>,
) -> Response {
    let locale = caller.locale;
    match outcome {
        Ok(SignInOutcome::SignedIn { token, .. }) => {
            if let Some(before) = Cookie::Session.token(headers, &app.config.base) {
                // A browser has one session; the one before is over even if this fails.
                let _ = session::end(&app.platform, &before).await;
            }
            let mut answer = see_other("/dashboard");
            Cookie::Session.set(&mut answer, &app.config.base, &token.hex());
            Cookie::Step.end(&mut answer, &app.config.base);
            answer
        }
        Ok(SignInOutcome::ChooseStore(stores)) => {
            draw(app, StatusCode::OK, locale, typed, SignInProblem::ChooseStore(stores))
        }
        Ok(SignInOutcome::CodeWanted { step }) => {
            let mut answer = ask_code(app, locale, FieldErrors::none(), None);
            Cookie::Step.set(&mut answer, &app.config.base, &step.hex());
            answer
        }
        Ok(SignInOutcome::WrongCode { step }) => {
            let mut answer = ask_code(app, locale, FieldErrors::one("code", FieldProblem::WrongCode), None);
            Cookie::Step.set(&mut answer, &app.config.base, &step.hex());
            answer
        }
        Ok(SignInOutcome::StepOver) => {
            let mut answer = draw(app, StatusCode::UNPROCESSABLE_ENTITY, locale, typed, SignInProblem::StepOver);
            Cookie::Step.end(&mut answer, &app.config.base);
            answer
        }
        Ok(SignInOutcome::Wrong) => draw(app, StatusCode::UNPROCESSABLE_ENTITY, locale, typed, SignInProblem::Wrong),
        Ok(SignInOutcome::Throttled { retry_after_seconds }) if is_code_alone => {
            later(ask_code(app, locale, FieldErrors::none(), Some(retry_after_seconds)), retry_after_seconds)
        }
        Ok(SignInOutcome::Throttled { retry_after_seconds }) => {
            let problem = SignInProblem::Throttled { retry_after_seconds };
            later(draw(app, StatusCode::TOO_MANY_REQUESTS, locale, typed, problem), retry_after_seconds)
        }
        Err(AppError::TryAgain { retry_after_seconds }) => {
            let answer = draw(app, StatusCode::SERVICE_UNAVAILABLE, locale, typed, SignInProblem::TryAgain);
            later(answer, retry_after_seconds)
        }
        Err(fault) => faults::bare(app, locale, fault),
    }
}

fn draw(app: &App, status: StatusCode, locale: Locale, typed: &Typed, problem: SignInProblem) -> Response {
    let page = SignInPage {
        locale,
        assets: &app.site.assets,
        email: typed.get("email"),
        problem: Some(problem),
        is_reset: false,
    };
    private_page(status, sign_in_page(&page))
}

fn ask_code(app: &App, locale: Locale, errors: FieldErrors, wait_seconds: Option<u32>) -> Response {
    let status = match wait_seconds {
        Some(_) => StatusCode::TOO_MANY_REQUESTS,
        None if errors.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    private_page(status, code_page(&CodePage { locale, assets: &app.site.assets, errors, wait_seconds }))
}

fn later(mut answer: Response, seconds: u32) -> Response {
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
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

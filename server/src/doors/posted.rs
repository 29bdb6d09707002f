//! A form as it was sent: text by field name, or pairs in the order in which they came.

use super::{Inside, guard::LetIn};
use crate::{
    request::{asked::split_locale, plain},
    shop::faults,
    state::App,
};
use app::{api::SignedIn, text::shop::TurnedAway};
use axum::{
    Form,
    extract::{FromRequest, FromRequestParts as _, Request},
    response::Response,
};
use duka::{
    error::AppError,
    kernel::{field_errors::FieldErrors, locale::Locale, typed::Typed},
};
use http::StatusCode;

/// The fields of a form; which of them are known is the form's own business.
#[derive(Clone, Debug)]
pub struct Posted(pub Typed);

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (locale, pairs) = pairs(request, app).await?;
        Typed::read(pairs).map(Self).ok_or_else(|| faults::turned_away_bare(app, locale, TurnedAway::Unreadable))
    }
}

/// The fields of a form that bounds itself.
#[derive(Clone, Debug)]
pub struct PostedPairs(pub Vec<(String, String)>);

impl FromRequest<App> for PostedPairs {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        pairs(request, app).await.map(|(_, pairs)| Self(pairs))
    }
}

/// A button of the dashboard alone: a form without any field.
#[derive(Clone, Copy, Debug)]
pub struct Pressed;

impl FromRequest<App> for Pressed {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let inside = Inside::from_request_parts(&mut parts, app).await?;
        let Posted(typed) = Posted::from_request(Request::from_parts(parts, body), app).await?;
        only(&typed, &[]).map(|()| Self).map_err(|error| inside.refuse(error))
    }
}

async fn pairs(request: Request, app: &App) -> Result<(Locale, Vec<(String, String)>), Response> {
    let locale =
        request.extensions().get::<SignedIn>().map_or_else(|| split_locale(request.uri().path()).0, |who| who.locale);
    let let_in = LetIn::at(&request);
    let pairs = match Form::<Vec<(String, String)>>::from_request(request, app).await {
        Ok(Form(pairs)) => pairs,
        Err(fault) => return Err(faults::turned_away_bare(app, locale, faults::reason(&fault))),
    };
    if let Some(person) = let_in
        && !person.is_in().await
    {
        return Err(plain(StatusCode::UNAUTHORIZED, "Please sign in first.\n"));
    }
    Ok((locale, pairs))
}

/// Refuses a form that carries a field it does not have.
pub fn only(typed: &Typed, fields: &[&str]) -> Result<(), AppError> {
    let mut errors = FieldErrors::none();
    typed.expect_only(fields, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

/// Does what a form asks in a task of its own: a browser that hangs up does not stop it half-way.
pub async fn to_the_end<T: Send + 'static>(
    verb: impl Future<Output = Result<T, AppError>> + Send + 'static,
) -> Result<T, AppError> {
    tokio::spawn(verb).await.unwrap_or_else(|fault| Err(AppError::broken(fault)))
}
